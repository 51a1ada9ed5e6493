/** A word of the vocabulary: its text in both languages, and the spellings it is read by, the printed one first. */
interface Word {
  readonly en: string;
  readonly ar: string;
  readonly words: readonly string[];
}

/** Verbs: the Arabic passive in its masculine and feminine form. */
interface Verb {
  readonly en: string;
  readonly ar: readonly [masculine: string, feminine: string];
  readonly words: readonly string[];
}

export const METHODS = {
  take: { en: 'Take', ar: ['يؤخذ', 'تؤخذ'], words: ['take', 'give'] },
  swallow: { en: 'Swallow', ar: ['يُبلع', 'تُبلع'], words: ['swallow'] },
  chew: { en: 'Chew', ar: ['يُمضغ', 'تُمضغ'], words: ['chew'] },
  suck: { en: 'Suck', ar: ['يُمص', 'تُمص'], words: ['suck'] },
  dissolve: { en: 'Dissolve', ar: ['يُذاب', 'تُذاب'], words: ['dissolve'] },
  apply: { en: 'Apply', ar: ['يوضع', 'توضع'], words: ['apply', 'rub'] },
  instil: { en: 'Instil', ar: ['يُقطر', 'تُقطر'], words: ['instil', 'instill'] },
  inhale: { en: 'Inhale', ar: ['يُستنشق', 'تُستنشق'], words: ['inhale'] },
  spray: { en: 'Spray', ar: ['يُرش', 'تُرش'], words: ['spray on'] },
  inject: { en: 'Inject', ar: ['يُحقن', 'تُحقن'], words: ['inject'] },
  insert: { en: 'Insert', ar: ['يُدخل', 'تُدخل'], words: ['insert'] },
  rinse: { en: 'Rinse with', ar: ['يُتمضمض بـ', 'يُتمضمض بـ'], words: ['rinse with', 'swish'] },
  gargle: { en: 'Gargle with', ar: ['يُتغرغر بـ', 'يُتغرغر بـ'], words: ['gargle with', 'gargle'] },
  use: { en: 'Use', ar: ['يُستعمل', 'تُستعمل'], words: ['use'] },
} as const satisfies Record<string, Verb>;
export type Method = keyof typeof METHODS;

export const ROUTES = {
  oral: { en: 'by mouth', ar: 'عن طريق الفم', words: ['po', 'by mouth', 'orally', 'oral'] },
  sublingual: {
    en: 'under the tongue',
    ar: 'تحت اللسان',
    words: ['sl', 'under tongue', 'under the tongue', 'sublingually', 'sublingual'],
  },
  buccal: { en: 'between cheek and gum', ar: 'بين الخد واللثة', words: ['buccal', 'buccally', 'bucc'] },
  rectal: { en: 'rectally', ar: 'في الشرج', words: ['pr', 'rectally', 'per rectum', 'rectal'] },
  vaginal: { en: 'vaginally', ar: 'في المهبل', words: ['pv', 'vaginally', 'per vagina', 'vaginal', 'vag'] },
  topical: {
    en: 'on the skin',
    ar: 'على الجلد',
    words: ['topically', 'top', 'topical', 'on the skin', 'to skin'],
  },
  inhaled: { en: 'by inhalation', ar: 'بالاستنشاق', words: ['inhaled', 'by inhalation'] },
  nebulised: {
    en: 'by nebuliser',
    ar: 'بجهاز الرذاذ',
    words: ['neb', 'nebs', 'by nebuliser', 'by nebulizer', 'via nebuliser', 'via nebulizer'],
  },
  nasal: {
    en: 'into the nose',
    ar: 'في الأنف',
    words: ['nasal', 'nasally', 'intranasal', 'intranasally', 'into the nose'],
  },
  eye: { en: 'into the eye', ar: 'في العين', words: ['into the eye', 'ophthalmic', 'ophth'] },
  ear: { en: 'into the ear', ar: 'في الأذن', words: ['into the ear', 'otic'] },
  intramuscular: {
    en: 'into a muscle',
    ar: 'في العضل',
    words: ['im', 'intramuscularly', 'into a muscle', 'intramuscular'],
  },
  intravenous: {
    en: 'into a vein',
    ar: 'في الوريد',
    words: ['iv', 'intravenously', 'into a vein', 'intravenous'],
  },
  subcutaneous: {
    en: 'under the skin',
    ar: 'تحت الجلد',
    words: ['subcut', 'subcutaneously', 'under the skin', 'subcutaneous'],
  },
  intradermal: {
    en: 'into the layers of the skin',
    ar: 'داخل طبقات الجلد',
    words: ['intradermal', 'intradermally', 'into the layers of the skin'],
  },
  transdermal: {
    en: 'as a patch on the skin',
    ar: 'لصقًا على الجلد',
    words: ['transdermal', 'as a patch on the skin'],
  },
  tube: {
    en: 'by feeding tube',
    ar: 'عبر أنبوب التغذية',
    words: ['via tube', 'peg', 'ngt', 'by feeding tube'],
  },
} as const satisfies Record<string, Word>;
export type Route = keyof typeof ROUTES;

