/**
 * Conditions of SNOMED CT as ICD-10, in which the clinical rules speak: the diagnoses that patient records of primary care hold
 * most, each with the ICD-10 code (WHO) a coder would give it. Codes were written down from knowledge and their check digits are
 * tested; a code that is not here stays in words, and is named as not screened. Where ICD-10 has none as wide, the usual one is
 * given (hypertension: I10).
 */
export const ICD10_OF_SNOMED: ReadonlyMap<string, string> = new Map([
  ['38341003', 'I10'], // hypertensive disorder
  ['59621000', 'I10'], // essential hypertension
  ['44054006', 'E11.9'], // type 2 diabetes
  ['46635009', 'E10.9'], // type 1 diabetes
  ['73211009', 'E14.9'], // diabetes
  ['15777000', 'R73.0'], // prediabetes
  ['714628002', 'R73.0'], // prediabetes
  ['127013003', 'E14.2'], // kidney disease of diabetes
  ['90781000119102', 'E11.2'], // microalbuminuria of type 2 diabetes
  ['157141000119108', 'E11.2'], // proteinuria of type 2 diabetes
  ['368581000119106', 'E11.4'], // neuropathy of type 2 diabetes
  ['422034002', 'E11.3'], // retinopathy of type 2 diabetes
  ['1551000119108', 'E11.3'], // non-proliferative retinopathy of type 2 diabetes
  ['97331000119101', 'E11.3'], // macular oedema and retinopathy of type 2 diabetes
  ['60951000119105', 'E11.3'], // blindness of type 2 diabetes
  ['11687002', 'O24.4'], // gestational diabetes
  ['55822004', 'E78.5'], // hyperlipidaemia
  ['267432004', 'E78.0'], // pure hypercholesterolaemia
  ['302870006', 'E78.1'], // hypertriglyceridaemia
  ['237602007', 'E88.8'], // metabolic syndrome
  ['162864005', 'E66.9'], // obesity
  ['414916001', 'E66.9'], // obesity
  ['408512008', 'E66.8'], // severe obesity
  ['238136002', 'E66.8'], // morbid obesity
  ['40930008', 'E03.9'], // hypothyroidism
  ['83664006', 'E03.4'], // idiopathic atrophic hypothyroidism
  ['34486009', 'E05.9'], // hyperthyroidism
  ['195967001', 'J45.9'], // asthma
  ['233678006', 'J45.9'], // childhood asthma
  ['367498001', 'J30.2'], // seasonal allergic rhinitis
  ['446096008', 'J30.3'], // perennial allergic rhinitis
  ['232353008', 'J30.3'], // perennial allergic rhinitis with seasonal variation
  ['13645005', 'J44.9'], // chronic obstructive lung disease
  ['185086009', 'J44.8'], // chronic obstructive bronchitis
  ['87433001', 'J43.9'], // emphysema
  ['10509002', 'J20.9'], // acute bronchitis
  ['444814009', 'J01.9'], // viral sinusitis
  ['75498004', 'J01.9'], // acute bacterial sinusitis
  ['36971009', 'J32.9'], // sinusitis
  ['40055000', 'J32.9'], // chronic sinusitis
  ['195662009', 'J02.9'], // acute viral pharyngitis
  ['43878008', 'J02.0'], // streptococcal sore throat
  ['65363002', 'H66.9'], // otitis media
  ['233604007', 'J18.9'], // pneumonia
  ['6142004', 'J11.1'], // influenza
  ['840539006', 'U07.1'], // COVID-19
  ['65710008', 'J96.0'], // acute respiratory failure
  ['67782005', 'J80'], // acute respiratory distress syndrome
  ['53741008', 'I25.1'], // coronary heart disease
  ['414545008', 'I25.9'], // ischaemic heart disease
  ['22298006', 'I21.9'], // myocardial infarction
  ['401303003', 'I21.3'], // myocardial infarction with ST elevation
  ['401314000', 'I21.4'], // myocardial infarction without ST elevation
  ['399211009', 'I25.2'], // old myocardial infarction
  ['84114007', 'I50.9'], // heart failure
  ['42343007', 'I50.0'], // congestive heart failure
  ['88805009', 'I50.0'], // chronic congestive heart failure
  ['49436004', 'I48.9'], // atrial fibrillation
  ['230690007', 'I64'], // stroke
  ['410429000', 'I46.9'], // cardiac arrest
  ['56265001', 'I51.9'], // heart disease
  ['128053003', 'I80.2'], // deep vein thrombosis
  ['132281000119108', 'I80.2'], // acute deep vein thrombosis
  ['59282003', 'I26.9'], // pulmonary embolism
  ['706870000', 'I26.9'], // acute pulmonary embolism
  ['709044004', 'N18.9'], // chronic kidney disease
  ['431855005', 'N18.1'], // chronic kidney disease, stage 1
  ['431856006', 'N18.2'], // chronic kidney disease, stage 2
  ['433144002', 'N18.3'], // chronic kidney disease, stage 3
  ['431857002', 'N18.4'], // chronic kidney disease, stage 4
  ['433146000', 'N18.5'], // chronic kidney disease, stage 5
  ['46177005', 'N18.5'], // end-stage kidney disease
  ['38822007', 'N30.9'], // cystitis
  ['45816000', 'N12'], // pyelonephritis
  ['68566005', 'N39.0'], // urinary tract infection
  ['301011002', 'N39.0'], // urinary tract infection by Escherichia coli
  ['197927001', 'N39.0'], // recurrent urinary tract infection
  ['271737000', 'D64.9'], // anaemia
  ['87522002', 'D50.9'], // iron deficiency anaemia
  ['64779008', 'D68.9'], // coagulation disorder
  ['90935002', 'D66'], // haemophilia
  ['235595009', 'K21.9'], // gastro-oesophageal reflux
  ['13200003', 'K27.9'], // peptic ulcer
  ['397825006', 'K25.9'], // gastric ulcer
  ['51868009', 'K26.9'], // duodenal ulcer
  ['34000006', 'K50.9'], // Crohn's disease
  ['64766004', 'K51.9'], // ulcerative colitis
  ['19943007', 'K74.6'], // cirrhosis of the liver
  ['235856003', 'K76.9'], // liver disease
  ['128302006', 'B18.2'], // chronic hepatitis C
  ['61977001', 'B18.1'], // chronic hepatitis B
  ['68496003', 'K63.5'], // polyp of the colon
  ['74400008', 'K37'], // appendicitis
  ['396275006', 'M19.9'], // osteoarthritis
  ['239873007', 'M17.9'], // osteoarthritis of the knee
  ['239872002', 'M16.9'], // osteoarthritis of the hip
  ['69896004', 'M06.9'], // rheumatoid arthritis
  ['90560007', 'M10.9'], // gout
  ['64859006', 'M81.9'], // osteoporosis
  ['443165006', 'M80.9'], // pathological fracture by osteoporosis
  ['203082005', 'M79.7'], // fibromyalgia
  ['279039007', 'M54.5'], // low back pain
  ['278860009', 'M54.5'], // chronic low back pain
  ['82423001', 'R52.2'], // chronic pain
  ['35489007', 'F32.9'], // depressive disorder
  ['36923009', 'F32.9'], // major depression, single episode
  ['370143000', 'F32.9'], // major depressive disorder
  ['48694002', 'F41.9'], // anxiety
  ['21897009', 'F41.1'], // generalised anxiety disorder
  ['371631005', 'F41.0'], // panic disorder
  ['80583007', 'F41.0'], // severe anxiety (panic)
  ['47505003', 'F43.1'], // post-traumatic stress disorder
  ['191736004', 'F42.9'], // obsessive-compulsive disorder
  ['192127007', 'F90.0'], // attention deficit disorder of a child
  ['406506008', 'F90.0'], // attention deficit hyperactivity disorder
  ['13746004', 'F31.9'], // bipolar disorder
  ['58214004', 'F20.9'], // schizophrenia
  ['52448006', 'F03'], // dementia
  ['26929004', 'G30.9'], // Alzheimer's disease
  ['230265002', 'G30.0'], // Alzheimer's disease of early onset
  ['84757009', 'G40.9'], // epilepsy
  ['128613002', 'G40.9'], // seizure disorder
  ['49049000', 'G20'], // Parkinson's disease
  ['24700007', 'G35'], // multiple sclerosis
  ['91637004', 'G70.0'], // myasthenia gravis
  ['37796009', 'G43.9'], // migraine
  ['124171000119105', 'G43.0'], // chronic intractable migraine without aura
  ['78275009', 'G47.3'], // obstructive sleep apnoea
  ['193462001', 'G47.0'], // insomnia
  ['23986001', 'H40.9'], // glaucoma
  ['40275004', 'L25.9'], // contact dermatitis
  ['24079001', 'L20.9'], // atopic dermatitis
  ['86406008', 'B24'], // HIV infection
  ['62479008', 'B24'], // AIDS
  ['91302008', 'A41.9'], // sepsis
  ['76571007', 'R57.2'], // septic shock
  ['254837009', 'C50.9'], // breast cancer
  ['254637007', 'C34.9'], // non-small cell lung cancer
  ['254632001', 'C34.9'], // small cell lung cancer
  ['363406005', 'C18.9'], // cancer of the colon
  ['93761005', 'C18.9'], // primary cancer of the colon
  ['109838007', 'C18.8'], // overlapping cancer of the colon
  ['92691004', 'D07.5'], // carcinoma in situ of the prostate
  ['126906006', 'D40.0'], // neoplasm of the prostate
  ['72892002', 'Z34.9'], // normal pregnancy
  ['398254007', 'O14.9'], // pre-eclampsia
  ['198992004', 'O15.0'], // antepartum eclampsia
  ['35999006', 'O02.0'], // blighted ovum
  ['19169002', 'O03.9'], // miscarriage in the first trimester
  ['79586000', 'O00.1'], // tubal pregnancy
  ['7200002', 'F10.2'], // alcohol dependence
  ['15167005', 'F10.1'], // alcohol abuse
  ['5602001', 'F11.1'], // opioid abuse
  ['361055000', 'F19.1'], // misuse of drugs
  ['55680006', 'T50.9'], // drug overdose
  ['449868002', 'Z72.0'], // daily smoker
  ['65966004', 'S52.9'], // fracture of the forearm
  ['16114001', 'S82.8'], // fracture of the ankle
  ['33737001', 'S22.3'], // fracture of a rib
  ['58150001', 'S42.0'], // fracture of the clavicle
  ['359817006', 'S72.0'], // fracture of the hip
  ['44465007', 'S93.4'], // sprain of the ankle
  ['70704007', 'S63.5'], // sprain of the wrist
  ['62106007', 'S06.0'], // concussion without loss of consciousness
  ['62564004', 'S06.0'], // concussion with loss of consciousness
  ['110030002', 'S06.0'], // concussion
  ['49727002', 'R05'], // cough
  ['386661006', 'R50.9'], // fever
  ['84229001', 'R53'], // fatigue
  ['25064002', 'R51'], // headache
  ['57676002', 'M25.5'], // joint pain
  ['68962001', 'M79.1'], // muscle pain
  ['267036007', 'R06.0'], // dyspnoea
  ['267102003', 'R07.0'], // sore throat
  ['422587007', 'R11'], // nausea
  ['422400008', 'R11'], // vomiting
  ['389087006', 'R09.0'], // hypoxaemia
]);
