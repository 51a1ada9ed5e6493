// A catalogue of any size that is the same for the same seed: brand names made of syllables, one to three real
// ingredients, forms, routes, makers, strengths, packs, prices, Arabic names and GTINs. And the queries people type, each
// with what they want to find. No figure of a bench depends on a file from outside.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { root } from '../../tools/build-if-stale.mjs';

/** Mulberry32: small, fast and the same everywhere. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FORMS = [
  ['film-coated tablet', 'F.C.TABS.', 'oral', 'tablet', [7, 10, 14, 20, 28, 30]],
  ['tablet', 'TABS.', 'oral', 'tablet', [10, 20, 30, 100]],
  ['capsule', 'CAPS.', 'oral', 'capsule', [10, 14, 20, 30]],
  ['syrup', 'SYRUP', 'oral', 'piece', [60, 100, 120]],
  ['suspension', 'SUSP.', 'oral', 'piece', [60, 80, 100]],
  ['oral drops', 'ORAL DROPS', 'oral', 'piece', [15, 30]],
  ['sachet', 'SACHETS', 'oral', 'sachet', [6, 10, 12]],
  ['effervescent tablet', 'EFF. TABS.', 'oral', 'tablet', [10, 12, 20]],
  ['vial', 'VIAL', 'injection', 'vial', [1]],
  ['ampoule', 'AMP.', 'injection', 'ampoule', [1, 3, 5, 6]],
  ['prefilled syringe', 'PREF. SYRINGE', 'injection', 'syringe', [1, 2]],
  ['cream', 'CREAM', 'topical', 'piece', [15, 20, 30, 50]],
  ['ointment', 'OINT.', 'topical', 'piece', [15, 20, 30]],
  ['gel', 'GEL', 'topical', 'piece', [20, 40, 50]],
  ['lotion', 'LOTION', 'topical', 'piece', [60, 120]],
  ['shampoo', 'SHAMPOO', 'topical', 'piece', [120, 200]],
  ['eye drops', 'EYE DROPS', 'eye', 'piece', [5, 10]],
  ['ear drops', 'EAR DROPS', 'ear', 'piece', [10, 15]],
  ['nasal spray', 'NASAL SPRAY', 'nasal', 'piece', [15, 20]],
  ['inhaler', 'INHALER', 'inhalation', 'piece', [1]],
  ['suppository', 'SUPP.', 'rectal', 'suppository', [5, 6, 10]],
  ['vaginal suppository', 'VAG. SUPP.', 'vaginal', 'suppository', [3, 6]],
  ['lozenge', 'LOZENGES', 'oral', 'lozenge', [8, 12, 24]],
  ['patch', 'PATCHES', 'transdermal', 'patch', [5, 7]],
];
const CLASSES = [
  'ANALGESIC',
  'ANTIBIOTIC',
  'ANTIHYPERTENSIVE',
  'ANTIDIABETIC',
  'ANTIHISTAMINE',
  'ANTIFUNGAL',
  'ANTIVIRAL',
  'ANTIDEPRESSANT',
  'ANTICONVULSANT',
  'LAXATIVE',
  'ANTACID',
  'CORTICOSTEROID',
  'VITAMIN',
  'MINERAL',
  'SKIN CARE',
  'HAIR CARE',
  'EYE CARE',
  'COUGH SYRUP',
  'CONTRACEPTIVE',
  'HORMONE',
];
const NARROWER = ['FIRST LINE', 'SECOND LINE', 'COMBINATION', 'PAEDIATRIC', 'TOPICAL', 'LONG ACTING'];
const ONSETS = 'b br c cl d dr f fl g gl h k l m n p pr qu r s st t tr v x z'.split(' ');
const VOWELS = 'a e i o u a e i o ia io eo'.split(' ');
const CODAS = ['', '', '', 'n', 'l', 'r', 's', 'x', 'm', 't'];
const ENDINGS = [
  'in',
  'ol',
  'ex',
  'ax',
  'il',
  'an',
  'ine',
  'oxa',
  'ium',
  'cort',
  'zole',
  'mycin',
  'pril',
  'statin',
  'dase',
  'vit',
];
const SUFFIXES = ['', '', '', '', '', ' plus', ' forte', ' extra', ' xr', ' duo', ' kids', ' advance'];
const MAKER_TAILS = [
  'pharma',
  'laboratories',
  'industries',
  'healthcare',
  'group',
  'international',
  'life sciences',
];
const STRENGTHS = [
  '1',
  '2',
  '2.5',
  '5',
  '10',
  '15',
  '20',
  '25',
  '30',
  '40',
  '50',
  '75',
  '80',
  '100',
  '120',
  '125',
  '150',
  '200',
  '250',
  '300',
  '400',
  '500',
  '600',
  '750',
  '800',
  '1000',
];

/** Consonants and long vowels as they are heard: enough to be read back as the same brand. */
const ARABIC = Object.entries({
  th: 'ث',
  sh: 'ش',
  ph: 'ف',
  qu: 'كو',
  ia: 'يا',
  io: 'يو',
  eo: 'يو',
  a: 'ا',
  b: 'ب',
  c: 'ك',
  d: 'د',
  e: 'ي',
  f: 'ف',
  g: 'ج',
  h: 'ه',
  i: 'ي',
  j: 'ج',
  k: 'ك',
  l: 'ل',
  m: 'م',
  n: 'ن',
  o: 'و',
  p: 'ب',
  q: 'ق',
  r: 'ر',
  s: 'س',
  t: 'ت',
  u: 'و',
  v: 'ف',
  w: 'و',
  x: 'كس',
  y: 'ي',
  z: 'ز',
});