/** `sides`: how many places one dose goes to. */
export const SITES = {
  leftEye: { en: 'in the left eye', ar: 'في العين اليسرى', sides: 1, words: ['left eye', 'l eye', 'lt eye'] },
  rightEye: {
    en: 'in the right eye',
    ar: 'في العين اليمنى',
    sides: 1,
    words: ['right eye', 'r eye', 'rt eye'],
  },
  bothEyes: { en: 'in each eye', ar: 'في كل عين', sides: 2, words: ['both eyes', 'each eye'] },
  affectedEye: { en: 'in the affected eye', ar: 'في العين المصابة', sides: 1, words: ['affected eye'] },
  leftEar: { en: 'in the left ear', ar: 'في الأذن اليسرى', sides: 1, words: ['left ear', 'l ear', 'lt ear'] },
  rightEar: {
    en: 'in the right ear',
    ar: 'في الأذن اليمنى',
    sides: 1,
    words: ['right ear', 'r ear', 'rt ear'],
  },
  bothEars: { en: 'in each ear', ar: 'في كل أذن', sides: 2, words: ['both ears', 'each ear'] },
  affectedEar: { en: 'in the affected ear', ar: 'في الأذن المصابة', sides: 1, words: ['affected ear'] },
  leftNostril: {
    en: 'in the left nostril',
    ar: 'في فتحة الأنف اليسرى',
    sides: 1,
    words: ['left nostril', 'l nostril'],
  },
  rightNostril: {
    en: 'in the right nostril',
    ar: 'في فتحة الأنف اليمنى',
    sides: 1,
    words: ['right nostril', 'r nostril'],
  },
  eachNostril: {
    en: 'in each nostril',
    ar: 'في كل فتحة أنف',
    sides: 2,
    words: ['each nostril', 'both nostrils'],
  },
  affectedArea: {
    en: 'to the affected area',
    ar: 'على المكان المصاب',
    sides: 1,
    words: ['affected area', 'aa', 'affected areas', 'aff area', 'lesion', 'lesions'],
  },
  scalp: { en: 'to the scalp', ar: 'على فروة الرأس', sides: 1, words: ['scalp'] },
  face: { en: 'to the face', ar: 'على الوجه', sides: 1, words: ['face'] },
  hands: { en: 'to the hands', ar: 'على اليدين', sides: 1, words: ['hands'] },
  feet: { en: 'to the feet', ar: 'على القدمين', sides: 1, words: ['feet'] },
  nails: {
    en: 'to the affected nails',
    ar: 'على الأظافر المصابة',
    sides: 1,
    words: ['nails', 'affected nails'],
  },
  gums: { en: 'to the gums', ar: 'على اللثة', sides: 1, words: ['gums'] },
  abdomen: { en: 'at the abdomen', ar: 'في البطن', sides: 1, words: ['abdomen'] },
  thigh: { en: 'at the thigh', ar: 'في الفخذ', sides: 1, words: ['thigh'] },
  upperArm: { en: 'at the upper arm', ar: 'في أعلى الذراع', sides: 1, words: ['upper arm', 'deltoid'] },
  buttock: { en: 'at the buttock', ar: 'في الألية', sides: 1, words: ['buttock', 'glut', 'gluteal'] },
} as const satisfies Record<string, Word & { readonly sides: number }>;
export type Site = keyof typeof SITES;

