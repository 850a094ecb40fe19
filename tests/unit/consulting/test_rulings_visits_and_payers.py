"""Rulings on visits, payers, equipment, therapy and anesthesia: the facts told decide, and the other facts do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
Case = tuple[str, Verdict | None, str]
"""What is asked, the verdict, and how the ruling's sentence begins."""

YES, NO = Verdict.YES, Verdict.NO

VISITS: tuple[Case, ...] = (
    (
        "Can we report 99211 with G0008 for a nurse flu shot?",
        NO,
        "A nurse's visit for a shot is the",
    ),
    (
        "Patient came in for a planned 20610 injection, nothing else evaluated. Can we bill 99213-25?",
        NO,
        "A procedure that was planned",
    ),
    (
        "Is a different diagnosis required for modifier 25 on the e/m?",
        NO,
        "25 needs no different diagnosis",
    ),
    (
        "Can the surgeon's partner bill G0559?",
        NO,
        "G0559 is only for a clinician who neither",
    ),
    (
        "Does the ROS and number of systems still count to determine the level of the E/M 99214?",
        NO,
        "Two of the three columns",
    ),
    (
        "One stable chronic condition, stable HTN, refill lisinopril. Is 99214 correct?",
        NO,
        "One stable chronic condition is a low",
    ),
    (
        "Sinusitis, amoxicillin prescribed. Can I code 99214?",
        NO,
        "An acute uncomplicated illness is a low",
    ),
    (
        "Can we count the lab ordered last visit again when reviewed at the next visit for MDM data?",
        NO,
        "The order of a test includes the review of",
    ),
    (
        "Patient refused admission after the doctor's decision to hospitalize. Is that high risk for 99215?",
        YES,
        "The decision about hospital admission or",
    ),
    (
        "Pt has a new problem but we saw her 2 years ago. Can we bill a new patient visit 99203?",
        NO,
        "New does not go by the problem",
    ),
    (
        "No time documented. Can we bill 99239?",
        NO,
        "99239 takes more than 30 minutes written in",
    ),
    (
        (
            "Can a hospital discharge 99239 and nursing facility admission 99305 be billed the same day by the "
            "same physician?"
        ),
        YES,
        "A hospital discharge and the admission to a",
    ),
    (
        "Same physician saw in ED and admitted. Can he bill 99285 and 99223?",
        NO,
        "The initial hospital code takes in all work",
    ),
    (
        "ER physician saw him and the hospitalist admitted. Can both bill, 99285 and 99223?",
        YES,
        "The emergency physician bills the emergency",
    ),
    (
        "Does Medicare pay consultation codes 99244?",
        NO,
        "Medicare has not taken consultation codes",
    ),
    (
        "Patient in observation, cardiology called in as consultant. Can cardiology bill 99222 to Medicare?",
        NO,
        "For a patient still in observation Medicare",
    ),
    (
        "Trauma surgeon, critical care unrelated to the surgery in global. Can he bill 99291?",
        YES,
        "Critical care unrelated to the operation is",
    ),
    (
        "Patient was self-referred, Aetna. Can we bill consult 99244?",
        NO,
        "Without a request for an opinion by another",
    ),
)
CARE_MANAGEMENT: tuple[Case, ...] = (
    (
        "CCM: 14 minutes in June and 9 in July. Can we combine the two months to bill 99490 in July?",
        NO,
        "The minutes of chronic care management",
    ),
    (
        "We only reached 18 minutes of CCM this month, may we round up and bill 99490?",
        NO,
        "99490 takes 20 full minutes of clinical",
    ),
    (
        "Patient has only one chronic condition, hypertension. Can we bill 99490?",
        NO,
        "Chronic care management takes two or more",
    ),
    (
        "May an annual wellness visit be the initiating visit for CCM?",
        YES,
        "A wellness visit",
    ),
    (
        "Can we bill 99490 and 99491 in the same month?",
        NO,
        "One kind of chronic care management a month",
    ),
    (
        "The cardiologist also billed CCM for the same month. Will both practices be paid for 99490?",
        NO,
        "Medicare pays only one practitioner for",
    ),
    (
        "Cardiologist bills PCM 99426 and PCP bills CCM 99490, same month, different practice. Is that allowed?",
        YES,
        "One practitioner may bill chronic care",
    ),
    (
        "Our CCM nurse is a contracted vendor who works from home. Can we bill 99490?",
        YES,
        "Clinical staff",
    ),
    (
        "CCM vendor staff are in the Philippines. Can we count their time for 99490 Medicare?",
        NO,
        "Medicare pays nothing for services given",
    ),
    (
        "Patient was treated and released from the ER. Can we bill TCM 99495?",
        NO,
        "An emergency visit alone is no stay that",
    ),
    (
        "Patient discharged from observation. Can we bill TCM?",
        YES,
        "Observation",
    ),
    (
        "Can the TCM visit be done by telehealth video visit?",
        YES,
        "The face-to-face visit of transitional care",
    ),
    (
        "TCM visit took place 16 days after discharge. Can we bill 99495?",
        NO,
        "The visit must be within 14 days of the",
    ),
    (
        "Two calls, no answer, voicemail both times within two business days. Can we still bill TCM 99495?",
        YES,
        "Two or more separate attempts within the 2",
    ),
    (
        "Only one attempt, no answer, then visit on day 5. Can we bill TCM?",
        NO,
        "A single unsuccessful attempt is not enough",
    ),
    (
        "High MDM but seen on day 9. Can we bill 99496?",
        NO,
        "99496 takes high decision making and a",
    ),
    (
        "Can the hospitalist who discharged the patient bill TCM later in his clinic?",
        YES,
        "The physician who discharged the patient",
    ),
    (
        "Do we have to wait 30 days before billing TCM?",
        NO,
        "The claim need not wait for the 30 days",
    ),
    (
        "Patient readmitted on day 12 after TCM visit. Can we still bill TCM?",
        YES,
        "A readmission does not undo transitional",
    ),
    (
        "Can we bill 99214 in addition for the first visit with TCM 99495?",
        NO,
        "The first face-to-face visit is inside",
    ),
    (
        "Can we bill CCM 99490 and APCM G0557 in the same month?",
        NO,
        "Advanced primary care management takes in",
    ),
    (
        "Can RPM 99454 be billed with APCM G0557?",
        YES,
        "Remote monitoring is not among what",
    ),
    (
        "Does G0557 have a minutes requirement, do we need to track time?",
        NO,
        "Advanced primary care management has no",
    ),
    (
        "Month 1 collaborative care 35 minutes. Can we bill 99492?",
        NO,
        "99492 begins at 36 minutes of the first",
    ),
    (
        "Can we bill 99484 and 99490 in the same month?",
        YES,
        "Behavioral integration and chronic care",
    ),
    (
        "G0019 with 45 minutes in the month, can we bill it?",
        NO,
        "G0019",
    ),
    (
        "Can we bill 99445 and 99454 together for the same period?",
        NO,
        "99445",
    ),
    (
        "RPM: only text messages with the patient this month, no live call. Can we bill 99457?",
        NO,
        "Management takes at least one live talk",
    ),
    (
        "Can RPM 99457 and CCM 99490 be billed the same month?",
        YES,
        "Remote monitoring may be billed in the",
    ),
    (
        "Can our physical therapist bill 99454 RPM?",
        NO,
        "Therapists may bill the therapeutic codes",
    ),
    (
        "Patient writes his BP in a log book. Can we bill RPM 99454?",
        NO,
        "Physiologic monitoring takes a medical",
    ),
    (
        "Patient has a scale and cuff. Can we bill 99454 twice for two devices?",
        NO,
        "99454 or 99445 is billed once in 30 days",
    ),
    (
        "Can the nurse's time answering portal messages be billed as 99421?",
        NO,
        "Only the billing practitioner's own minutes",
    ),
    (
        "Can nurse time count for G0181?",
        NO,
        "Only the billing practitioner's own 30",
    ),
    (
        "Can the RHC still bill G0511?",
        NO,
        "G0511 ended on 2025-09-30 and G0512 on",
    ),
    (
        "99483 again after 4 months, is it payable?",
        NO,
        "99483 is paid at most once in 180 days",
    ),
    (
        "Can we bill 99483 and 99214 same day?",
        NO,
        "99483 is itself the visit of the day",
    ),
    (
        "Patient is still on service for the next 60 days. Bill G0180 again?",
        NO,
        "G0180 is for a start of home health without",
    ),
    (
        "Can an NP certify home health and bill G0180?",
        YES,
        "Since March 2020 nurse practitioners",
    ),
    (
        "G0180 and G0181 same month ok?",
        YES,
        "Certification and oversight may be billed",
    ),
    (
        "90 minutes of CCM by staff: can we bill 99439 x3?",
        NO,
        "99439 is limited to 2 a month",
    ),
    (
        "Can TCM and CCM be billed in the same month?",
        YES,
        "Since 2020 Medicare pays both in one month",
    ),
    (
        "Can RPM 99457 and RTM 98980 both be billed the same month?",
        NO,
        "Medicare does not pay physiologic and",
    ),
    (
        "Only 10 readings sent, 99474 ok?",
        NO,
        "99474 takes at least 12 readings over 30",
    ),
    (
        "Discharged from the hospital to assisted living. Can we bill TCM 99495?",
        YES,
        "Assisted living",
    ),
    (
        "Nephrologist made 3 visits this month. Can he bill 90960?",
        NO,
        "90960 takes four or more face-to-face",
    ),
    (
        "Can we bill 93793 and 99213 on the same day?",
        NO,
        "93793 is not reported on the day of a visit",
    ),
)
PREVENTIVE: tuple[Case, ...] = (
    (
        "Part B started 16 months ago. Can we bill G0402?",
        NO,
        "G0402 is only for the first 12 months of",
    ),
    (
        "Patient became Medicare Part B 6 months ago. Can we bill the initial annual wellness visit G0438?",
        NO,
        "Within the first 12 months of Part B the",
    ),
    (
        "Do we have to wait a full year to the day for the next AWV G0439?",
        NO,
        "Only 11 full months must pass after the",
    ),
    (
        "New to our practice, she had an AWV at another practice last year. Can we bill G0438?",
        NO,
        "G0438 is once in a lifetime with whatever",
    ),
    (
        "Can we bill G0444 with the initial AWV G0438?",
        NO,
        "The first wellness visit and the welcome",
    ),
    (
        "Can we bill G0444 with G0439?",
        YES,
        "G0444 may stand beside G0439",
    ),
    (
        "Is G0136 still for SDOH?",
        NO,
        "Since 2026 G0136 is no longer the",
    ),
    (
        "Low risk patient had a pap 14 months ago. Can we bill Q0091 and G0101 again this year?",
        NO,
        "At normal risk Medicare pays G0101 and",
    ),
    (
        "Can G0102 be paid with 99213 visit?",
        NO,
        "G0102 is included in any covered visit of",
    ),
    (
        "Polyp snared at screening. Bill both G0121 and 45385?",
        NO,
        "Once a polyp or biopsy comes out the line",
    ),
    (
        "Positive Cologuard, now colonoscopy. Is that a screening with no cost to Medicare patient?",
        YES,
        "Since 2023 the colonoscopy after a positive",
    ),
    (
        "Average risk screening colonoscopy G0121, last one 6 years ago. Covered?",
        NO,
        "At normal risk a screening colonoscopy is",
    ),
    (
        "Personal history of polyps, last colonoscopy 3 years ago, can we bill G0105?",
        YES,
        "At high risk",
    ),
    (
        "Does Medicare cover Cologuard every year?",
        NO,
        "The stool DNA test is covered once in 3",
    ),
    (
        "Doctor talked 2 minutes on quitting smoking, 99406 ok?",
        NO,
        "99406 takes more than 3 minutes",
    ),
    (
        "Can 99406 be billed with 99214 the same day?",
        YES,
        "Tobacco counseling of more than 3 minutes",
    ),
    (
        "Does Medicare pay 99408?",
        NO,
        "Medicare does not cover 99408 and 99409",
    ),
    (
        "BMI is 29. Can we bill G0447 to Medicare?",
        NO,
        "G0447 takes a body mass index of 30 or more",
    ),
    (
        "Medicare patient 79 years old, can we bill LDCT lung cancer screening 71271?",
        NO,
        "Medicare's lung screening is for 50 to 77",
    ),
    (
        "PHQ-9 not scored. Can we bill 96127?",
        NO,
        "Only a standard tool that is scored and",
    ),
    (
        "PHQ-9 and GAD-7 both scored, can we bill 96127 x2?",
        YES,
        "96127 is one unit for each scored tool",
    ),
    (
        "Nurse counseled for the vaccine, 12 year old. Can we bill 90460?",
        NO,
        "90460 takes counseling that day by the",
    ),
    (
        "Should we bill 90461 for quadrivalent flu vaccine strains?",
        NO,
        "Strains or types of one germ in a vaccine",
    ),
    (
        "Can we bill 90460 and 90471 on the same day?",
        NO,
        "90460 and 90471 are never reported on one",
    ),
    (
        "Medicare flu shot: is 90471 right?",
        NO,
        "Medicare takes G0008 for flu",
    ),
    (
        "Can G0008 and G0009 be billed same day?",
        YES,
        "G0008",
    ),
    (
        "Is Shingrix covered by Medicare Part B?",
        NO,
        "Shingles",
    ),
    (
        "Is tetanus vaccine for a puncture wound covered by Medicare Part B?",
        YES,
        "A tetanus",
    ),
    (
        "Does hepatitis B vaccine still need an order and risk factor for Medicare?",
        NO,
        "Since 2025 Part B covers hepatitis B",
    ),
    (
        "Can we use 90471 for covid shot administration?",
        NO,
        "Every COVID-19 dose takes 90480 beside its",
    ),
    (
        "VFC vaccine, can we charge the product to the patient?",
        NO,
        "The product was free",
    ),
    (
        "Beyfortus given, is 90471 the right admin?",
        NO,
        "An RSV antibody is no vaccine",
    ),
    (
        "Screening mammogram 77067, last one 9 months ago, too soon for Medicare?",
        NO,
        "11 full months must pass after the month of",
    ),
    (
        "Does Medicare require an order for a screening mammogram?",
        NO,
        "A screening mammogram needs no order or",
    ),
    (
        "DEXA 77080 every year for Medicare, covered?",
        NO,
        "Medicare pays the test once in 24 months",
    ),
    (
        "Patient already diabetic, can we bill A1c as diabetes screening Z13.1?",
        NO,
        "Screening is for those not known to be",
    ),
    (
        "Screening colonoscopy found a polyp: does Z12.11 stay first?",
        YES,
        "screening Z code",
    ),
    (
        "Does Medicare pay 90482?",
        NO,
        "Medicare does not take 90482-90484",
    ),
    (
        "Last screening mammogram 77067 was 14 months ago, age 66. Does Medicare cover it?",
        YES,
        "More than 11 full months have passed since",
    ),
    (
        "Cardiac rehab 93798, two sessions in 75 minutes. Can we bill x2?",
        NO,
        "Two sessions on a day take at least 91",
    ),
    (
        "Pulmonary rehab 94626 for asthma, does Medicare cover it?",
        NO,
        "The benefit is for moderate to very severe",
    ),
)
PSYCHIATRY_AND_TELEHEALTH: tuple[Case, ...] = (
    (
        "Psychiatrist did 90837 and 99214 the same day, with 25. Can both be paid?",
        NO,
        "One clinician's psychotherapy beside a",
    ),
    (
        "Our LCSW did 90834 and the psychiatrist a med check 99213 same day, different clinicians. Can both bill?",
        YES,
        "Two clinicians of different kinds may each",
    ),
    (
        "Can the E/M level be chosen by time with 90836?",
        NO,
        "Beside psychotherapy the visit's level",
    ),
    (
        "12 minutes of psychotherapy, can we bill 90832?",
        NO,
        "Psychotherapy of 15 minutes or less is not",
    ),
    (
        "50 minute session, is 90837 right?",
        NO,
        "90837 begins at 53 minutes",
    ),
    (
        "Session lasted 120 minutes. Can we bill 90837 x2?",
        NO,
        "90837 is reported once whatever the length",
    ),
    (
        "Can 90791 and 99204 be billed same day?",
        NO,
        "90791 or 90792 and a visit",
    ),
    (
        "Can LCSW bill 90792?",
        NO,
        "90792 holds a medical service and is for",
    ),
    (
        "Crisis session 25 minutes. Is 90839 ok?",
        NO,
        "90839 takes at least 30 minutes that date",
    ),
    (
        "20 minute family therapy session, can we bill 90847?",
        NO,
        "90846 and 90847 take 26 minutes or more",
    ),
    (
        "Can we bill 90847 and 90834 the same day?",
        YES,
        "Family and individual psychotherapy may",
    ),
    (
        "Two hour group therapy: can we bill 90853 x2?",
        NO,
        "90853 is not timed and counts once for each",
    ),
    (
        "Can we bill 90785 because an interpreter was used?",
        NO,
        "An interpreter or foreign language alone",
    ),
    (
        "Does Medicare pay 90863?",
        NO,
        "90863 is for prescribing psychologists and",
    ),
    (
        "Can we bill 96136 for only one test?",
        NO,
        "96136 and 96138 take two or more tests",
    ),
    (
        "Can 96130 and 96136 be billed on the same day?",
        YES,
        "Judging",
    ),
    (
        "Is MoCA billable as 96116?",
        NO,
        "A brief screen such as a mini-mental test",
    ),
    (
        "Can H2019 be billed to Medicare?",
        NO,
        "Medicare does not take H",
    ),
    (
        "Does Medicare still cover telehealth visits to the patient's home in 2026?",
        YES,
        "Through 2027-12-31 Medicare pays visits on",
    ),
    (
        "Is an in-person visit within 6 months required for tele mental health by Medicare?",
        NO,
        "The in-person visit within six months",
    ),
    (
        "Can a physical therapist bill telehealth to Medicare?",
        YES,
        "Physical",
    ),
    (
        "Is POS 11 right for a Medicare telehealth visit?",
        NO,
        "Since 2024 Medicare telehealth has place of",
    ),
    (
        "Does Medicare require 95 on telehealth claims?",
        NO,
        "Medicare's professional video visit is told",
    ),
    (
        "Patient has no smartphone and refused video. Can we bill 99213 for the phone visit with 93?",
        YES,
        "If the clinician could do video but the",
    ),
    (
        "Our clinic has no video equipment. Can we bill audio only 99213-93?",
        NO,
        "Audio-only counts only where the clinician",
    ),
    (
        "Can we bill Q3014 when the patient is at home?",
        NO,
        "There is no facility fee where the patient",
    ),
)
DENIALS_AND_COVERAGE: tuple[Case, ...] = (
    (
        "Claim denied with indicator 0, can we appeal?",
        NO,
        "There is nothing to win",
    ),
    (
        "We resubmitted the same claim without changes after the denial. Is that ok to resubmit again?",
        NO,
        "Sending a denied claim again unchanged only",
    ),
    (
        "Can we bill the patient for a CO-97 denial?",
        NO,
        "A bundled service is paid inside another",
    ),
    (
        "Can I use frequency code 7 on a Medicare Part B claim?",
        NO,
        "Medicare Part B does not take frequency",
    ),
    (
        "Claim is 14 months old, will Medicare pay it if we file now?",
        NO,
        "Medicare takes claims within 12 months",
    ),
    (
        "Filed late, CO-29. Can we bill the patient?",
        NO,
        "A claim lost to the filing limit is the",
    ),
    (
        (
            "Patient was retroactively disenrolled from the MA plan. Is there an exception to timely filing for "
            "Medicare?"
        ),
        YES,
        "There are exceptions to the 12 months",
    ),
    (
        "130 days since the remit, can we still request a redetermination?",
        NO,
        "A redetermination must be asked for within",
    ),
    (
        "MA130 on the remit. Can we appeal?",
        NO,
        "A returned claim has no appeal rights since",
    ),
    (
        "CO-50 denial, no ABN signed. Can we bill the patient?",
        NO,
        "Without a valid ABN signed before the",
    ),
    (
        "Claim denied. Can we change the diagnosis to a covered diagnosis so it gets paid?",
        NO,
        "A diagnosis may be changed only to what the",
    ),
    (
        "Employer has 15 employees, patient 67 working aged. Is the group health plan primary to Medicare?",
        NO,
        "For the working aged the employer's plan is",
    ),
    (
        "Diagnosis is on the LCD list. Does that guarantee payment?",
        NO,
        "A listed diagnosis is needed and not enough",
    ),
    (
        "Can the ABN be signed after the test?",
        NO,
        "A notice signed after the service is void",
    ),
    (
        "Can we have all Medicare patients sign an ABN routinely just in case?",
        NO,
        "Blanket or routine notices are void",
    ),
    (
        "Is an ABN required for cosmetic surgery?",
        NO,
        "For what the law excludes no ABN is required",
    ),
    (
        "Can we use an ABN for a Humana Medicare Advantage patient?",
        NO,
        "The ABN is for original Medicare only",
    ),
    (
        "Doctor opted out, can he submit a claim to Medicare?",
        NO,
        "Who has opted out sends no claims to",
    ),
    (
        "Can a chiropractor opt out of Medicare?",
        NO,
        "Chiropractors and physical or occupational",
    ),
    (
        "Medicare patient wants to pay cash for a covered service. Can we take cash instead of billing Medicare?",
        NO,
        "Covered services of a Medicare patient must",
    ),
    (
        "Can we charge a Medicare patient a no-show fee?",
        YES,
        "The patient may be charged for a missed",
    ),
    (
        "Can we bill Medicare for a missed appointment?",
        NO,
        "Medicare pays nothing for a missed",
    ),
    (
        "Doctor treated his wife. Can he bill Medicare for his own wife?",
        NO,
        "Medicare excludes services to the",
    ),
    (
        "Can we routinely waive copays for Medicare patients?",
        NO,
        "Routine waiver of Medicare cost share",
    ),
    (
        "Patient has financial hardship. Can we waive the Medicare coinsurance?",
        YES,
        "For a single patient with documented",
    ),
    (
        "Is a stamped signature ok on the Medicare record?",
        NO,
        "Stamped signatures are not accepted",
    ),
    (
        "Note was unsigned. Can the doctor use an attestation for the claim record?",
        YES,
        "The author of an unsigned note may mend it",
    ),
    (
        "After the denial can the doctor add an addendum to the note to support the higher level?",
        NO,
        "An entry made after the denial or request",
    ),
    (
        "Medicare paid twice. Can we wait until they ask for the overpayment back?",
        NO,
        "An overpayment that is known must be",
    ),
    (
        "Auto accident, is Medicare primary?",
        NO,
        "Workers' compensation",
    ),
    (
        "Can an NP bill unassigned with the limiting charge?",
        NO,
        "These practitioners must always take",
    ),
    (
        "New doctor enrolled, can we bill Medicare 90 days before the effective date?",
        NO,
        "Medicare lets a new practitioner bill for",
    ),
    (
        "Are the X1-X5 patient relationship modifiers required?",
        NO,
        "The patient relationship modifiers X1 to X5",
    ),
    (
        "CO-16 denial, can we appeal?",
        NO,
        "There is nothing to appeal",
    ),
    (
        "CO-197 no authorization, can we bill the patient?",
        NO,
        "Where obtaining the authorization was the",
    ),
    (
        "CO-45: can we bill the patient for it?",
        NO,
        "45 is no denial but the part above the",
    ),
    (
        "There is no LCD for this code, so it is covered by Medicare, right?",
        NO,
        "No policy means neither coverage nor denial",
    ),
    (
        "Claim is 11 months old. Can we still submit it to Medicare?",
        YES,
        "Medicare takes a claim within 12 months of",
    ),
    (
        "Is a redetermination request at 100 days still timely for the claim?",
        YES,
        "A redetermination may be asked for within",
    ),
)
EQUIPMENT_AND_AMBULANCE: tuple[Case, ...] = (
    (
        "KX missing denial; criteria not met, no documentation. Can we just add KX?",
        NO,
        "KX attests that every requirement of the",
    ),
    (
        "CPAP patient used it 3 hours a night, 50% of nights. Can we bill month 4 with KX?",
        NO,
        "Month 4 and later take use of at least 4",
    ),
    (
        "Capped rental wheelchair, month 14. Can we still bill rent?",
        NO,
        "Rental of a capped item ends after 13",
    ),
    (
        "Can the supplier bill A4616 tubing on top of the oxygen rental?",
        NO,
        "Supplies and accessories of rented oxygen",
    ),
    (
        "Oxygen month 37, can we bill the monthly rental?",
        NO,
        "After 36 months no rental is paid",
    ),
    (
        "Can a nurse practitioner order a walker, DME, for Medicare?",
        YES,
        "A nurse practitioner",
    ),
    (
        "Shower chair E0240: does Medicare cover it?",
        NO,
        "Medicare takes these as comfort items and",
    ),
    (
        "Patient in a SNF, can we bill a wheelchair rental to the DME MAC?",
        NO,
        "In a hospital or nursing facility the",
    ),
    (
        "Can we bill test strips A4253 with CGM A4239?",
        NO,
        "Strips",
    ),
    (
        "Patient uses basal insulin once a day. Does Medicare cover a CGM E2103?",
        YES,
        "Since 2023-04-16 any insulin use qualifies",
    ),
    (
        "Type 2 on metformin only, no insulin. Does Medicare cover Dexcom CGM?",
        NO,
        "Without insulin a CGM is covered only with",
    ),
    (
        "Can the podiatrist certify the diabetic shoes A5500?",
        NO,
        "The certifying physician is the MD or DO",
    ),
    (
        "Is an ambulance to a doctor's office appointment covered by Medicare?",
        NO,
        "A physician's office is no covered",
    ),
    (
        "Can we bill the unloaded ambulance miles A0425?",
        NO,
        "Only loaded miles",
    ),
    (
        "Patient refused transport. Can the ambulance bill Medicare?",
        NO,
        "Medicare's ambulance benefit is a transport",
    ),
    (
        "In a 911 emergency the paramedic did an ALS assessment, no intervention. Is A0427 payable?",
        YES,
        "In an emergency response an ALS assessment",
    ),
    (
        "Knee brace only straps adjusted, can we bill custom fitted L1832?",
        NO,
        "Minimal self-adjustment",
    ),
    (
        "CPAP used 5 hours on 80% of nights. Can we bill month 4 with KX?",
        YES,
        "At least 4 hours on 70 percent of nights in",
    ),
)
FEES_AND_MODIFIERS: tuple[Case, ...] = (
    (
        "Can a nonpar doctor charge his full fee to the Medicare patient?",
        NO,
        "A nonparticipating practitioner may charge",
    ),
    (
        "Can we charge the patient for 99070 with an ABN?",
        NO,
        "A status B service is paid inside other",
    ),
    (
        "ED doc looked at the x-ray and wrote it in the visit note, no report. Can he bill 71046-26?",
        NO,
        "26 takes a written interpretation and",
    ),
    (
        "Claim denied, can we add modifier 59 to get it paid?",
        NO,
        "A modifier is added only where the note of",
    ),
    (
        "Can we put 50 and RT LT on the same line together?",
        NO,
        "50 already says both sides",
    ),
    (
        "Can we use 91 when the lab was rerun to confirm the result?",
        NO,
        "91 is not for a rerun that confirms a result",
    ),
    (
        "Can our office bill Medicare for the sent out lab with modifier 90?",
        NO,
        "Medicare pays the laboratory that ran the",
    ),
    (
        "Can a nurse practitioner be billed as locum tenens with Q6?",
        NO,
        "Q5 and Q6 are for physicians",
    ),
    (
        "Locum has been here 75 days. Can we still bill Q6?",
        NO,
        "One substitute may be billed for at most 60",
    ),
    (
        "New physician not yet enrolled, can we bill under another physician?",
        NO,
        "A new colleague's services are not billed",
    ),
    (
        "Is GT still required for Medicare telehealth?",
        NO,
        "Since 2018 GT is only for method II",
    ),
    (
        "Two 12 lead EKGs, second one read by a different doctor four hours later. Which modifier on 93010?",
        None,
        "77",
    ),
    (
        "Hospice patient, care unrelated to terminal illness. Can we bill Part B?",
        YES,
        "Care unrelated to the terminal illness is",
    ),
    (
        "Can a nurse practitioner be the hospice attending and bill Medicare?",
        YES,
        "A nurse practitioner",
    ),
    (
        "Can we bill 93000-26 for the reading?",
        NO,
        "The EKG has codes of its own for its parts",
    ),
    (
        "Can a resident be billed as assistant at surgery with 82 when residents were there?",
        NO,
        "A resident is not billed as assistant",
    ),
    (
        "Radiologist reads from home, POS 12?",
        NO,
        "The place is that of the patient during the",
    ),
    (
        "Dr. A is on vacation for 30 days, locum paid per diem. Can we bill Q6?",
        YES,
        "For an absent physician a substitute paid",
    ),
)
THERAPY_AND_FEET: tuple[Case, ...] = (
    (
        "Chiro: Medicare patient, exam 99203 billed by DC. Does Medicare cover it?",
        NO,
        "Medicare pays a chiropractor only manual",
    ),
    (
        "Chiropractor maintenance care, can we bill Medicare with AT?",
        NO,
        "Maintenance care is not covered",
    ),
    (
        "Is acupuncture for neck pain covered by Medicare?",
        NO,
        "Medicare covers acupuncture and dry",
    ),
    (
        "Can PT and PTA treating together need CQ modifier?",
        NO,
        "Minutes that therapist and assistant give",
    ),
    (
        "Therapy aide did 97110 alone. Can we bill Medicare?",
        NO,
        "Medicare pays therapy only by a therapist",
    ),
    (
        "Do we put KX on every therapy claim from the start of the year?",
        NO,
        "KX goes on only once the year's threshold",
    ),
    (
        "Does Medicare pay 97010 hot packs?",
        NO,
        "97010 is bundled by Medicare",
    ),
    (
        "Can we bill 97164 re-evaluation for the 10th visit progress report?",
        NO,
        "A progress report or recertification is no",
    ),
    (
        "Can PT eval 97161 and OT eval 97165 be billed same day?",
        YES,
        "Physical and occupational therapists may",
    ),
    (
        "Does 97530 with 97140 need 59 for Medicare?",
        NO,
        "The Medicare edits of 97530 with 97140 and",
    ),
    (
        "Does Medicare require a physician referral before PT therapy starts?",
        NO,
        "Medicare asks no order for therapy to begin",
    ),
    (
        "Therapist treated two patients at the same time, can each be billed 97110?",
        NO,
        "A quarter-hour is one timed service for one",
    ),
    (
        "Can 92507 be billed x2 for 60 minutes?",
        NO,
        "92507 and 92526 are not timed",
    ),
    (
        "Can we bill G0108 and 97802 on the same day?",
        NO,
        "Self-management training and nutrition",
    ),
    (
        "Does Medicare cover MNT 97802 for obesity?",
        NO,
        "Medicare covers nutrition therapy only for",
    ),
    (
        "NP referred the patient for MNT 97803. Is an NP referral ok?",
        NO,
        "The referral must come from a physician",
    ),
    (
        "Can we bill G0420 for stage 3 CKD?",
        NO,
        "The benefit is for stage IV kidney disease",
    ),
    (
        "Can we leave off Q8 since diabetes with neuropathy is on the LCD list for 11721?",
        NO,
        "A listed diagnosis alone does not make",
    ),
    (
        "Diabetic patient only sees the NP. Can we use that for date last seen for 11056?",
        NO,
        "For an asterisked condition the date last",
    ),
    (
        "Can we bill nail trimming 11719 every month?",
        NO,
        "about every 60 days",
    ),
    (
        "Can a chiropractor order an x-ray for Medicare, as ordering provider?",
        NO,
        "Medicare covers only manual manipulation of",
    ),
    (
        "Does Medicare take 97014?",
        NO,
        "Medicare does not take 97014",
    ),
    (
        "Can we train the wife, caregiver, without the patient and bill 97550?",
        YES,
        "Since 2024 training a caregiver without the",
    ),
    (
        "Two wounds, wound vac, 97605 x2?",
        NO,
        "The areas of all wounds are added and one",
    ),
    (
        "Can dry needling be billed as 20553?",
        NO,
        "Dry needling is 20560 for one or two",
    ),
    (
        "MNT for diabetes, physician referral. Does Medicare pay the dietitian 97802?",
        YES,
        "Nutrition therapy is covered for diabetes",
    ),
)
ANESTHESIA_SLEEP_AND_FACILITIES: tuple[Case, ...] = (
    (
        "Does Medicare pay P3 physical status?",
        NO,
        "Medicare pays nothing for physical status",
    ),
    (
        "Block was the main anesthetic with MAC, can we bill 64415-59 separately?",
        NO,
        "A block that is the anesthetic",
    ),
    (
        "Surgeon requested an interscalene block for postop pain with general anesthesia. Can we bill 64415-59?",
        YES,
        "A peripheral block for postoperative pain",
    ),
    (
        "Can 01996 be billed on the day of placement?",
        NO,
        "01996 is for the days after the placement",
    ),
    (
        "95810 but patient left early after 4 hours. Bill full 95810?",
        NO,
        "Less than 6 hours of recording take 52",
    ),
    (
        "Can we bill 95810 and 95811 for split night?",
        NO,
        "is 95811 alone",
    ),
    (
        "SNF Part A stay, portable x-ray 71046 global, can we bill Medicare Part B?",
        NO,
        "In a Part A stay technical parts",
    ),
    (
        "Physician visit 99309 for a Part A SNF patient, can we bill Part B separately?",
        YES,
        "The practitioner's own services",
    ),
    (
        "Does observation time count toward the 3-day stay for SNF coverage by Medicare?",
        NO,
        "Only inpatient days count toward the 3 days",
    ),
    (
        "Can an NP bill 99305 initial visit in a SNF, POS 31?",
        NO,
        "In a skilled nursing stay",
    ),
    (
        "Does the patient have to be homebound for a home visit 99349?",
        NO,
        "The patient need not be homebound for a",
    ),
    (
        "Case cancelled before induction. Can anesthesia bill the anesthesia code with 53?",
        NO,
        "Before induction only a visit for the",
    ),
    (
        "Polyp removed, 00812 for anesthesia ok?",
        NO,
        "00812 is for a screening that stayed one",
    ),
    (
        "Labor epidural then c-section for failure to progress: which anesthesia codes?",
        None,
        "01967 for the labor epidural with 01968",
    ),
    (
        "MSLT 95805, only three naps. Which modifier?",
        None,
        "Fewer than 4 nap opportunities take 52 on",
    ),
)

