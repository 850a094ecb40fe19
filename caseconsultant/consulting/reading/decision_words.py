"""The words for problems, data and risk by which decision making is leveled, each by its name in the rules."""

from __future__ import annotations

import re

NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "both": 2,
    "several": 2,
    "multiple": 2,
}
COUNT = r"(?P<n>\d|a|an|one|two|three|four|five|both|several|multiple)"
CHRONIC = (
    r"(?:hypertension|htn|high blood pressure|blood pressure|(?-i:BP)|diabet\w+|dm2?|t2dm|type (?:2|ii|1) dm?|"
    r"hyperlipidemia|hld|high cholesterol|"
    r"cholesterol|hypothyroid\w*|thyroid|copd|asthma|chf|hfref|heart failure|afib|a-?fib|atrial fibrillation|ckd|gerd|"
    r"reflux|"
    r"depression|anxiety|adhd|(?-i:ADD)|migraines?|osteoarthritis|(?-i:OA)|rheumatoid arthritis|(?-i:RA)|lupus|"
    r"psoriasis|epilepsy|"
    r"seizure disorder|gout|"
    r"cad|coronary (?:artery )?disease|osteoporosis|eczema|acne|obesity|parkinson\w*|(?-i:MS)|multiple sclerosis|"
    r"bipolar|"
    r"sleep apnea|osa|glaucoma|"
    r"hiv|hepatitis c|crohn\w*|ulcerative colitis|ibs|endometriosis|pcos|bph|fibromyalgia|chronic (?:pain|back pain|"
    r"kidney disease|migraine)|"
    r"low back pain|insomnia|anemia|cirrhosis)"
)
STABLE = (
    r"(?:stable|at goal|controlled|well[- ]controlled|doing well|unchanged|on target|at target|in remission|"
    r"good control|nothing changed|"
    r"no changes?|at their goals?)"
)
NOT_GOAL = (
    r"(?:uncontrolled|not (?:at|to|near) goal|not (?:well )?controlled|poorly controlled|poor control|above goal|"
    r"worsening|worse|exacerbat\w+|"
    r"flar\w+|inadequately controlled|out of control|elevated|progress(?:ing|ed|ion)|side effects?|not responding|"
    r"unstable|"
    r"a1c (?:of |is |was |up to |at )?(?:[89]|1\d)|fail(?:ed|ing|s)|refractory|too high|high today|deteriorat\w+|"
    r"decompensat\w+|destabilized|"
    r"not stable|off target)"
)
SEVERE = re.compile(
    r"\bsevere(?:ly)? (?:\w+ )?(?:exacerbation|progression|flare|worsening|side effects?)|\bseverely (?:exacerbated|"
    r"worse)",
    re.IGNORECASE,
)
THREAT = re.compile(
    r"\b(?:threat to (?:life|limb)|life[- ]threatening|sep(?:sis|tic)|stemi|nstemi|acute mi|heart attack|"
    r"myocardial infarction|stroke|cva|"
    r"pulmonary embol\w+|dka|ketoacidosis|respiratory (?:failure|distress|arrest)|anaphyla\w+|suicidal|"
    r"acute renal failure|appendicitis|"
    r"acute kidney injury|intracranial|subarachnoid|perforat\w+|peritonitis|gi bleed\w*|unstable angina|"
    r"acute psychosis|"
    r"threat to (?:bodily|life or bodily) function|ectopic|aortic dissection|meningitis)\b",
    re.IGNORECASE,
)
SYSTEMIC = re.compile(
    r"\b(?:systemic (?:symptoms|illness)|pyelonephritis|pneumoni(?:a|tis)|colitis|acute illness with systemic|"
    r"influenza with|"
    r"diverticulitis|kidney infection|pyelo)\b",
    re.IGNORECASE,
)
COMPLICATED = re.compile(
    r"\b(?:acute )?complicated injur\w+|\bhead injur\w+ with (?:brief |short )?(?:loc|loss of consciousness)|"
    r"\bbrief loss of consciousness|"
    r"\bconcussion with loc",
    re.IGNORECASE,
)
UNCERTAIN = re.compile(
    r"\b(?:breast (?:lump|mass)|lump in (?:\w+ )?breast|uncertain (?:prognosis|outcome)|undiagnosed new|"
    r"new undiagnosed|suspicious (?:mass|lesion|nodule)|"
    r"unexplained weight loss|new (?:lung |thyroid |neck )?(?:nodule|mass|lump)|(?:neck|thyroid|testicular|abdominal|"
    r"pelvic) mass|"
    r"new[- ]onset seizure|postmenopausal bleeding|gross hematuria|unintentional weight loss)\b",
    re.IGNORECASE,
)
ACUTE = re.compile(
    r"\b(?:otitis(?: media| externa)?|ear infection|swimmer'?s ear|strep(?: throat)?|pharyngitis|sore throat|"
    r"tonsillitis|uti|urinary tract infection|"
    r"cystitis|bladder infection|burning (?:on|with) urination|dysuria|sinusitis|sinus infection|uri|"
    r"upper respiratory|bronchitis|allergic rhinitis|"
    r"(?:ankle |wrist |knee |simple )?sprain\w*|(?:muscle |back )?strain|conjunctivitis|pink ?eye|impetigo|cellulitis|"
    r"poison ivy|contact dermatitis|"
    r"yeast infection|vaginitis|bacterial vaginosis|shingles|tinea (?:pedis|cruris|versicolor)|acute uncomplicated|"
    r"uncomplicated (?:acute )?(?:illness|"
    r"injury|problem)|stye|paronychia|ringworm|"
    r"lacerations?|hemorrhoids?|gastroenteritis|stomach (?:bug|flu)|acute low back pain|hives|urticaria|thrush|"
    r"croup)\b",
    re.IGNORECASE,
)
MINOR = re.compile(
    r"\b(?:self[- ]limited|minor (?:problem|rash|complaint|illness|injury|issue)|common cold|a cold|has cold|"
    r"cold symptoms|"
    r"insect bites?|bug bites?|"
    r"mosquito bites?|diaper rash|viral uri|tinea corporis|sunburn|minor abrasion|suture removal|callus)\b",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:cough and fever|fever and cough|cough|fever|chest pain|abdominal pain|belly pain|headaches?|dizz\w+|"
    r"syncope|shortness of breath|sob|"
    r"vomiting|flu|influenza|covid\w*|knee pain|shoulder pain|back pain|fracture|fx|head injur\w+|wheez\w+|"
    r"palpitations|rash|weakness|fatigue|nausea|swelling|numbness|"
    r"palpitation|fall|injury|pain|dehydration)\b",
    re.IGNORECASE,
)

