"""Small invented sheets in the layouts of the schedules, code sets and crosswalks. Values are made up."""

from __future__ import annotations

import io
from collections.abc import Iterable

FEE_2026 = (
    ",,2026 National Physician Fee Schedule Relative Value File July Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    ",,The publisher's notice.,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,\r\n"
    ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED\r\n"
    ",,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\r\n"
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
    "ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\r\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,"
    "PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
)


def fee_text(rows: Iterable[str] = (), *, header: str = FEE_2026) -> str:
    """A fee schedule; each row is the 32 cells of a line."""
    return header + "".join(f"{row}\r\n" for row in rows or FEES)


_REST = "30.0000,09,0,99,0.00,0.00,0.00"
FEES = (
    f"11111,,Their words,A,,1.00,2.00,,0.50,,0.10,3.10,1.60,0,010,0.10,0.80,0.10,2,1,1,0,0,9,,{_REST}",
    f"11111,53,Their words,A,,0.50,1.00,,0.25,NA,0.05,1.55,0.80,0,010,0.10,0.80,0.10,2,1,1,0,0,9,,{_REST}",
    f"22222,,Their words,C,,0.00,0.00,NA,0.00,,0.00,0.00,0.00,0,YYY,0.00,0.00,0.00,2,1,1,0,0,9,11111,{_REST}",
)
GPCI = (
    '"ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY",,,,,,\r\n'
    ",,,,,,\r\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP GPCI\r\n"
    "01111,ZZ,1,MIDDLETOWN,1.000,1.200,0.500\r\n"
    "01111,ZZ,99,REST OF ZEDLAND*,1.010,0.900,1.500\r\n"
    "*A footnote.,,,,,,\r\n"
)
LOCALITIES = (
    "COUNTIES INCLUDED IN 2026 LOCALITIES.,,,,\r\n"
    "Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties\r\n"
    ",,,,\r\n"
    "1111,1,ZEDLAND ,MIDDLETOWN ,RIVER AND HILL\r\n"
    "1111,99,,REST OF STATE ,ALL OTHER COUNTIES\r\n"
)
ANESTHESIA = "Contractor,Locality,Locality Name,National Anes CF of 20.0000\r\n01111 ,01 ,MIDDLETOWN,21.55 \r\n"
OPPS_CAP = "HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\r\n11111,,A,01111,01,50.00,60.00\r\n"
CLFS = (
    "2026 Clinical Diagnostic Laboratory Fee Schedule\r\n"
    '"A notice that speaks of May 11, 2023."\r\n'
    "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDEDLONGDESC\r\n"
    "2026,80000,,20260101,N,00007.77,s,Their words,e\r\n"
    "2026,80000,QW,20260101,N,00008.10,s,Their words,e\r\n"
)
OPPS = (
    ",Addendum B.-- OPPS Payment by HCPCS Code for CY 2025,,,,,,,,,,,\r\n"
    "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,"
    "Minimum Unadjusted Copayment,IRA Coinsurance percentage ,Adjusted Beneficiary Copayment,"
    "Drug and Device Pass-Through Expiration during Calendar Year,Note,* Indicates a Change\r\n"
    '11111,Their words,T,5312,13.2,"$1,179.080",.,$235.82,,,,,\r\n'
    "33333\xa0,Their words,N,,, ,,,,,,,\r\n"
)
ASC_AA = (
    '"Addendum AA -- ASC Covered Surgical Procedures for CY 2026 \r\n(and more)",,,,,,\r\n'
    "HCPCS Code,,Short Descriptor,Subject to Multiple Procedure Discounting,July 2026 Payment Indicator,"
    "July 2026  Payment Weight  ,July 2026 Payment Rate \r\n"
    "11111,,Their words,Y,A2,2.4,656.75\r\n"
)
ASC_BB = (
    '"Addendum BB -- ASC Covered Ancillary Services for CY 2026"\r\n'
    "HCPCS Code,,Short Descriptor,Drug and Device Pass-Through Expiration during Calendar Year,"
    "July 2026 Payment Indicator,July 2026 Payment Weight  ,July 2026 Payment Rate ,July 2026 IRA-22 Copayment1\r\n"
    "J0001,,Their words,,K2,,10.50\r\n"
    "44444,,,,N1\r\n"
)
ASC_EE = (
    "Addendum EE -- Surgical Procedures to be Excluded from Payment in ASCs for CY 2026\r\n"
    "\r\n"
    "HCPCS Code,Short Descriptor\r\n"
    "55555,\r\n"
)
ASP = (
    "Payment Allowance Limits for Medicare Part B Drugs,,,,,,,,,,,\r\n"
    '"Effective January 1, 2026 through March 31, 2026",,,,,,,,,,,\r\n'
    "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,"
    "Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes,\r\n"
    "J0001,A drug,100 MG,14.543,20.000,,,,,,,\r\n"
    "J0002,Another,1 ML,N/A,20.000,,,,,,,\r\n"
)
NDC = (
    "January 2026 ASP NDC - HCPCS Crosswalk for Medicare Part B Drugs,,,,,,,,,\r\n"
    "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage ,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\r\n"
    "J0001,A drug,A maker,1234-0567-1,Drugol,100 MG,5,1,10,10\r\n"
    "J0001,A drug,A maker,888867413689,Drugol,100 MG,5,1,10,2.5\r\n"
)
HCPCS_LIST = (
    "Code,Description,last_updated\r\n"
    "   A1,A modifier for one wound,09-12-2025\r\n"
    'J0001,"Injection, a drug, 100 mg",09-12-2025\r\n'
    "D0001,Dental words,09-12-2025\r\n"
)
HCPCS_ATTRIBUTES = (
    "hcpcs_code,price,multi,cov,betos,tos,action,cim,mcm,statute,lab,xref,asc_grp,proc,anes,date_term,date_added,"
    "date_asc,date_action\r\n"
    "J0001,51,A,D,O1E,1,N,,,,,,,,0,,2011-01-01,,\r\n"
    "J0009,51,A,D,O1E,1,D,,,,,J0001,,,0,2020-12-31,1990-01-01,,\r\n"
)