export const TIMES = {
  waking: { en: 'on waking', ar: 'عند الاستيقاظ', words: ['on waking', 'waking', 'on awakening'] },
  morning: {
    en: 'in the morning',
    ar: 'صباحًا',
    words: ['morning', 'mane', 'qam', 'am', 'every morning', 'in the morning', 'om', 'each morning'],
  },
  noon: { en: 'at noon', ar: 'ظهرًا', words: ['noon', 'at noon', 'midday', 'meridie'] },
  afternoon: { en: 'in the afternoon', ar: 'بعد الظهر', words: ['afternoon', 'in the afternoon'] },
  evening: {
    en: 'in the evening',
    ar: 'مساءً',
    words: ['evening', 'qpm', 'pm', 'vespere', 'every evening', 'in the evening', 'each evening'],
  },
  night: {
    en: 'at night',
    ar: 'ليلًا',
    words: ['at night', 'nocte', 'every night', 'nightly', 'each night', 'noct'],
  },
  bedtime: {
    en: 'at bedtime',
    ar: 'عند النوم',
    words: ['bedtime', 'at bedtime', 'before bed', 'before sleep', 'every bedtime'],
  },
} as const satisfies Record<string, Word>;
export type TimeOfDay = keyof typeof TIMES;

export const WEEKDAYS = {
  mon: { en: 'Monday', ar: 'الاثنين', words: ['mon', 'monday', 'mondays'] },
  tue: { en: 'Tuesday', ar: 'الثلاثاء', words: ['tue', 'tues', 'tuesday', 'tuesdays'] },
  wed: { en: 'Wednesday', ar: 'الأربعاء', words: ['wed', 'wednesday', 'wednesdays'] },
  thu: { en: 'Thursday', ar: 'الخميس', words: ['thu', 'thur', 'thurs', 'thursday', 'thursdays'] },
  fri: { en: 'Friday', ar: 'الجمعة', words: ['fri', 'friday', 'fridays'] },
  sat: { en: 'Saturday', ar: 'السبت', words: ['sat', 'saturday', 'saturdays'] },
  sun: { en: 'Sunday', ar: 'الأحد', words: ['sun', 'sunday', 'sundays'] },
} as const satisfies Record<string, Word>;
export type Weekday = keyof typeof WEEKDAYS;

export const MEALS = {
  breakfast: { en: 'breakfast', ar: 'الإفطار', words: ['breakfast', 'bkfst', 'brkfst'] },
  lunch: { en: 'lunch', ar: 'الغداء', words: ['lunch'] },
  dinner: { en: 'dinner', ar: 'العشاء', words: ['dinner', 'supper'] },
  iftar: { en: 'iftar', ar: 'إفطار رمضان', words: ['iftar'] },
  suhoor: { en: 'suhoor', ar: 'السحور', words: ['suhoor', 'suhur', 'sahoor'] },
} as const satisfies Record<string, Word>;
export type Meal = keyof typeof MEALS;

