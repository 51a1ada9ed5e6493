/**
 * Auxiliary labels: what a patient is told of a medicine beside its directions. Facts after the cautionary and advisory
 * labels of the British National Formulary (BNF, Appendix 3, by number) and product information, in our own words. Which
 * medicine one belongs to is told by ATC code, ingredient or form.
 */
export interface Auxiliary {
  readonly code: string;
  readonly en: string;
  readonly ar: string;
  readonly source: string;
  /** ATC codes or beginnings of them. */
  readonly atc?: readonly string[];
  /** Except these. */
  readonly notAtc?: readonly string[];
  /** Ingredients by standard name, also as the start of a salt's name. */
  readonly ingredients?: readonly string[];
  readonly form?: RegExp;
  readonly notForm?: RegExp;
}

const bnf = (number: number): string => `BNF cautionary and advisory label ${number}`;
const SWALLOWED = /tablet|capsule|syrup|suspension|solution|sachet|granul|powder|drops?$/;
const NOT_SWALLOWED =
  /cream|ointment|gel|lotion|shampoo|eye|ear|nasal|patch|suppositor|pessar|injection|inhal|spray|vaginal/;

/** In the order they are printed: what may harm at once stands first. */
export const AUXILIARY: readonly Auxiliary[] = [
  {
    code: 'weekly-methotrexate',
    en: 'Take on ONE day of the week only, always the same day.',
    ar: 'يؤخذ في يوم واحد فقط من الأسبوع، وفي اليوم نفسه دائمًا.',
    source: 'ISMP targeted best practice: oral methotrexate',
    atc: ['L04AX03', 'L01BA01'],
    ingredients: ['methotrexate'],
    notForm: /injection/,
  },
  {
    code: 'unborn-child',
    en: 'Can harm an unborn child. Do not take if pregnant or planning a pregnancy without asking your doctor.',
    ar: 'قد يضر الجنين. لا يُستعمل أثناء الحمل أو عند التخطيط له دون استشارة الطبيب.',
    source: 'Product information: contraindicated or harmful in pregnancy',
    atc: [
      'D10BA01',
      'D05BB02',
      'N03AG01',
      'B01AA03',
      'L04AX03',
      'L01BA01',
      'L04AA06',
      'C09A',
      'C09B',
      'C09C',
      'C09D',
      'C10AA',
    ],
    ingredients: [
      'isotretinoin',
      'acitretin',
      'valproic acid',
      'sodium valproate',
      'warfarin',
      'methotrexate',
      'mycophenolate',
    ],
  },
  {
    code: 'no-alcohol',
    en: 'Do not drink alcohol while taking this medicine and for 3 days afterwards.',
    ar: 'يُمنع تناول الكحول أثناء استعمال هذا الدواء ولمدة 3 أيام بعده.',
    source: bnf(4),
    atc: ['P01AB', 'J01XD'],
    ingredients: ['metronidazole', 'tinidazole'],
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'drowsiness-alcohol',
    en: 'May cause drowsiness. If affected, do not drive or use machines. Avoid alcohol.',
    ar: 'قد يسبب النعاس. إذا شعرت به فلا تقد السيارة ولا تُشغّل الآلات. تجنب الكحول.',
    source: bnf(2),
    atc: [
      'N02A',
      'N03A',
      'N05A',
      'N05B',
      'N05C',
      'N06AA',
      'M03B',
      'R06AA',
      'R06AB',
      'R06AC',
      'R06AD',
      'R05DA',
      'A03FA01',
    ],
    notAtc: ['R05DA09'],
    notForm: /cream|ointment|gel|eye|ear|nasal|lotion/,
  },
  {
    code: 'finish-course',
    en: 'Finish the course, even when you feel better, unless told to stop. Take at regular intervals.',
    ar: 'أكمل العلاج كله حتى لو شعرت بتحسن، إلا إذا طُلب منك التوقف. يؤخذ على فترات منتظمة.',
    source: bnf(9),
    atc: ['J01', 'P01AB'],
    notAtc: ['J01XX01'],
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'not-with-minerals',
    en: 'Do not take milk, antacids, iron, calcium or zinc within 2 hours of this medicine.',
    ar: 'لا تتناول الحليب أو مضادات الحموضة أو الحديد أو الكالسيوم أو الزنك خلال ساعتين من هذا الدواء.',
    source: `${bnf(6)}, ${bnf(7)}`,
    atc: ['J01AA', 'J01MA02', 'J01MA06'],
    ingredients: ['doxycycline', 'tetracycline', 'ciprofloxacin', 'norfloxacin'],
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'sun',
    en: 'Protect your skin from sunlight, even on a cloudy day. Do not use sunbeds.',
    ar: 'احمِ بشرتك من أشعة الشمس حتى في الأيام الغائمة، ولا تستعمل أجهزة تسمير البشرة.',
    source: bnf(11),
    atc: ['J01AA', 'C01BD01', 'D10BA01', 'D05BB02', 'J01MA'],
    notForm: /eye|ear/,
  },
  {
    code: 'with-food',
    en: 'Take with or just after food.',
    ar: 'يؤخذ مع الطعام أو بعده مباشرة.',
    source: bnf(21),
    atc: ['M01A', 'A10BA02', 'H02AB', 'N02BA01', 'J01CR02', 'J01XE01'],
    form: SWALLOWED,
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'empty-stomach',
    en: 'Take on an empty stomach: 1 hour before food or 2 hours after.',
    ar: 'يؤخذ على معدة فارغة: قبل الطعام بساعة أو بعده بساعتين.',
    source: bnf(23),
    atc: ['J04AB02', 'J01CF', 'J01CA01', 'J01CE02'],
    form: SWALLOWED,
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'thyroid',
    en: 'Take at least 30 minutes before breakfast and other medicines, with water.',
    ar: 'يؤخذ مع الماء قبل الإفطار والأدوية الأخرى بنصف ساعة على الأقل.',
    source: 'Product information: levothyroxine',
    atc: ['H03AA01'],
    ingredients: ['levothyroxine'],
  },
  {
    code: 'bisphosphonate',
    en: 'Swallow with a full glass of water, sitting or standing, 30 minutes before food; do not lie down afterwards.',
    ar: 'يُبلع مع كوب كامل من الماء جلوسًا أو وقوفًا قبل الطعام بنصف ساعة، ولا تستلقِ بعده.',
    source: 'Product information: oral bisphosphonates',
    atc: ['M05BA04', 'M05BA06', 'M05BA07', 'M05BB'],
    form: SWALLOWED,
    notForm: NOT_SWALLOWED,
  },
  {
    code: 'do-not-stop',
    en: 'Do not stop taking this medicine unless your doctor tells you to.',
    ar: 'لا تتوقف عن تناول هذا الدواء إلا بأمر الطبيب.',
    source: bnf(8),
    atc: ['H02AB', 'C07', 'N03A', 'N06A', 'B01AA', 'B01AF', 'B01AC04'],
    notForm: /cream|ointment|eye|ear|nasal|lotion|injection/,
  },
  {
    code: 'aspirin',
    en: 'Contains aspirin. Do not take any other medicine with aspirin.',
    ar: 'يحتوي على الأسبرين. لا تتناول أي دواء آخر يحتوي عليه.',
    source: bnf(32),
    atc: ['N02BA01', 'N02BA51', 'B01AC06'],
    ingredients: ['aspirin', 'acetylsalicylic acid'],
  },
  {
    code: 'paracetamol',
    en: 'Contains paracetamol. Do not take anything else containing paracetamol.',
    ar: 'يحتوي على الباراسيتامول. لا تتناول معه أي شيء آخر يحتوي عليه.',
    source: bnf(30),
    atc: ['N02BE01', 'N02BE51'],
    ingredients: ['paracetamol'],
  },
  {
    code: 'grapefruit',
    en: 'Do not eat grapefruit or drink its juice.',
    ar: 'تجنب الجريب فروت وعصيره.',
    source: 'Product information: metabolism by CYP3A4',
    atc: ['C10AA01', 'C10AA05', 'C08CA02', 'L04AD01', 'L04AD02'],
    ingredients: ['simvastatin', 'atorvastatin', 'felodipine', 'ciclosporin', 'tacrolimus'],
  },
  {
    code: 'coloured-urine',
    en: 'May colour your urine and tears orange-red; this is harmless.',
    ar: 'قد يلون البول والدموع بلون برتقالي محمر، وهذا غير ضار.',
    source: bnf(14),
    atc: ['J04AB02', 'J04AM02'],
    ingredients: ['rifampicin'],
  },
  {
    code: 'swallow-whole',
    en: 'Swallow whole. Do not crush or chew.',
    ar: 'يُبلع كاملًا دون سحق أو مضغ.',
    source: bnf(25),
    form: /modified|extended|prolonged|sustained|controlled|delayed|gastro-resistant|enteric|retard/,
    notForm: /injection|suspension/,
  },
  {
    code: 'shake',
    en: 'Shake well before use.',
    ar: 'تُرج العبوة جيدًا قبل الاستعمال.',
    source: 'Pharmacopoeias: suspensions are shaken before use',
    form: /suspension/,
    notForm: /injection/,
  },
  {
    code: 'external',
    en: 'For external use only.',
    ar: 'للاستعمال الخارجي فقط.',
    source: 'Pharmacopoeias: preparations for cutaneous application',
    form: /cream|ointment|lotion|shampoo|gel$|liniment/,
    notForm: /eye|oral|nasal|rectal|vaginal/,
  },
  {
    code: 'eye-opened',
    en: 'Throw away 4 weeks after opening, unless the pack says otherwise.',
    ar: 'تخلص من العبوة بعد 4 أسابيع من فتحها ما لم يُذكر غير ذلك عليها.',
    source: 'Pharmacopoeias: multidose eye drops',
    form: /eye/,
  },
  {
    code: 'rinse-mouth',
    en: 'Rinse your mouth with water after each use.',
    ar: 'اشطف فمك بالماء بعد كل استعمال.',
    source: 'Product information: inhaled corticosteroids',
    atc: ['R03BA', 'R03AK06', 'R03AK07', 'R03AK08', 'R03AK10', 'R03AK11'],
  },
];