OTHER_FACTS = (
    (
        "Medicare patient got a routine Tdap booster, no injury. Does Part B pay it?",
        "A tetanus (or rabies) vaccine given to treat a wound",
    ),
    ("Medicare, G0008 x2 for flu and pneumonia the same day?", "may stand side by side on one date"),
    ("Our group read and billed the EKG, 99214. Can 25 minutes of counseling be added?", "independent interpretation"),
    (
        "Patient was seen by someone in our multispecialty group before. Can we bill 99204?",
        "as long as nobody of that exact",
    ),
    ("The MA called the patient for 6 minutes. Can we bill 98016?", "Licensed clinical staff"),
    ("Is a nurse visit 99211 billable with no video, doctor by phone only?", "If the clinician could do video"),
    ("EBUS needle sampling of nodes. 31652 x2 or 31653?", "patient relationship modifiers"),
    ("I was charged twice on my credit card for the visit. Please refund one.", "overpayment that is known"),
    ("Is GT still required on a Medicare telehealth claim?", "Through 2027-12-31 Medicare pays visits"),
    ("Oxygen: the patient owns the concentrator. Can we bill A4615 cannulas?", "included in the monthly rental"),
    ("CPAP used 5 hours on 80% of nights. Can we bill month 4 with KX?", "without it the rental stops"),
    (
        "12 week chronic low back pain, acupuncture for Medicare, covered?",
        "Medicare covers acupuncture and dry needling only",
    ),
    ("11042 on the left heel and 97597 on another ulcer of the right leg. Both?", "For one wound only the deepest"),
    ("ED patient in the observation unit, 40 minutes by the attending who ordered it. 99222?", "a consultant reports"),
    ("G0439 with G0444, PHQ-9 scored, 8 minutes. Billable?", "The first wellness visit and the welcome visit"),
    ("Patient with Part B for 5 months. Can we bill G0402?", "G0402 is only for the first 12 months"),
)


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        *VISITS,
        *CARE_MANAGEMENT,
        *PREVENTIVE,
        *PSYCHIATRY_AND_TELEHEALTH,
        *DENIALS_AND_COVERAGE,
        *EQUIPMENT_AND_AMBULANCE,
        *FEES_AND_MODIFIERS,
        *THERAPY_AND_FEET,
        *ANESTHESIA_SLEEP_AND_FACILITIES,
    ],
)
def test_the_facts_told_decide(ask: Ask, text: str, verdict: Verdict | None, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said.lower() in answer.bottom_line.lower()


@pytest.mark.parametrize(("text", "not_said"), OTHER_FACTS)
def test_a_ruling_is_silent_where_other_facts_are_told(ask: Ask, text: str, not_said: str) -> None:
    assert not_said not in ask(text).answer.bottom_line