RX_DRUGS = (
    r"amoxicillin|augmentin|azithromycin|z-?pac?ks?|zithromax|macrobid|nitrofurantoin|penicillin|pcn|keflex|"
    r"cephalexin|cipro\w*|bactrim|doxy\w*|"
    r"metformin|lisinopril|losartan|amlodipine|atorvastatin|\w+statin|metoprolol|beta blocker|prednisone|medrol|"
    r"steroids?|albuterol|inhaler|"
    r"insulin|ozempic|semaglutide|jardiance|sertraline|zoloft|lexapro|adderall|gabapentin|tamiflu|paxlovid|valtrex|"
    r"acyclovir|fluconazole|"
    r"diflucan|levothyroxine|synthroid|hctz|furosemide|lasix|water pills?|diuretic|antibiotics?|abx|"
    r"oral contraceptive|birth control pill|"
    r"sumatriptan|flexeril|cyclobenzaprine|ibuprofen 800|ibuprofen 600|mupirocin|statins?|eliquis|plavix"
)
RX = re.compile(
    r"\b(?:rx|scripts?|prescri(?:bed|ption|ptions|bes|be|bing)|prescription drug management|refill\w*|renew\w*|"
    r"re-?prescribed|"
    r"(?:start|increas|chang|adjust|continu|stopp|titrat|switch|taper|bump|decreas)\w* (?:\w+ ){0,4}?(?:meds?|"
    r"medications?|dose|drug|pills?|"
    rf"{RX_DRUGS})|med(?:ication)? (?:adjust\w*|change\w*|management|refill\w*)|meds? (?:refilled|changed|adjusted|"
    rf"renewed|continued)|cont(?:inued?)?\.? (?:current |same |his |her |all )?(?:meds?|medications?|rx)|"
    rf"ear drops|eye drops|{RX_DRUGS}|prescription (?:drops|cream|strength))\b",
    re.IGNORECASE,
)
NO_RX = re.compile(
    r"\b(?:nothing|none|not|never|wasn'?t|weren'?t|no drugs?|no meds?)\s(?:was\s|were\s|being\s|else\s)?prescribed\b|"
    r"\b(?:no|without(?: a| any)?|not? (?:need|given|requir\w+)(?: a| any)?|didn'?t (?:get|need|prescribe)(?: a|"
    r" any)?) (?:new )?"
    r"(?:rx|prescriptions?|meds?|medications?|drugs?|antibiotics?)(?: (?:given|prescribed|needed|written))?\b",
    re.IGNORECASE,
)
OTC = re.compile(
    r"\b(?:otc|over[- ]the[- ]counter|tylenol|motrin|acetaminophen|ibuprofen(?! [68]00)|claritin|zyrtec|robitussin|"
    r"mucinex)\b",
    re.IGNORECASE,
)
REST = re.compile(
    r"\b(?:rest(?: and| &)? (?:fluids|ice)|rest, ice|ice and|elevation|ace wrap|elastic bandage|gargl\w*|reassur\w+|"
    r"supportive care|fluids and rest)\b",
    re.IGNORECASE,
)
THERAPY = re.compile(
    r"\b(?:physical therapy|pt referral|referral to pt|home exercises?|occupational therapy|(?:simple|wound|"
    r"laceration|lac) repair|sutur\w+|staples?)\b",
    re.IGNORECASE,
)
RISKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "emergency_major_surgery",
            (
                r"\bemergen(?:t|cy) (?:major )?(?:surgery|operation|or\b|appendectomy|c-section)|\btaken (?:straight |"
                r"directly )?to (?:the )?or\b"
            ),
        ),
        ("minor_surgery_with_risk_factors", r"\bminor (?:surgery|procedure) with (?:\w+ )*risk factors"),
        (
            "intensive_toxicity_monitoring",
            (
                r"\b(?:intensive(?:ly)? )?monitor\w* for (?:drug )?toxicity|\btoxicity monitoring|"
                r"\bdrug monitoring for toxicity|\bhigh[- ]risk (?:drug|medication) monitoring|"
                r"\bmethotrexate\b[^.]{0,60}\b(?:monitor|cbc|lfts?|labs?|toxicity)|\bchemo\w*[^.]{0,40}\b(?:monitor|"
                r"toxicity|counts)"
            ),
        ),
        (
            "hospital_level_escalation",
            (
                r"\b(?:decision to (?:admit|hospitalize)|decision (?:regarding|about|on|for) hospitali[sz]ation|"
                r"admitted (?:to|from|for|him|her|pt|patient)|"
                r"admit(?:ting)? (?:him|her|them|pt|patient|to)|sent (?:him |her |pt |patient |them )?(?:straight |"
                r"directly )?to (?:the )?(?:ed|er|hospital|emergency)|"
                r"(?:was |were |is |and |, )admitted|admitted(?=[.?!;])|hospitali[sz]ed|escalation (?:of|"
                r"to) (?:hospital|"
                r"icu)\w*|"
                r"transfer(?:red)? to (?:the )?(?:icu|hospital|cath lab))"
            ),
        ),
        (
            "decision_to_limit_care",
            r"\bdnr\b|\bde-?escalat\w+ (?:of )?care|\bhospice\b|\bcomfort care\b|\bpoor prognosis\b",
        ),
        (
            "parenteral_controlled_substances",
            (
                r"\b(?:iv|intravenous|im|parenteral) (?:morphine|dilaudid|hydromorphone|fentanyl|ketamine|ativan|"
                r"lorazepam|controlled)\b|\bparenteral controlled\b"
            ),
        ),
        (
            "social_needs_limit_care",
            (
                r"\b(?:homeless|food insecur\w+|housing|social determinants?|sdoh|can(?:no|')t afford|unable to afford|"
                r"no transportation|lack of transportation|no insurance)\b"
            ),
        ),
    )
)
NOT_ADMITTED = re.compile(
    r"\b(?:no admission|not admitted|without admission|didn'?t (?:need to be )?admit\w*|not hospitalized)\b",
    re.IGNORECASE,
)

