"""Words that coding questions are written in: those of the authored rules and articles, in small letters.

Beside such a word alone no name is taken, however it is capitalised (`Patient Vaginal Delivery`). Surnames that are
words as well (Brown, Stone) are left out.
"""

from __future__ import annotations

CODING = frozenset(
    """
    abdomen abdominal ablat able abnormal abrasion abscess abscesses absence absent absolute abuse acceptable access
    accessories acdf acetaminophen acetate acid across actinic activities activity acuity acupuncture addendum
    additional addon adds adductor adenoid adenoids adenomatous adequate adherence adhesions adjacent adjust adjuvant
    admi admin admit admits adolescent adolescents adults adverse affect afford afib aflutter aftercare afternoon
    afterwards again against agency agent ages agree aids airport airway albuterol alcohol alcoholic alfa alike allerg
    allergen allergic allow allows alone along already alternatives although always ambulatory amniocentesis amniotic
    among amount amounts amoxicillin amput amputat amyotrophy analysis analyst analyzer anatomic anatomy anesthes
    anesthetic anesthetist aneurysm angina angio angiogra angiographic ankle ankles annual another answer answers
    antepartum anterior anti antibiotic antibiotics antibodies antibody anticoag anticoagulant antiemetic antigen
    antiplatelet anxiety anyone anywhere aorta aortic apart apcm aphasia apnea appeal appealable append appendix
    applies apply approach appy area areas arms around arrival arter arterial arteries artery arthrocentesis
    arthroscop arthroscopic article articles artificial ascites asks asleep aspirat aspirin assess assessments assist
    assistants assum asymptomatic ataxia atrial attack attempt attempts attendance audio audiologist audit auditory
    aura author automatic automatically autonomic available average avulsion awake away axial axilla axillae axillary
    azithromycin baby bacteria balloon band bands barium basal base baseline basic bath battery bears became because
    becomes bedside began begin begins begun behavior behavioral behind belly belong belongs beneath benefit benign
    beside besides beta between beyond bilat bile biliary bilirubin billable biller bills bimalleolar bind biops
    biopsies biosimilar biosimilars bipolar birthday bite blank blanket blind blocks bloody board boil bones bonus
    bony booster boot border bought bound boundaries bowel brace braces brachial branch branches brand break breakdown
    breasts breath brief broad broken bronchodilator bronchus brought built bundle bundles bunion burn bursa bursae
    business buttock bypass cabg cage calcium calculus calendar calf call calls callus calor campus canal cancel cane
    cannot capacity capsule carboplatin carboxymaltose carc card cardiolog cardiologist cards carotid carpal carrier
    carries carry cartilage cases cash cast casts cataract categories category cath caudal cause causes cautery cauti
    cava cecum cefazolin cefepime ceftriaxone cell cells centimeter centimeters centimetres central cerebral certain
    certif certificate certify cerumen cervix cesarean chair challenge chamber chambers change changes channels
    chapter character characters charges check checks checkup cheek cheeks chemistry chemo chemotherapy chest
    chickenpox child children chin chiro chiropract chiropractic chiropractor chloride choice choices chole cholelith
    cholesterol choose chooses chose chosen cigarettes ciprofloxacin circuit circumcision circumflex circumstance
    circumstances cisplatin classes clavicle clean clear clearance clearly clfs clia clindamycin clinically clinician
    clinicians clinics clip clock close closest clot cocm coder coders coil coinsurance cold collar colleague collect
    cologuard colon colonoscop color colorectal colpo colposcop colposcope column columns combine combo come comes
    comfort commode common community company comparable compares compartments complete complex complexity compliance
    complications component components composite compression computer concentrate concentrator concludes concurrent
    concussion conditional conditions cone confidence confirm conflict conjugate consc conscious consciousness
    consistent constant construct consultant consultations container containers contents contiguous continu continue
    continuous contract contractor contractors contractual contralateral contrast control controls contusion
    convenience conversion convert copyright cord core cores corn cornea corns coronary correct correctly cortisone
    cosmetic cost costs cough coumadin counsel counselor counselors counts couples course court courtesy cover covers
    creatinine credit crew crisis criteria crosswalk crosswalks crutches cryo cuff culture curettage curette cushion
    custodial custom cuts cyanocobalamin cyclophosphamide cysto cystoscop danger daptomycin data days dead deadline
    death debrid decide decides decision decisions declot decompression decub deductible deep deeper deepest defect
    defects defibrillator deficiency deficit defines degree degrees deliver delivery dementia demonstrations denial
    denials density dental deny departments depend dependence depends depot depress depression depth dermabond dermal
    describe describes design desk destr detail determinants determinations developmental devices dexa dexamethasone
    dexcom diab diabet diagnos diagnoses diagnostic diagnostics diagonal dialysis diameter diaphragm diarrhea
    diastolic diazepam diem diet dietitian diff differ difference different differential difficult difficulty digit
    digital digits dilat dilutions diphenhydramine dipstick dire direct directly director directs disability disaster
    disc discard discipline discussion diseases dislocat disorder dispatch disposable distal distinct disturbance
    dizziness dlco dmepos doctors documents dollars domiciliary dominant done donor dorsal dorsalis dose doses double
    doubt drainage draw drawn draws dressings drops drugs drum dsmt dual duct ducts duplex duplicate dural duty
    dysarthria dysphagia dysphasia dyspnea dysuria each earlier earliest early earn earns ears earwax ebus econsult
    edema edge edges edit editions editor edits effect effects effort effusion eight either ekgs elbow elderly
    electric electronic elements eleven eligible else elsewhere embolism emphysema employees empty encounters
    endobronchial endocrin endometrial endoscop endoscopic endoscopies endoscopist ends enema enough entire entity
    entry enzyme epigastric epilepsy epinephrine episode episodic epistaxis equivalent error esophageal esophagus esrd
    estimate estrogen etoh evaluations even event ever everyone evidence exacerb exact examinations example examples
    exceptions excess exchange excis exclude excludes exempt exercise exist exists expect expects expense expert
    exposure extension extent external extra extract extremit extremity eyebrow eyelid eyelids eyes eylea facet facial
    facilities factor factors facts failure false families fascia fast fatigue fatty fault federal federally fees feet
    fellow femoral femur fentanyl ferric fess fetal fetch fetus fever fewer fibula field fifth figure file files fills
    film films final find findings finds fine finger fingers fingerstick fiscal fits flaps flare flat flex flexible
    flexion flexure floor flow fluid fluids fluoro flush flutter foam fobt focal focus fold follows followup food
    force forceps forearm forehead foreign forgot formal formally former formula four fourth fqhc fractions fractures
    fragments frame free frequency frequent fresh front frontal frozen fully functional functions fundus fungus
    furosemide further furthest gallbladder gallstone gallstones ganglion gangrene gastric gastro gastrointestinal
    gastroparesis gave gene general generator genes genital genitalia gentamicin genuine germ germs gestational gives
    glasses glenohumeral global globulin glucose glue goal goals gone gonorrhea gout gpci grade grafts grams great
    greater grew groin groups growth growths guaiac guarantee guid guidance guide guideline guidelines gynecologic
    habit half hammertoe hands hangs happens hard hardship hardware harm headache heal healthy heat heavy heel height
    held help helpers helps hematocrit hematuria hemipleg hemiplegia hemodialysis hemoglobin hemorrhage hemorrhoid
    hemorrhoids hemosta hepatic here hernia hernias herself hesitancy hfpef hfref hiatal hierarchy high higher highest
    himself hips historian hold holds homebound homeless hook hooks hookup hormone hospitalist hospitals however https
    human humerus hyaluronic hyaluronidase hydromorphone hyperbaric hyperemesis hyperosmolar hyperplastic hypertens
    hypoglyc hypotension hypothyroidism hypoxia hyqvia hysterectom hysteroscop iliac illness image images immediate
    immediately immuniz immunotherapy implants inadequate incarcerat inches incident incidental incision incisional
    incisions include includes incomplete incontinence independent index indicator indicators individual infants
    infarct infect infections infectious inferior informal informant infusions ingrown inguinal inhaler inject
    injections injects inner inpatients insert inserts inside insomnia instability instead instruments insuff insulin
    insurer intake integral intent intentional interbody interlaminar intermediate intermittent internal internet
    interpret interpreter interprofessional interscalene interspace interspaces interstitial intertrochanteric
    interval interventions intestine intra intracerebral intractable intradermal intralesional intrauterine
    intravenous intravitreal intubat invalid ioce ippe iris irrigat ischemic item items itself jars joint joints just
    keep keeps keloid kept kerat keratoses ketorolac kidneys kind kinds knees know knowledge known kyleena label labor
    laboratory lacerations lack lacks lactate lady laminectom lamp lancets language laparoscope laparoscopic large
    larger largest laryngoscop larynx laser lasts late later lateral laterality latest lavage layer layers lcsw ldct
    lead leads leak least leep leftover legs length lengths lens lenses less lesser lets letter letters levels
    levofloxacin liability liable libre licence lids lifetime lift lightweight like likely limb limbs limit limits
    lines links lipid lipids lips liquid lisinopril lists liter liters lithotripsy lives lobe lobes local locality
    locator locators loculations locum longer longest longitudinal look looks loop loose lorazepam lose loses loss
    lost lower lowest lumbosacral lumen lumens lump lungs lupus luts lymph lysis machine macula made mail main
    maintenance make makes malignan malignant malleolus malunion mammo manager mandatory mandible manual manuals many
    margin margins mark marker marrow mask mass match material maternal maternity matrix mattress maxillary maximum
    mbpm mcpm mean means meant measure measurements media medial medically medium meds meet meets melena mellitus
    membrane memory meniscus mental meropenem mesenteric message messages metabolic metacarpal metacarpals metasta
    metastasis metatarsal metatarsals meter metformin method methods methotrexate methylprednisolone metronidazole
    mets micro micrograms microscope middle midfoot midnight midpoint migraine mild mile mileage military millicuries
    milligrams milliliters millimetres mind mini minimal minimum mirena mistake mobile mobility modality moderate
    modifiers mole molluscum money monitor monitors month monthly months mood morbid more morphine most mostly motor
    mouth moves mppr mrsa mslt much mucosa mucosal mucous multi multidose multiple multispecialty muscle muscles
    musculoskeletal must mychart mycotic myocardial nails names naps narrowest nasal nash national nature nausea ncci
    nearest nebulizer necessary necessity neck needle needles neither neoplasm nephrolog nephropath nerves nervous
    neurogenic neurolog neuropath never nevi nevus nexplanon next nicotine night nights nine nipple nitrogen nobody
    nocturia node nodes nodule nonemergency nonfacility nonpar nonstress nonunion normal nose nostril notice notices
    novel npdr npwt nsaid nstemi nuchal nuclear nucleic null numbers nurses obes observer obstruct occipital occlusion
    occupational often older once oncolog oncologist ondansetron ones onset open operate operations operator opinion
    opioid opposite opps optometrist orbit orbits orders ordinary organ organism organisms organs orif origin original
    ortho orthop orthopedist orthoses orthostatic orthotic orthotics osteoarth osteopathic osteopenia others otherwise
    outer outlet outside ovarian ovaries overdose overlap overread oversight overweight owes owns oxaliplatin oximetry
    pack package paclitaxel pages painful pair pairs palonosetron pancreas pancreatic panel panels panic paragard
    paramedic parathyroid paroxysmal partial participant parts party pass passes past patch patellofemoral patency
    path pathologic pathologist payable payers pays pedal pedicle pedis peds peer pelvic pelvis penicillin people
    percent perforat performance perfusion perineum period periods peripheral permanent pernicious peroneal persistent
    person personal personally phaco pharmacist phase phases phenol photo physicians physiologic picc pick picks
    picture pictures piece pigtail pills pilonidal pink pitfalls plac placenta places plain plans plantar plaque
    platelets pleural plexus plif plug plus pneumo pneumococcal poag pocket podiatrist point pointer points poison
    policies polio polyp polyps pool poor popliteal portable positions possible posterior posterolateral postop
    postpartum postvoid pounds power practice practices practitioner practitioners prediabet prediabetes pregnan
    pregnancy premalignant prenatal preop prepare prescribe presence pressure pressures presumes prevent previous
    prices prick primaries principal private probable probe problem problems procedures product products professional
    profile programs progress promethazine proof prophyla prostate prostatic prostheses prosthesis prosthetic protein
    protocol proven proximal psoriasis psych psychiatric psychiatrist psychoanalysis psychologist psychologists
    psychotherap psychotherapy psychotic publisher pull pulmonary pulse pumps punch punctal puncture punctures pupil
    purchase pure purpose push pushes puts quadrant quadrants qualif qualify quality quant quantity quarter quarterly
    query questionnaire quit radial radiofrequency radiolog radiologist radiotherapy radius rails raise ramus range
    ranges rank rapid rarely rash rate rather reach reachable reaches read reader readings readmission reads real
    reasonable reasons receiver recent recheck recipient recombinant recorder recorders recovery rectal rectum recur
    recurrent reducible reductions refer reference references refill refills reflex reflux reformats refractory refund
    refuses regimen region regional regions reinsert reject releases reliability relief remainder remark remission
    remote remov removal remove renal rent rental repairs repay repeat repeats replac replace replaces request require
    requirements rerun resend reset residence residential residual respiratory response responsible restart rests
    resubmit retina retinal retro retrograde reusable revenue review reviews revision rhythm ribs ride rigid risk
    risks robotic role rooms roots rosacea rotator round rounds route routinely rubber rubella rule rules rulings runs
    rural sacral sacroiliac safe safely sagittal samples save scale scalp scalpel scanner scar scene school sciatic
    sciatica sclerotherapy scooter scope score scores screen screws scribe scrub scrubber sdoh search seat seborrheic
    seconds sees segmental segments seizure sella semen semi send sends sensitivity sensory sent sentence sentinel
    separate separately septum sequela sequence sequences sequential sequester serious serum serve serves sessions
    sestamibi sets settings settle setup seven seventh severity shaft share shares shave sheath shelf shelter shifts
    shingles shingrix ship shock shoe shoes shortage shorter shortness shot shots shoulders show shower shown shows
    sick sickle side sides sigmoid sign signature signatures significant signs simple simply since sinus sinuses sites
    sits situ sixth size sizes skill skills skip skull slap sleep sleeve slide slides slit slough slowly smaller
    smallest smear smok smoker snare snellen social sodium soft sole solves some someone sometimes sono soon sooner
    sore sores sound sounds source span spans spasm speaks special specialists specialt specialties specialty specif
    specimen specimens spectral speech spend spent spirometry splenic splint splints split spoken sports spot sprain
    spread squamous square stable staff stage stages stain stains stamp stand standard standby stands staple staples
    start starts statin stationary stations stay stays stem stemi stents step steps stereotactic steri steroid stick
    sticks stimulator stitches stolen stomach stones stood stool stop stops store straight straightforward strain
    strains strap straps strength strep stress stretch stricture strip strips stroke structure structures student
    studies study subacromial subarachnoid subcut subcutaneously subfascial submit subq subsequent subspecialty
    substance substitute substitutes such sucrose sugar sugars suicidal suicide suite superficial supervis supervisor
    supplier supplies supply support supports surface surg surgeons surrogate surveillance suture sutures swallow swap
    symptom symptoms syncope synonyms syringe syringes system systematic systemic systems systolic table tables
    tachycardia tags taken talk tangential target targets tasks tattoo tdap team tear tech technician technique tele
    teleconsult telemedicine telemetry telephone telestroke televisit tell tells temporary tendon tension tenth term
    terminal territory testosterone tests tetanus text tfesi than them themselves therapeutic therapist therapists
    there these thickness thigh thin think third thoracentesis thoracic thorax those though three threshold thresholds
    throat thrombocytopenia through throughout thumb thyroxine tibia tibial tiers tight time timely times tinea
    tinnitus tissue tissues titer tlif tobacco toddler toenail toes together toilet told tomo tomosynthesis tones
    tonsils tool tools topic topics toward toxicity toxin tracer tracings tract transforaminal transfus transfusion
    transient transitional transmissions transplant transthoracic transvaginal transverse trauma traumatic travel
    treadmill treat treatments treats trial trichiasis trigger triglycerides trim trimester trip triple trips
    trochanteric troponin trouble true truly trunk trypan tubes tumor tumors tunnel turbinate turbinates turn turns
    twice types ulcer ulcers unbundle uncertain unclear underdos underweight unilateral unique unless unlike
    unprocessable unstable unstageable unsuccessful until unusual update upgrade upper upright uptake urea ureter
    ureteral ureters urethra urethral urge urgency urgent urinalysis urinary urinat urine urodynamics urosepsis
    urticaria useful uses usual usually uterus vaccin vaccines vacuum vaginal vague valid value values valve vanc
    vancomycin varicose vbac vehicle vein veins vena vendor venipuncture venous vent ventral verbal verdict version
    vertebrae vertebral vertigo very vessel vessels vial vials video viral virtual virus viruses vision visual vital
    voice voicemail void volume volumes voluntary wagner wait walk want warfarin wart warts washings washout waste
    water wave waveforms waves ways weakness wedge week weekend weight welcome wellness whatever wheelchair
    wheelchairs wheels wherever whether whichever whoever whole wholly whom wide wider wire within women word words
    worker works worn worse wounds wrist write written wrong wrote yaml yearly yields yours zero zoledronic zoster
    """.split()  # noqa: SIM905 - read as words
)