/** A Latin name in Arabic letters. */
export function inArabic(name) {
  let rest = name.toLowerCase();
  let out = '';
  while (rest !== '') {
    const [latin, arabic] = ARABIC.find(([key]) => rest.startsWith(key)) ?? [rest[0], rest[0]];
    out += arabic;
    rest = rest.slice(latin.length);
  }
  return out;
}

/** A fixed place in a shuffled list: neighbours in the alphabet are not neighbours in frequency. */
const placeOf = (name) => createHash('sha256').update(name).digest().readUInt32BE();

/** The standard ingredients Meditory ships, with their other names. */
export function ingredientList() {
  const text = readFileSync(join(root, 'db', 'seed', 'clinical', 'ingredients.csv'), 'utf8');
  return parse(text, { columns: true })
    .filter(({ atc_code }) => atc_code !== '')
    .sort((one, other) => placeOf(one.name) - placeOf(other.name))
    .slice(0, 1500)
    .map(({ name, synonyms, atc_code }) => ({
      name,
      synonyms: synonyms === '' ? [] : synonyms.split('|').map((synonym) => synonym.replace(/~.*$/, '')),
      atcCode: atc_code,
    }));
}

function checkDigit(digits) {
  let sum = 0;
  for (let at = 0; at < digits.length; at++)
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

function word(random, syllables) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  let text = '';
  for (let at = 0; at < syllables; at++)
    text += pick(ONSETS) + pick(VOWELS) + (at === syllables - 1 ? '' : pick(CODAS));
  return text;
}

/**
 * `count` products, one by one. About four products share a brand (other strengths and forms of it), as in real
 * catalogues, so 500,000 products have some 40,000 distinct words.
 */
