/** Arabic forms of a counted noun; `oblique` is the dual after a preposition. */
export interface ArabicNoun {
  readonly feminine: boolean;
  /** One. */
  readonly one: string;
  readonly two: string;
  readonly oblique: string;
  /** 3 to 10. */
  readonly few: string;
  /** 11 to 99. */
  readonly many: string;
  /** Hundreds, and a noun with a decimal. */
  readonly hundred: string;
}

interface UnitWords {
  readonly en: readonly [one: string, many: string];
  readonly ar: ArabicNoun;
  /** Spellings it is read by; the first is the one printed. */
  readonly words: readonly string[];
}

const masculine = (one: string, two: string, few: string, many: string): ArabicNoun => ({
  feminine: false,
  one,
  two: `${two}ان`,
  oblique: `${two}ين`,
  few,
  many,
  hundred: one,
});
const feminine = (one: string, two: string, few: string): ArabicNoun => ({
  feminine: true,
  one,
  two: `${two}ان`,
  oblique: `${two}ين`,
  few,
  many: one,
  hundred: one,
});
/** Noun and adjective: both take the dual. */
const pair = (one: string, [noun, adjective]: readonly [string, string], few: string): ArabicNoun => ({
  feminine: true,
  one,
  two: `${noun}ان ${adjective}ان`,
  oblique: `${noun}ين ${adjective}ين`,
  few,
  many: one,
  hundred: one,
});
/** A measure is said the same with every number. */
const measure = (word: string): ArabicNoun => ({
  feminine: false,
  one: word,
  two: word,
  oblique: word,
  few: word,
  many: word,
  hundred: word,
});