export const REASONS = {
  pain: { en: 'pain', ar: 'الألم', words: ['pain'] },
  fever: { en: 'fever', ar: 'الحمى', words: ['fever', 'temp', 'temperature'] },
  headache: { en: 'headache', ar: 'الصداع', words: ['headache', 'ha'] },
  migraine: { en: 'migraine', ar: 'الصداع النصفي', words: ['migraine'] },
  nausea: { en: 'nausea', ar: 'الغثيان', words: ['nausea'] },
  vomiting: { en: 'vomiting', ar: 'القيء', words: ['vomiting'] },
  cough: { en: 'cough', ar: 'السعال', words: ['cough'] },
  congestion: { en: 'congestion', ar: 'الاحتقان', words: ['congestion', 'stuffy nose'] },
  breathlessness: {
    en: 'shortness of breath',
    ar: 'ضيق التنفس',
    words: ['shortness of breath', 'sob', 'breathlessness', 'dyspnea', 'dyspnoea'],
  },
  wheezing: { en: 'wheezing', ar: 'أزيز الصدر', words: ['wheezing', 'wheeze'] },
  chestPain: { en: 'chest pain', ar: 'ألم الصدر', words: ['chest pain', 'angina'] },
  itching: { en: 'itching', ar: 'الحكة', words: ['itching', 'itch', 'pruritus'] },
  rash: { en: 'rash', ar: 'الطفح الجلدي', words: ['rash'] },
  allergy: { en: 'allergy', ar: 'الحساسية', words: ['allergy', 'allergies'] },
  swelling: { en: 'swelling', ar: 'التورم', words: ['swelling'] },
  inflammation: { en: 'inflammation', ar: 'الالتهاب', words: ['inflammation'] },
  infection: { en: 'infection', ar: 'العدوى', words: ['infection'] },
  cramps: { en: 'cramps', ar: 'التقلصات', words: ['cramps', 'cramp'] },
  spasm: {
    en: 'muscle spasm',
    ar: 'تشنج العضلات',
    words: ['muscle spasm', 'spasm', 'spasms', 'muscle spasms'],
  },
  heartburn: { en: 'heartburn', ar: 'حرقة المعدة', words: ['heartburn', 'acidity', 'reflux'] },
  indigestion: { en: 'indigestion', ar: 'عسر الهضم', words: ['indigestion', 'dyspepsia'] },
  constipation: { en: 'constipation', ar: 'الإمساك', words: ['constipation'] },
  diarrhoea: { en: 'diarrhoea', ar: 'الإسهال', words: ['diarrhoea', 'diarrhea'] },
  anxiety: { en: 'anxiety', ar: 'القلق', words: ['anxiety'] },
  sleep: { en: 'sleep', ar: 'الأرق', words: ['sleep', 'insomnia'] },
  dizziness: { en: 'dizziness', ar: 'الدوار', words: ['dizziness', 'vertigo'] },
  bloodPressure: {
    en: 'blood pressure',
    ar: 'ضغط الدم',
    words: ['blood pressure', 'htn', 'high blood pressure', 'hypertension'],
  },
  diabetes: { en: 'diabetes', ar: 'السكري', words: ['diabetes', 'dm'] },
  dryEyes: { en: 'dry eyes', ar: 'جفاف العين', words: ['dry eyes', 'dry eye'] },
  seizures: { en: 'seizures', ar: 'التشنجات', words: ['seizures', 'seizure'] },
} as const satisfies Record<string, Word>;
export type Reason = keyof typeof REASONS;

export const ADVICE = {
  asDirected: {
    en: 'Use as directed',
    ar: 'يُستعمل حسب الإرشادات',
    words: [
      'as directed',
      'ut dict',
      'uad',
      'utd',
      'mdu',
      'use as directed',
      'as dir',
      'take as directed',
      'ad us',
    ],
  },
  shake: {
    en: 'Shake well before use',
    ar: 'تُرج العبوة جيدًا قبل الاستعمال',
    words: ['shake well', 'shake', 'shake well before use', 'agit'],
  },
  water: {
    en: 'With plenty of water',
    ar: 'مع كمية كافية من الماء',
    words: ['with water', 'with plenty of water', 'w/ water', 'cum aqua', 'with full glass of water', 'c aq'],
  },
  milk: { en: 'With milk', ar: 'مع الحليب', words: ['with milk', 'w/ milk'] },
  inWater: {
    en: 'Dissolve in water before taking',
    ar: 'يُذاب في الماء قبل تناوله',
    words: ['in water', 'dissolve in water', 'dissolved in water'],
  },
  sparingly: {
    en: 'Apply sparingly',
    ar: 'بطبقة رقيقة',
    words: ['sparingly', 'thin layer', 'apply sparingly', 'in a thin layer'],
  },
  whole: {
    en: 'Swallow whole',
    ar: 'يُبلع دون مضغ',
    words: ['swallow whole', 'do not crush', 'do not chew', 'do not crush or chew'],
  },
  finish: {
    en: 'Until finished',
    ar: 'حتى نهاية العلاج',
    words: ['until finished', 'until gone', 'to finish', 'finish all', 'uf', 'until all taken'],
  },
  rinse: {
    en: 'Rinse the mouth after use',
    ar: 'يُشطف الفم بعد الاستعمال',
    words: ['rinse mouth', 'rinse mouth after use', 'rinse mouth after'],
  },
  spacer: {
    en: 'Through a spacer',
    ar: 'باستخدام أنبوبة الاستنشاق',
    words: ['via spacer', 'with spacer', 'through spacer'],
  },
  upright: {
    en: 'Stay upright for 30 minutes afterwards',
    ar: 'يُراعى البقاء في وضع قائم نصف ساعة بعدها',
    words: ['stay upright', 'remain upright'],
  },
  asDesired: { en: 'As much as desired', ar: 'حسب الرغبة', words: ['ad lib', 'as desired'] },
} as const satisfies Record<string, Word>;
export type Advice = keyof typeof ADVICE;