export function* generateProducts(count, seed = 42) {
  const random = randomOf(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const ingredients = ingredientList();
  const makers = Array.from({ length: 1000 }, () => `${word(random, 2)} ${pick(MAKER_TAILS)}`);
  const brands = Array.from({ length: Math.max(100, Math.min(40_000, Math.ceil(count / 4))) }, () => ({
    name: word(random, pick([1, 2, 2, 2, 2, 2, 3])) + pick(ENDINGS),
    maker: pick(makers),
    // Frequent ingredients are in many products, rare ones in few.
    parts: [
      ...new Set(
        Array.from(
          { length: 1 + Math.floor(random() * random() * 3) },
          () => ingredients[Math.floor(random() ** 2 * ingredients.length)],
        ),
      ),
    ],
    category: [pick(CLASSES), ...(random() < 0.4 ? [pick(NARROWER)] : [])],
  }));
  for (let n = 0; n < count; n++) {
    const brand = pick(brands);
    const [form, onPack, route, baseUnit, sizes] = FORMS[Math.floor(random() ** 1.5 * FORMS.length)];
    const amounts = brand.parts.map(() => pick(STRENGTHS));
    const isPercent = route === 'topical';
    const unit = isPercent ? '%' : 'MG';
    const strength = amounts
      .map((amount) => (isPercent ? String(Number(amount) % 10 || 1) : amount))
      .join('/');
    const size = pick(sizes);
    const shown = brand.name + pick(SUFFIXES);
    const serial = `62${String(1_000_000_000 + n).slice(-10)}`;
    yield {
      n,
      brand: brand.name,
      name: `${shown.toUpperCase()} ${strength}${isPercent ? '%' : ` ${unit}`} ${size} ${onPack}`,
      nameAr: `${inArabic(shown)} ${strength}`,
      ingredients: brand.parts,
      activeRaw: brand.parts.map(({ name }) => name.toUpperCase()).join('+'),
      amounts: strength.split('/'),
      unit: unit.toLowerCase(),
      strength: isPercent ? `${strength}%` : `${strength} mg`,
      dosageForm: form,
      route,
      baseUnit,
      unitsPerPack: baseUnit === 'piece' ? 1 : size,
      company: brand.maker,
      category: brand.category,
      price: (1 + Math.floor(random() * 99_999) / 100).toFixed(2),
      rxOnly: random() < 0.6,
      barcode: serial + checkDigit(serial),
    };
  }
}

/** One typing error in a text: a letter left out, put in, replaced, or two swapped. Never the text itself. */
export function mistype(text, random) {
  for (;;) {
    const typed = oneError(text, random);
    if (typed !== text) return typed;
  }
}

function oneError(text, random) {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const at = Math.floor(random() * text.length);
  const letter = letters[Math.floor(random() * letters.length)];
  switch (Math.floor(random() * 4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + letter + text.slice(at);
    case 2:
      return text.slice(0, at) + letter + text.slice(at + 1);
    default: {
      const from = Math.min(at, text.length - 2);
      return text.slice(0, from) + text[from + 1] + text[from] + text.slice(from + 2);
    }
  }
}

const KINDS = [
  'exact',
  'prefix',
  'ingredient',
  'ingredient+strength+form',
  'synonym',
  'typo1',
  'typo2',
  'barcode',
];

/**
 * `count` queries over a list of products, kinds in turn: { kind, q, wanted: (product) => boolean }. A query is
 * answered well when a wanted product is among the first ten.
 */
export function generateQueries(products, count = 1000, seed = 7) {
  const random = randomOf(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const withSynonym = products.filter(({ ingredients }) => ingredients[0]?.synonyms.length > 0);
  const longBrands = products.filter(({ brand }) => brand.length >= 7);
  return Array.from({ length: count }, (_, at) => {
    const kind = KINDS[at % KINDS.length];
    const product = pick(products);
    const [part] = product.ingredients;
    const hasPart = (name) => (hit) => hit.ingredients.some((one) => one.name === name);
    switch (kind) {
      case 'exact':
        return { kind, q: product.name, wanted: (hit) => hit.name === product.name };
      case 'prefix': {
        const q = product.brand.slice(0, 3 + (at % 4));
        return { kind, q, wanted: (hit) => hit.name.toLowerCase().startsWith(q) };
      }
      case 'ingredient':
        return { kind, q: part.name, wanted: hasPart(part.name) };
      case 'ingredient+strength+form': {
        const q = `${part.name} ${product.amounts[0]} ${product.dosageForm}`;
        return { kind, q, wanted: (hit) => hasPart(part.name)(hit) && hit.dosageForm === product.dosageForm };
      }
      case 'synonym': {
        const [one] = pick(withSynonym).ingredients;
        return { kind, q: pick(one.synonyms), wanted: hasPart(one.name) };
      }
      case 'typo1':
        return { kind, q: mistype(product.brand, random), wanted: (hit) => hit.brand === product.brand };
      case 'typo2': {
        const { brand } = longBrands.length > 0 ? pick(longBrands) : product;
        return { kind, q: mistype(mistype(brand, random), random), wanted: (hit) => hit.brand === brand };
      }
      default:
        return { kind, q: product.barcode, wanted: (hit) => hit.n === product.n };
    }
  });
}

/** Broad on purpose: one letter, two letters, a unit or a form alone, a typing error in a short or frequent word. */
export function generateHardQueries(products, seed = 11) {
  const random = randomOf(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const frequent = 'tabs caps cream syrup susp drops spray vial gel oral plus forte extra'.split(' ');
  const short = products.filter(({ brand }) => brand.length <= 5);
  const query = (kind) => (q) => ({ kind, q });
  return [
    ...letters.map(query('one letter')),
    ...[...'ابتجدرسفكلمن'].map(query('one Arabic letter')),
    ...letters.map((letter) => query('two letters')(letter + pick(letters))),
    ...'mg ml tabs caps % 20 1 5% 500 cream oral tablet injection'
      .split(' ')
      .map(query('unit or form alone')),
    ...Array.from({ length: 40 }, (_, at) =>
      query('typo in a frequent word')(mistype(frequent[at % frequent.length], random)),
    ),
    ...Array.from({ length: 100 }, () =>
      query('typo in a short brand')(
        mistype((short.length > 0 ? pick(short) : pick(products)).brand, random),
      ),
    ),
    ...Array.from({ length: 40 }, () =>
      query('frequent words together')(`${pick(letters)} ${pick(frequent)} ${pick(frequent)} mg`),
    ),
  ];
}