/** What doses are counted or measured in. */
export const UNITS = {
  tablet: {
    en: ['tablet', 'tablets'],
    ar: masculine('قرص', 'قرص', 'أقراص', 'قرصًا'),
    words: ['tab', 'tabs', 'tablet', 'tablets', 't', 'tbl', 'pill', 'pills', 'caplet', 'caplets'],
  },
  capsule: {
    en: ['capsule', 'capsules'],
    ar: feminine('كبسولة', 'كبسولت', 'كبسولات'),
    words: ['cap', 'caps', 'capsule', 'capsules'],
  },
  drop: {
    en: ['drop', 'drops'],
    ar: feminine('قطرة', 'قطرت', 'قطرات'),
    words: ['drops', 'drop', 'gtt', 'gtts'],
  },
  puff: {
    en: ['puff', 'puffs'],
    ar: feminine('بخة', 'بخت', 'بخات'),
    words: ['puffs', 'puff', 'inhalation', 'inhalations', 'inh'],
  },
  spray: {
    en: ['spray', 'sprays'],
    ar: feminine('رشة', 'رشت', 'رشات'),
    words: ['sprays', 'spr', 'spray'],
  },
  application: {
    en: ['application', 'applications'],
    ar: feminine('دهنة', 'دهنت', 'دهنات'),
    words: ['appl', 'application', 'applications', 'app', 'apps'],
  },
  fingertip: {
    en: ['fingertip unit', 'fingertip units'],
    ar: {
      feminine: true,
      one: 'وحدة طرف إصبع',
      two: 'وحدتا طرف إصبع',
      oblique: 'وحدتي طرف إصبع',
      few: 'وحدات طرف إصبع',
      many: 'وحدة طرف إصبع',
      hundred: 'وحدة طرف إصبع',
    },
    words: ['ftu', 'fingertip unit', 'fingertip units'],
  },
  suppository: {
    en: ['suppository', 'suppositories'],
    ar: feminine('تحميلة', 'تحميلت', 'تحاميل'),
    words: ['supp', 'supps', 'suppository', 'suppositories'],
  },
  pessary: {
    en: ['pessary', 'pessaries'],
    ar: pair('تحميلة مهبلية', ['تحميلت', 'مهبليت'], 'تحاميل مهبلية'),
    words: ['pess', 'pessary', 'pessaries'],
  },
  enema: {
    en: ['enema', 'enemas'],
    ar: pair('حقنة شرجية', ['حقنت', 'شرجيت'], 'حقن شرجية'),
    words: ['enema', 'enemas'],
  },
  sachet: {
    en: ['sachet', 'sachets'],
    ar: masculine('كيس', 'كيس', 'أكياس', 'كيسًا'),
    words: ['sachet', 'sachets', 'sach', 'pkt', 'packet', 'packets'],
  },
  patch: {
    en: ['patch', 'patches'],
    ar: feminine('لصقة', 'لصقت', 'لصقات'),
    words: ['patch', 'patches'],
  },
  ampoule: {
    en: ['ampoule', 'ampoules'],
    ar: feminine('أمبولة', 'أمبولت', 'أمبولات'),
    words: ['amp', 'amps', 'ampoule', 'ampoules', 'ampule', 'ampules', 'ampul'],
  },
  vial: {
    en: ['vial', 'vials'],
    ar: feminine('قارورة', 'قارورت', 'قوارير'),
    words: ['vial', 'vials'],
  },
  syringe: {
    en: ['syringe', 'syringes'],
    ar: masculine('محقن', 'محقن', 'محاقن', 'محقنًا'),
    words: ['syringe', 'syringes', 'pfs'],
  },
  injection: {
    en: ['injection', 'injections'],
    ar: feminine('حقنة', 'حقنت', 'حقن'),
    words: ['inj', 'injs', 'injection', 'injections'],
  },
  nebule: {
    en: ['nebule', 'nebules'],
    ar: {
      feminine: true,
      one: 'عبوة استنشاق',
      two: 'عبوتا استنشاق',
      oblique: 'عبوتي استنشاق',
      few: 'عبوات استنشاق',
      many: 'عبوة استنشاق',
      hundred: 'عبوة استنشاق',
    },
    words: ['nebule', 'nebules', 'neb', 'nebs', 'respule', 'respules'],
  },
  lozenge: {
    en: ['lozenge', 'lozenges'],
    ar: {
      feminine: false,
      one: 'قرص استحلاب',
      two: 'قرصا استحلاب',
      oblique: 'قرصي استحلاب',
      few: 'أقراص استحلاب',
      many: 'قرص استحلاب',
      hundred: 'قرص استحلاب',
    },
    words: ['lozenge', 'lozenges', 'loz', 'troche', 'troches'],
  },
  film: {
    en: ['film', 'films'],
    ar: feminine('شريحة', 'شريحت', 'شرائح'),
    words: ['film', 'films'],
  },
  teaspoon: {
    en: ['teaspoon (5 ml)', 'teaspoons (5 ml each)'],
    ar: pair('ملعقة صغيرة', ['ملعقت', 'صغيرت'], 'ملاعق صغيرة'),
    words: ['tsp', 'tsps', 'teaspoon', 'teaspoons', 'teaspoonful', 'teaspoonfuls'],
  },
  tablespoon: {
    en: ['tablespoon (15 ml)', 'tablespoons (15 ml each)'],
    ar: pair('ملعقة كبيرة', ['ملعقت', 'كبيرت'], 'ملاعق كبيرة'),
    words: ['tbsp', 'tbsps', 'tablespoon', 'tablespoons', 'tablespoonful', 'tablespoonfuls'],
  },
  unit: {
    en: ['unit', 'units'],
    ar: feminine('وحدة', 'وحدت', 'وحدات'),
    words: ['units', 'unit'],
  },
  piece: {
    en: ['piece', 'pieces'],
    ar: feminine('قطعة', 'قطعت', 'قطع'),
    words: ['pieces', 'piece', 'pcs'],
  },
  ml: {
    en: ['ml', 'ml'],
    ar: measure('مل'),
    words: ['ml', 'mls', 'millilitre', 'millilitres', 'milliliter', 'milliliters'],
  },
  mg: { en: ['mg', 'mg'], ar: measure('ملجم'), words: ['mg', 'mgs', 'milligram', 'milligrams'] },
  mcg: {
    en: ['micrograms', 'micrograms'],
    ar: measure('ميكروجرام'),
    words: ['mcg', 'mcgs', 'microgram', 'micrograms'],
  },
  g: { en: ['g', 'g'], ar: measure('جرام'), words: ['g', 'gm', 'gms', 'gram', 'grams'] },
  meq: { en: ['mEq', 'mEq'], ar: measure('ملي مكافئ'), words: ['meq'] },
  cm: { en: ['cm', 'cm'], ar: measure('سم'), words: ['cm'] },
} as const satisfies Record<string, UnitWords>;

export type DoseUnit = keyof typeof UNITS;

export const DOSE_UNITS = Object.keys(UNITS) as DoseUnit[];