NO_DATA = re.compile(
    r"\b(?:no|without(?: any)?|nothing|zero) (?:labs?|tests?|testing|data|imaging|workup|work-up|studies|x-?rays?|"
    r"(?:was |were |is )?(?:reviewed|ordered)|records?)\b|"
    r"\bno tests?, nothing reviewed\b|\bno labs or\b",
    re.IGNORECASE,
)
TESTS = (
    r"cbc|cmp|bmp|a1c|hba1c|hgb ?a1c|lipid(?: panel|s)?|tsh|free t4|psa|inr|urinalysis|ua|dipstick|"
    r"rapid strep(?: test)?|strep (?:test|swab)|flu (?:test|swab)|"
    r"covid (?:test|swab)|(?:urine |throat |blood )?cultures?|troponins?|d-?dimer|lactate|lipase|bnp|esr|crp|ekg|ecg|"
    r"(?:chest )?x-?rays?|cxr|"
    r"ct(?: head| scan| abdomen| chest)?|mri|ultrasound|echo(?:cardiogram)?|stress test|mammogram|biopsy report|"
    r"pathology report|pft|spirometry|lfts?|"
    r"pregnancy test|hcg|doppler|dexa|holter|ferritin|vitamin d|uric acid|microalbumin|urine drug screen|uds"
)
TEST = re.compile(rf"\b(?:{TESTS})\b", re.IGNORECASE)
COUNTED = re.compile(
    rf"\b{COUNT} (?:\w+ ){{0,2}}?(?:labs?|tests?|lab tests?|unique tests?|results?|studies|imaging studies|"
    rf"blood tests?)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(r"\b(?:labs|tests|imaging|bloodwork|blood work|workup|work-up|studies)\b", re.IGNORECASE)
RECORDS = re.compile(
    r"\b(?:review\w*|read|looked at|obtained|got|went through) (?:\w+ ){0,5}?(?:(?:outside|external|hospital|er|ed|"
    r"prior|old|specialist\w*|cardiolog\w+|discharge|consult\w*|"
    r"urgent care|pcp|referring|surgeon\w*) (?:\w+ ){0,2}?(?:notes?|records?|summary|reports?)|discharge summary)\b",
    re.IGNORECASE,
)
HISTORIAN = re.compile(
    r"\bindependent historian\b|\bhistory (?:was )?(?:obtained |taken |given |provided |came )?(?:from|by) (?:the |"
    r"his |her |pt'?s |patient'?s )?"
    r"(?:mother|mom|father|dad|parents?|wife|husband|spouse|daughter|son|caregiver|family|grandmother|ems|aide|"
    r"guardian|sister|brother)\b|"
    r"\b(?:mother|mom|father|dad|parent|wife|husband|daughter|son|caregiver)s? (?:gave|provided|gives|provides|"
    r"supplied) (?:the |most of the |all )?history",
    re.IGNORECASE,
)
INTERPRETED = re.compile(
    r"\bindependent(?:ly)? (?:interpret\w*|read\w*|review\w* (?:the )?(?:image|tracing|film)\w*)|"
    r"\bpersonally (?:interpreted|viewed|reviewed (?:the )?(?:images?|films?|tracings?))|"
    r"\bown (?:interpretation|read\w*)\b|\binterpreted (?:the |an? )?(?:ekg|ecg|x-?ray|ct|cxr|film|tracing)",
    re.IGNORECASE,
)
DISCUSSED = re.compile(
    r"\b(?:discuss\w*|spoke|talked|called|conferred|phone call|consulted|"
    r"case reviewed) (?:\w+ ){0,5}?(?:with )?(?:the |an? |his |her )?(?:\w+ )?"
    r"(?:(?-i:ID)\b|infectious disease|cardiolog\w+|radiolog\w+|surgeon|surgery|hospitalist|neurolog\w+|oncolog\w+|"
    r"orthop\w+|urolog\w+|nephrolog\w+|"
    r"psychiatr\w+|specialist|pcp|"
    r"external (?:physician|provider|qhp|source)|outside (?:physician|doctor|provider)|consultant|case manager|"
    r"teacher|lawyer|gi\b|ortho\b|ob\b)",
    re.IGNORECASE,
)
OWN_BILLED = re.compile(
    r"\b(?:we|group|practice|also|our \w+ group|they|he|she|"
    r"doc(?:tor)?) (?:\w+ ){0,2}?bill\w*\b[^.]{0,30}\b(?:interpretation|reading|\d{5}|ekg|x-?ray|ct)|"
    r"\bread by us\b|\bbill(?:ed|ing)? (?:the |for the )?(?:interpretation|read\w*|professional component)|"
    r"\b\d{5}-26\b|\bin-?house (?:x-?ray|ekg|lab)|"
    r"\bseparately (?:billed|reported)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:no|not|without|denies|never|isn't|ruled out|neg(?:ative)?(?: for)?|rule out|r/o)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
EACH_CHRONIC = re.compile(rf"\b{CHRONIC}\b", re.IGNORECASE)
STABLES = re.compile(rf"\b{STABLE}\b", re.IGNORECASE)
NOT_GOALS = re.compile(rf"\b{NOT_GOAL}(?![\w])", re.IGNORECASE)
ALIASES = (
    ("hypertension", r"hypertension|htn|high blood pressure|blood pressure|\bbp\b"),
    ("diabetes", r"diabet\w+|\bdm2?\b|t2dm|type"),
    ("lipids", r"hyperlipidemia|hld|cholesterol"),
    ("thyroid", r"thyroid"),
    ("heart failure", r"chf|heart failure|hfref"),
    ("atrial fibrillation", r"afib|a-fib|atrial"),
    ("reflux", r"gerd|reflux"),
)
MAJOR = re.compile(
    r"\b(?:elective )?major surgery\b|\bdecision (?:for|to (?:do|perform|proceed with|operate)|about) (?:major |"
    r"elective |the )?(?:surgery|operation)|"
    r"\b(?:(?:total )?(?:knee|hip|shoulder|joint) (?:replacement|arthroplasty)|arthroplasty|cholecystectomy|"
    r"hysterectomy|spinal fusion|fusion|"
    r"hernia repair|cabg|mastectomy|colectomy|thyroidectomy|tka|tha|laminectomy|bypass surgery)\b",
    re.IGNORECASE,
)
RISK_FACTORS = re.compile(
    r"\b(?P<no>no|without(?: any)?|lacks?|zero) (?:identified |known |patient |procedural |"
    r"significant )*risk factors?\b|"
    r"\b(?P<yes>risk factors?|high[- ]risk patient)\b",
    re.IGNORECASE,
)
NOTES = re.compile(
    rf"\b{COUNT} (?:outside|external|prior|hospital|specialist|other|unique|different)? ?(?:\w+ )?(?:notes|records)\b",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"\b(?:fevers?|febrile|flank pain|chills|rigors|vomiting|tachycardi\w+|myalgias?|body aches|dehydrat\w+)\b",
    re.IGNORECASE,
)
