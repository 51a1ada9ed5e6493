/** What people at the counter call forms and routes, beside the names the catalogue has for them. */

/** Words for every form (or family) whose name contains the key as a word. */
const FORM_WORDS: Readonly<Record<string, string>> = {
  tablet: 'tab tabs tablets tbl pill pills caplet قرص اقراص حبوب حبه برشام',
  'solid-oral': 'oral',
  'film-coated': 'fct',
  'modified-release': 'sr xr er mr retard ممتد',
  'enteric-coated': 'ec',
  effervescent: 'eff فوار فواره',
  chewable: 'chew مضغ',
  orodispersible: 'odt dispersible ذوبان',
  sublingual: 'sl تحت اللسان',
  capsule: 'cap caps capsules كبسول كبسوله كبسولات كابسول',
  syrup: 'syr syp شراب دواء شرب',
  suspension: 'susp معلق شراب',
  elixir: 'شراب',
  drops: 'drop dps gtt نقط نقطه قطره قطرات',
  solution: 'sol soln solutions محلول',
  injection: 'inj amp amps ampoule ampoules ampule vial vials حقن حقنه امبول امبولات فيال ابره ابر',
  ampoule: 'amp amps ampoules ampule inj injection حقن حقنه امبول امبولات',
  vial: 'vials inj injection حقن حقنه فيال',
  syringe: 'syr prefilled سرنجه حقن حقنه',
  pen: 'pens قلم اقلام',
  cartridge: 'cartridges خرطوشه',
  infusion: 'inf iv تسريب وريدي',
  cream: 'creme crm كريم',
  ointment: 'oint ung مرهم',
  gel: 'jel جل جيل',
  emulgel: 'gel جل جيل',
  lotion: 'lot لوشن غسول',
  spray: 'sprays بخاخ سبراي رذاذ',
  inhaler: 'inh inhalation mdi puffer بخاخ بخاخه استنشاق',
  nebuliser: 'neb nebulizer nebule جلسات استنشاق',
  suppository: 'supp supps suppositories لبوس تحاميل تحميله اقماع',
  pessary: 'ovule ovules vaginal لبوس مهبلي',
  vaginal: 'vag مهبلي',
  enema: 'حقنه شرجيه',
  sachet: 'sach sachets كيس اكياس فوار',
  granules: 'granule حبيبات اكياس',
  powder: 'pwd pdr بودره مسحوق',
  lozenge: 'lozenges pastille استحلاب',
  mouthwash: 'mouth wash gargle غرغره مضمضه',
  patch: 'patches plaster لصقه لصقات',
  shampoo: 'شامبو',
  soap: 'bar صابون صابونه',
  serum: 'سيروم',
  oil: 'زيت',
  eye: 'ophthalmic عين للعين',
  ear: 'otic اذن للاذن',
  nasal: 'nose انف للانف',
  milk: 'لبن حليب',
};

/** Words for a route, by its name. */
const ROUTE_WORDS: Readonly<Record<string, string>> = {
  oral: 'po mouth فم بالفم',
  topical: 'skin external موضعي جلد دهان',
  injection: 'inj parenteral حقن',
  intravenous: 'iv وريد وريدي',
  intramuscular: 'im عضل عضلي',
  subcutaneous: 'sc subcut تحت الجلد',
  ophthalmic: 'eye عين',
  otic: 'ear اذن',
  nasal: 'nose انف',
  rectal: 'pr شرج شرجي',
  vaginal: 'pv vag مهبل مهبلي',
  inhalation: 'inh inhaled استنشاق',
  oromucosal: 'mouth buccal فم',
  sublingual: 'sl تحت اللسان',
  transdermal: 'skin جلد',
};

function wordsFor(table: Readonly<Record<string, string>>, name: string): string[] {
  const lower = name.toLowerCase();
  return Object.entries(table)
    .filter(
      ([key]) =>
        lower === key ||
        lower.split(/[\s/,-]+/).includes(key) ||
        lower.includes(`${key} `) ||
        lower.startsWith(key),
    )
    .flatMap(([, words]) => words.split(' '));
}

/** Everyday words for a dosage form, e.g. "caps" and "كبسول" for "capsule". */
export const everydayFormWords = (name: string): string[] => [...new Set(wordsFor(FORM_WORDS, name))];

/** Everyday words for a route, e.g. "iv" for "intravenous". */
export const everydayRouteWords = (name: string): string[] => [...new Set(wordsFor(ROUTE_WORDS, name))];

const ARTICLE = 'ال';
const SHORTEST_AFTER_ARTICLE = 3;

/** The Arabic word without its article, or null: "الباراسيتامول" is looked for and found as "باراسيتامول" too. */
export function withoutArticle(word: string): string | null {
  if (!word.startsWith(ARTICLE) || word.length < ARTICLE.length + SHORTEST_AFTER_ARTICLE) return null;
  return word.slice(ARTICLE.length);
}