def hcpcs_record(code: str, kind: str, text: str, short: str, *, added: str = "20110101", ended: str = "") -> str:
    """A line of the fixed-width record: 3 and 7 begin a code and a modifier, 4 and 8 go on with its text."""
    line = f"{code:>5}001{'00'}{kind}{text:<80}{short:<28}".ljust(229) + "C"
    return (line.ljust(268) + added.ljust(16) + ended.ljust(8) + "N").ljust(320)


HCPCS_RECORDS = "\r\n".join(
    (
        "A notice of many words.",
        "",
        hcpcs_record("A1", "7", "A modifier for one wound", "One wound"),
        hcpcs_record("J0001", "3", "Injection, a drug,", "Drug"),
        hcpcs_record("J0001", "4", "100 mg", "").rstrip(),
        hcpcs_record("J0009", "3", "Injection, an old drug, 1 mg", "Old drug", added="19900101", ended="20191231"),
        "",
    )
)


def order_line(number: int, code: str, billable: int, text: str) -> str:
    """A line of an ICD-10 order file."""
    return f"{number:05} {code:<7} {billable} {text[:60]:<60} {text}"


ORDER_CM = "\r\n".join(
    order_line(number, *each)
    for number, each in enumerate(
        (
            ("K80", 0, "A family of conditions"),
            ("K801", 0, "One condition"),
            ("K8010", 1, "One condition, mild"),
            ("K8011", 1, "One condition, severe"),
            ("K809", 1, "Condition, unspecified"),
            ("S99", 0, "An injury"),
            ("S99XXXA", 1, "An injury, initial encounter"),
            ("S99XXXD", 1, "An injury, subsequent encounter"),
            ("T10", 1, "Another condition"),
        ),
        1,
    )
)
ORDER_PCS = "\r\n".join((order_line(1, "001", 0, "A table"), order_line(2, "0016070", 1, "A procedure")))
POA = "Order26\tPOAexemptCode\tDescription\r\n01238\tK80.10\tOne condition, mild\r\n"
TABULAR = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <chapter>
    <name>11</name><desc>Diseases of one kind (K00-K95)</desc>
    <excludes2><note>injuries of that kind (S90-S99)</note></excludes2>
    <sectionIndex><sectionRef first="K80" last="K87" id="K80-K87">A section</sectionRef></sectionIndex>
    <section id="K80-K87">
      <desc>A section (K80-K87)</desc>
      <diag>
        <name>K80</name><desc>A family of conditions</desc>
        <excludes1><note>another condition (T10)</note><note>and one below (K81.-)</note></excludes1>
        <diag>
          <name>K80.1</name><desc>One condition</desc>
          <inclusionTerm><note>An older name</note></inclusionTerm>
          <codeFirst><note>what caused it (T10-T12)</note></codeFirst>
          <diag><name>K80.10</name><desc>One condition, mild</desc>
            <inclusionTerm><note>Mild name</note></inclusionTerm></diag>
        </diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>19</name><desc>Injuries (S00-T88)</desc>
    <section id="S90-S99">
      <desc>Injuries of one kind (S90-S99)</desc>
      <diag>
        <name>S99</name><desc>An injury</desc>
        <sevenChrNote><note>A seventh character is added to each code</note></sevenChrNote>
        <sevenChrDef><extension char="A">initial encounter</extension>
          <extension char="D">later</extension></sevenChrDef>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""
