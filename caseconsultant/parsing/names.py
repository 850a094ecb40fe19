"""Which capitalised words after "patient" are a person's name.

Given names settle it; without one, words of everyday coding talk are never taken for a name.
"""

from __future__ import annotations

from caseconsultant.parsing.coding_words import CODING
from caseconsultant.parsing.given_names import DOUBTFUL, SURNAMES, WORLD

_USUAL = frozenset(
    """
    aaron abigail adam adrian agnes aisha alan albert alejandro alex alexander alexandra alfred alice alicia allen
    allison amanda amber amy ana andrea andrew angela angelica anita ann anna anne annie anthony antonio april
    arlene arthur ashley audrey barbara barry beatrice becky ben benjamin bernard bernice beth betty beverly bill
    billy bob bobby bonnie bradley brandon brenda brian bruce bryan calvin carl carla carlos carmen carol caroline
    carolyn carrie catherine cecilia chad charlene charles charlotte cheryl chris christian christina christine
    christopher cindy claire clara clarence claudia connie craig crystal curtis cynthia daisy dale dan dana daniel
    danielle danny darlene david dawn dean deborah debra denise dennis derek diana diane diego dolores don donald
    donna doris dorothy doug douglas dylan earl eddie edith edna eduardo edward edwin eileen elaine eleanor elena
    elizabeth ella ellen emily emma eric erica erin ernest esther ethan ethel eugene eva evelyn fatima felicia
    fernando florence frances francis francisco frank fred gabriel gail gary george gerald geraldine gina gladys
    glen glenda gloria gordon gregory gwendolyn hannah harold harry hazel heather hector heidi helen henry herbert
    howard ian ida irene isaac isabel isabella ivan jack jackie jacob jacqueline jaime james jamie jan jane janet
    janice jared jason javier jay jean jeanette jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jesus
    jill jim jimmy joan joann joanna joe joel john johnny jon jonathan jordan jorge jose joseph josephine joshua
    joyce juan juanita judith judy julia julian julie june justin karen karl katherine kathleen kathryn kathy katie
    keith kelly ken kenneth kevin kim kimberly kristen kristin kyle larry laura lauren laurie lawrence leah lee leo
    leon leonard leroy leslie lewis lillian linda lisa lloyd logan lois lori louis louise lucas lucille lucy luis
    luke lydia lynn mabel madison manuel marc marcia marcus margaret maria mariam marie marilyn mario marion
    marjorie marlene martha martin marvin mary mateo matthew maureen maurice max megan melanie melinda melissa
    melvin mia michael michele michelle miguel mike mildred milton minnie miriam mitchell mohammed monica muhammad
    myrtle nancy naomi natalie nathan nathaniel neil nicholas nicole nina noah nora norma norman olga oliver olivia
    oscar pamela patricia patrick paul paula pauline pearl pedro peggy peter philip phillip phyllis rachel rafael
    ralph ramon randall randy raul ray raymond rebecca regina renee ricardo richard rick ricky rita robert roberta
    roberto robin rodney roger roland ron ronald rosa rose rosemary roy ruby russell ruth ryan sally sam samantha
    samuel sandra sara sarah scott sean sergio shannon sharon shawn sheila shelly sherry shirley sofia sonia sophia
    stacy stanley stella stephanie stephen steve steven stuart sue susan suzanne sylvia tamara tammy tanya tara ted
    teresa terri terry thelma theodore theresa thomas tiffany tim timothy tina todd tom tommy toni tony tracy travis
    tyler valerie vanessa vera vernon veronica vicki victor victoria vincent viola violet virginia vivian walter
    wanda warren wayne wendy wesley willard william willie wilma yolanda yvonne zachary zoe
    """.split()  # noqa: SIM905 - read as words
)

GIVEN = _USUAL | WORLD