GEM_TO_10 = (
    '"icd9cm","icd10cm","flags","approximate","no_map","combination","scenario","choice_list"\n"57420","K8010","10000",1,0'
    ',0,0,0\n"99999","NoDx","11000",1,1,0,0,0\n'
)
GEM_TO_9 = (
    '"icd10cm","icd9cm","flags","approximate","no_map","combination","scenario","choice_list"\n"K8010","57420","10110",1,'
    "0,1,1,0\n"
)
CCSR = '{\n  "K8010": "DIG017",\n  "T10": "INJ001"\n}\n'
HCC = "diagnosis_code,cc,model_name\nK8010,35,CMS-HCC Model V28\n"
HCC_LABELS = "cc,label,model_domain,model_version,model_fullname\nHCC35,A group,CMS-HCC,V28,V28x\n"
DOCUMENTS = (
    "contractor_name_type,document_display_id,document_id,document_type,document_version,effective_date,note,"
    "retirement_date,title,updated_on,updated_on_sort,url\n"
    '"A Contractor, LLC\n(MAC - Part B)",L10001,10001,LCD,7,08/14/2025,,N/A,Some Service,08/06/2025,20250806133001,'
    "https://example.gov/l10001\n"
    '"A Contractor, LLC\n(MAC - Part B)",L10001,10001,LCD,6,01/01/2024,Retired,08/13/2025,Some Service,01/06/2024,'
    "20240106133001,https://example.gov/l10001v6\n"
)
LISTS = '{\n  "11111": {\n "covered": ["K80.10"], "lcdIds": ["L10001", "L10002"], "notCovered": ["T10"]\n }\n}\n'
MODIFIERS = (
    "modifier,lo,hi,date_activated,ncci,therapy,non_discount,died_transferred,device_req_exclusion,telehealth,"
    "assistant_surgeon,effective,through\n"
    "59,76,103,0,1,0,0,0,0,0,0,20190701,*\n"
    "JG,76,102,0,0,0,0,0,0,0,0,20190701,20241231\n"
)
MODIFIER_CONFLICTS = "m1,m2,lo,hi,effective,through\nCT,FX,76,103,20190701,*\n"
REVENUE = (
    "revenue_code,lo,hi,status_indicator,not_recognized,therapy,bypass_e48,statutory_exclusion,bundled_in_biological,"
    "part_b_billable_inpatient,effective,through\n450,76,103,V,0,0,0,0,0,0,20190701,*\n"
)
FLAGS = (
    "icd10cm,lo,hi,description,lo_age,hi_age,sex,external_cause,mental_health,manifestation,code_first,"
    "unacceptable_pdx,unacceptable_pdx_exclusion,unacceptable_pdx_exclusion_ignored,effective,through\n"
    "K8010,76,80,A condition,12,55,2,0,0,0,0,0,0,0,20190701,20190930\n"
    "K8010,81,103,A condition,9,64,2,0,0,0,0,0,0,0,20191001,*\n"
    "K8011,76,103,A condition,0,124,0,0,0,0,0,0,0,0,20190701,*\n"
)
PLACES = (
    "pos_code,pos_type,pos_name,pos_description\n02,Facility,A place,Words\n10,Non-Facility,Home,Words\n03,,School,W\n"
)
RBCS = (
    "hcpcs_code,rbcs_procedure,rbcs_category,rbcs_subcategory,rbcs_family,hcpcs_date_added,hcpcs_date_ended,"
    "rbcs_date_effective\n11111,Major,Procedure,Skin,Family,1992-01-01,9999-12-31,2014-01-01\n"
    "66666,Major,Procedure,Skin,Family,1992-01-01,2022-12-31,2014-01-01\n"
)


def workbook(rows: Iterable[Iterable[object]], *, title: str = "Sheet") -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


CONVERSIONS = (
    ("A notice of October 1, 2025.", None, None),
    ("Current code assignment", "Effective", "Previous Code(s) Assignment"),
    ("K80.10", 2020, "K80.1"),
    ("K80.11", 2020, "K80.1"),
    ("QA0.0101", 2025, "F89, F90"),
)
DMEPOS = (
    ("Durable Medical Equipment,",),
    ("January 2026 Fee Schedule",),
    ("HCPCS", "Mod", "Mod2", "JURIS", "CATG", "Ceiling", "Floor", "ZZ (NR)", "ZZ (R)", "YY (NR)", "YY (R)"),
    ("E0001", "RR", None, "D", "CR", 0, 0, 51.94, 97.02, 60, 0),
    ("E0002", "NU", "KU", "D", "IN", 0, 0, 0, 0, 12.5, 0),
)