EPONYMS = frozenset(
    """
    achilles adams addison alport alzheimer angelman apgar asperger baker bankart barlow barre barrett bartholin
    basedow becker behcet bell bennett berger bier billroth blalock blount boerhaave bosworth boutonniere braxton
    breslow bristow brodie brugada buerger burch burkitt caldwell charcot chiari chron colles cooley coombs crohn
    cushing dandy-walker darier dequervain quervain doppler down duchenne dukes dupuytren ehlers eisenmenger epley
    ewing fabry fallot fanconi felty foley fontan fournier fowler fuchs galeazzi gaucher ghent gilbert gleason glenn
    goodpasture graves grice guillain hallux haglund hartmann hashimoto hawkins henoch heller hickman hill
    hill-sachs hirschsprung hodgkin hoffa holter horner huntington hutchinson jefferson jones kaposi kawasaki keller
    kienbock kirschner klinefelter kocher korsakoff lapidus latarjet ledderhose legg lewy lichtenstein lisfranc
    lyme macewen maisonneuve mallory malecot marfan marie maze mckeever meckel medtronic meige meniere merkel
    mohs monteggia morton mumford nissen norwood ogilvie osgood osler paget pap papanicolaou parkinson pavlik
    peyronie pott potter prader pringle putti quincke ramstedt raynaud reiter reye reynolds romberg ross roux rett
    salter sachs scheuermann schatzki schlatter sever sjogren smith-petersen smith-robinson stevens still swan
    swan-ganz takayasu tay tenckhoff thiersch toupet tourette turner valsalva waldenstrom wegener weil wertheim
    whipple wilms wolff wolfe zenker zollinger moberg brostrom chrisman evans akin austin chevron kidner silver
    stryker zimmer smith-nephew abbott pfizer merck siemens philips baxter boston scientific depuy synthes
    """.split()  # noqa: SIM905 - read as words
)
"""Diseases, operations and devices named for people; makers of devices. Never a patient where no given name stands."""

COMMON = frozenset(
    """
    re regarding concerning
    alabama alaska arizona arkansas california colorado connecticut delaware hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada hampshire jersey mexico york dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont
    wisconsin wyoming carolina chicago dallas houston cleveland mayo clinic kettering hopkins acct acnt auth cigna
    id mid hic hicn mbi ssn dos pos npi tin ndc icn dcn tcn csn claim claims ref sex phone address email fax
    employer street city state zip attending provider doctor surgeon assistant anesthesia anesthesiologist crna
    initials initial portal link advice remittance report operative date dates birth number id# wife husband son
    daughter mother father spouse guardian partner sister brother parent parents twin twins dependent sponsor
    employee resident client guarantor subject hello dear hi thanks thank regards please below above following
    question evaluation eval gait training tape ring log schedule list total level sheet face facesheet form box
    title line lesion lesions pacemaker implant device stent catheter graft flap drain tube mesh screw plate serial
    lot model arthroscopy arthroplasty colonoscopy endoscopy biopsy excision repair closure debridement laceration
    nerve block epidural spinal thyroid cholecystectomy appendectomy hysterectomy mastectomy craniotomy laminectomy
    fusion fall falls accident crash bike car auto work comp disease syndrome palsy fistula cyst contracture
    procedure operation test scan series view views x-ray ultrasound echo holter ekg ecg eeg emg cpap bipap
    ventilator oxygen rheumatoid arthritis pneumonia septic acute cardiology dermatology neurology urology
    gastroenterology orthopedic orthopaedic ophthalmology podiatry psychiatry surgeries nurse np pa md do rn lpn cpc
    ccs mrs miss mx dr drs mister patient patients pt pts subscribers members eliquis xarelto ozempic wegovy
    mounjaro stelara remodulin epogen procrit aranesp neulasta neupogen depo gold health humana ambulance advance
    beneficiary safety centered portion partners life a about account active admission admitted adult after age aged
    agreement all allergy also am an and any appointment are arm arrived as assessment assistance at back balance
    bariatric be been before being benefits bilateral bill billed billing biologic bladder blood blue body bone both
    brain breast but by came can cancer cardiac care caregiver case center centers charge chart chronic class
    clinical code coded codes coding complained complains complaint complaining completed condition consent consult
    consultation contact coordinator copay could count counseling coverage cpt critical cross current day deceased
    declined demographics denied denies department diabetic diagnosed diagnosis did died directed discharge
    discharged discussed disposition does dob documentation drug due during dvt ed education eligibility emergency
    encounter er established etiology evaluated every exam examined expired eye facility failed family fee fell
    female financial first follow followed for foot found from full gets getting given goes got gross group had hand
    has have having he head heart her hip his history home hospice hospital hospitalized hour hours hydration i icd
    identification if ii iii immune immunoglobulin in infant information infused infusion injected injection injury
    inpatient instructed instructions insurance insured into is it its iv kidney knee lab labs last leave leaves
    left leg liver lumbar lung male management matter may mdm medicaid medical medicare medication medicine member
    met minor minute minutes mr mri mrn ms name named needed needs neonatal new newborn no none not note notes now
    nursing observation obstetric of off office oncology on only or oral order other our out outpatient over pain
    paid part payer pediatric per pharmacy physical physician place plan policy port post pre pregnant prep present
    presented presenting presents primary prior program protection pump qualifies questions radiology reason receive
    received receives receiving record records referral referred refused registered registration rehab relationship
    release reported reports representative responsibility rest result results return returned returning returns
    right room routine same satisfaction saw says scheduled screening second secondary section seen self service
    services session setting several severe shared she short should shoulder signed single site skin specialist
    specific spine stated states status still subcutaneous subscriber summary supervision surgery surgical survey
    swab take takes taking telehealth temporarily tertiary that the their then therapy they this to today tolerated
    took transfer transferred transport transportation treated treatment type unable under undergoes undergoing
    underwent unit units unknown upon us used using vaccine verified via visit visited visits vitals waiver walked
    wanted wants was we weekly weighs well went were what when where which while who whose will with without woman
    wound would xray year years yesterday you your aetna anthem kaiser tricare unitedhealthcare united healthcare
    shield advantage commercial molina centene ambetter workers compensation cms noridian novitas palmetto cgs wps
    ngs fcso hmo ppo epo bcbs uhc va hcpcs modifier monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec spring summer autumn winter covid flu influenza diabetes hypertension copd asthma fracture sepsis
    anemia obesity crohn alzheimer parkinson remicade infliximab keytruda pembrolizumab rituxan rituximab hizentra
    cuvitru xembify gammagard gamunex privigen octagam humira enbrel ocrevus entyvio prolia xolair opdivo herceptin
    avastin benadryl zofran solumedrol toradol rocephin ig ivig scig saline potassium magnesium iron venofer
    injectafer feraheme b12 vitamin botox xeomin lidocaine kenalog depomedrol
    """.split()  # noqa: SIM905 - read as words
) - {"june", "jan"}

_ALSO_WORDS = (
    frozenset(
        """
    amber april art august bill christian crystal dale dawn dean earl eve frank gene glen hazel heather ivan jack
    jan jay jean jesus joe june ken max may pearl ray rick robin rose ruby sue ted tim van viola violet virginia
    will
    """.split()  # noqa: SIM905 - read as words
    )
    | DOUBTFUL
)
"""Given names that small letters make a word of everyday or medical talk."""

_NOT_AT_THE_END = (
    "ing",
    "tion",
    "ment",
    "ology",
    "itis",
    "osis",
    "emia",
    "mab",
    "ed",
    "ated",
    "ular",
    "ical",
    "eous",
    "ive",
    "scopy",
    "ectomy",
    "plasty",
    "otomy",
    "ostomy",
    "oma",
    "pathy",
    "graphy",
    "gram",
    "opsy",
    "nib",
    "cept",
)


def plain(word: str) -> str:
    """The word as the lists have it: small letters, no stop, no possessive."""
    return word.strip(".,;:\"'()").casefold().removesuffix("'s").removesuffix("\u2019s")


def is_given(word: str) -> bool:
    """Whether it is a usual given name."""
    return plain(word) in GIVEN


def is_surely_given(word: str) -> bool:
    """Whether it is a given name and nothing else."""
    return plain(word) in GIVEN - _ALSO_WORDS - EPONYMS - COMMON


def is_surname(word: str) -> bool:
    """Whether it is a frequent surname and nothing else."""
    return plain(word) in SURNAMES


def is_stop(word: str) -> bool:
    """Whether the word ends a name: everyday coding talk. A given name that is a word besides does not."""
    bare = plain(word)
    return bare in COMMON and bare not in _MONTHS_AND_NAMES


def is_other(word: str) -> bool:
    """Whether the word, standing alone, is rather something else than a name."""
    bare = plain(word)
    return bare in COMMON or bare in EPONYMS or bare in _ALSO_WORDS or bare in CODING or bare.endswith(_NOT_AT_THE_END)


_MONTHS_AND_NAMES = frozenset({"april", "may", "august", "june"})


def has_common_word(words: list[str]) -> bool:
    """Whether any of the words is one of everyday coding talk."""
    return any(plain(word) in COMMON for word in words)
