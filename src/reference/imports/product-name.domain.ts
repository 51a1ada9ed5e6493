import type { FoundStrength, Strength } from './amount.domain.js';
import { findStrengths } from './amount.domain.js';
import type { BaseUnit, FormFamily, FormRule } from './dosage-form-words.domain.js';
import { FORM_RULES } from './dosage-form-words.domain.js';

/** What a product name says besides the brand. */
export interface ProductName {
  /** Strengths in the order written; "25/5 MG" gives two. Sizes of packs (100 ML, a 30 GM tube) are not strengths. */
  strengths: Strength[];
  dosageForm?: string;
  formFamily?: FormFamily;
  baseUnit: BaseUnit;
  /** Base units in a pack as an exact whole number; 1 where the pack is sold whole or its count is not stated. */
  unitsPerPack: number;
  /** Base units in a strip, where the name says so ("20*10 TABS." is 20 strips of 10). */
  unitsPerStrip?: number;
  /** Size of the pack as written: "100 ML", "20 TABS.", "5*3 ML". */
  packText?: string;
  /** Where the name states one way of injecting and only one. */
  injectedBy?: InjectionRoute;
  flags: ProductFlags;
}

export type InjectionRoute = 'intravenous' | 'intramuscular' | 'subcutaneous';

/** What sources put in brackets behind a name. */
export interface ProductFlags {
  cancelled?: true;
  /** "(N/A)": not on the market now. */
  notAvailable?: true;
  /** "(N/A YET)": announced, not yet on the market. */
  notYetAvailable?: true;
  illegalImport?: true;
  hospitalOnly?: true;
  /** "(NET PRICE)", "(HOSPITAL PRICE)": the price is not the public one. */
  specialPrice?: true;
}

const FLAGS: ReadonlyArray<readonly [RegExp, keyof ProductFlags]> = [
  [/\(\s*CANCELLED\s*\)|\bCANCELLED\b/g, 'cancelled'],
  [/\(\s*N\s*\/\s*A\s+YET\s*\)/g, 'notYetAvailable'],
  [/\(\s*N\s*\/\s*A\s*\)/g, 'notAvailable'],
  [/\(?\s*ILLEGAL IMPORT\s*\)?/g, 'illegalImport'],
  [/\(\s*HOSPITALS?(?: ONLY)?\s*\)/g, 'hospitalOnly'],
  [/\(\s*(?:NET|HOSPITAL) PRICE\s*\)/g, 'specialPrice'],
];

const INJECTED_BY: ReadonlyArray<readonly [RegExp, InjectionRoute]> = [
  [/(?<![A-Z])(?:I\.?V|INTRAVENOUS)(?![A-Z])|\bINF(?:USION)?\b/, 'intravenous'],
  [/(?<![A-Z])(?:I\.?M|INTRA-?MUSCULAR)(?![A-Z])/, 'intramuscular'],
  [/(?<![A-Z])(?:S\.?C|SUB-?CUTANEOUS)(?![A-Z])/, 'subcutaneous'],
];
const INJECTED: ReadonlySet<FormFamily> = new Set(['injection', 'injection-device', 'infusion']);

const UNIT_WORDS: Readonly<Record<Exclude<BaseUnit, 'piece'>, string>> = {
  tablet: '(?:REPE|LAC)?TAB(?:LET)?S?|CAPLETS?|PILLS?|F\\.C\\.? ?T(?:S|ABS?)?',
  capsule: '(?:LENTO)?CAP(?:SULE)?S?|SOFT ?GELS?|GEL ?CAPS?',
  sachet: 'SACHETS?|SACH|SACHES|STICKS?|ENVELOPES?|SACHET',
  ampoule: 'AMP(?:OULE|ULE)?S?',
  vial: 'VIALS?',
  suppository: 'SUPP(?:OSITOR(?:Y|IES)|S)?|PESSAR(?:Y|IES)|OVULES?',
  lozenge: 'LOZENGES?|PASTILLES?|TABS?',
  patch: 'PATCH(?:ES)?|TRANS?DERMAL',
  film: 'FILMS?|ODF',
  syringe: 'SYRINGES?|SYR',
  pen: 'PENS?|PENFILLS?|FLEXPENS?',
  cartridge: 'CARTRIDGES?',
};

/** Counted pieces: only chewable pieces and gummies; a tube is one piece however many millilitres it holds. */
const PIECE_WORDS = 'PIECES?|GUMM(?:Y|IES)|PCS|CHEWS?|CANDIES|BALLS';

/** Up to six words without digits may stand between the count and the unit: "20 F.C. SCORED TABS.". */
const BETWEEN = String.raw`(?:[^\d()+]{0,40}?[\s.])??`;
const COUNT = String.raw`(?<![\d./%-])(\d{1,4})(?:\s*[X*]\s*(\d{1,3}))?(?:\s*[X*]\s*\d[\d.]*\s*ML)?`;
/** A number with one of these right behind it is an amount, not a count. */
const NOT_AMOUNT = String.raw`(?!\s*(?:MG|MCG|GM?|ML|I\.?U|M\.?I\.?U|%|CM|KG|L|UNITS?|\/|MMOL|MEQ|KCAL|LITRE)(?![A-Z]))(?![\d.,]*\d)`;

function countPattern(words: string): RegExp {
  return new RegExp(String.raw`${COUNT}${NOT_AMOUNT}\s*${BETWEEN}(?:${words})(?![A-Z])\.?`, 'g');
}

const COUNTS: Readonly<Record<BaseUnit, RegExp>> = {
  tablet: countPattern(UNIT_WORDS.tablet),
  capsule: countPattern(UNIT_WORDS.capsule),
  sachet: countPattern(UNIT_WORDS.sachet),
  ampoule: countPattern(UNIT_WORDS.ampoule),
  vial: countPattern(UNIT_WORDS.vial),
  suppository: countPattern(UNIT_WORDS.suppository),
  lozenge: countPattern(UNIT_WORDS.lozenge),
  patch: countPattern(UNIT_WORDS.patch),
  film: countPattern(UNIT_WORDS.film),
  syringe: countPattern(UNIT_WORDS.syringe),
  pen: countPattern(UNIT_WORDS.pen),
  cartridge: countPattern(UNIT_WORDS.cartridge),
  piece: countPattern(PIECE_WORDS),
};
/** "30 TABS. + 30 CAPS.": two sorts of units in one pack cannot be counted in one base unit. */
const MIXED =
  /\b(?:TABS?|CAPS?|SACHETS?|TABLETS?|CAPSULES?)\b\.?\s*[+&]\s*\d+\s*(?:TABS?|CAPS?|SACHETS?|TABLETS?|CAPSULES?)\b/;
const VOLUME =
  /(?<![\d./])(?:\d+\s*[X*]\s*)?\d[\d.]*\s*(?:ML|LITRES?|LITERS?|KG|GMS?|GRAMS?|G|CM)\b(?!\s*\/)/g;
/** Packs above this are strengths without a unit ("BIOTIN 5000 TABS"); the largest real pack counted is 400. */
const LARGEST_PACK = 500;
/** One unit is what a name without a count means for these: "1 GM VIAL". */
const SINGLE_BY_DEFAULT: ReadonlySet<BaseUnit> = new Set(['vial', 'ampoule', 'syringe', 'pen', 'cartridge']);

interface Pack {
  /** Where the count stands in the name. */
  at: number;
  units: number;
  strip?: number;
  text: string;
}

function readPack(text: string, unit: BaseUnit): Pack | undefined {
  let best: Pack | undefined;
  for (const match of text.matchAll(COUNTS[unit])) {
    const [written, first = '', second] = match;
    const outer = Number.parseInt(first, 10);
    const inner = second === undefined ? 1 : Number.parseInt(second, 10);
    const units = outer * inner;
    if (units < 1 || (second === undefined && units > LARGEST_PACK) || units > 10_000) continue;
    best = {
      at: match.index,
      units,
      ...(second === undefined || inner < 2 ? {} : { strip: inner }),
      text: written.trim(),
    };
  }
  return best;
}

function isStrength(strength: FoundStrength, rule: FormRule | undefined, pack: Pack | undefined): boolean {
  if (strength.per !== undefined) return true;
  switch (strength.unit) {
    case 'ml':
    case 'mcl':
    case 'l':
    case 'cm':
    case 'kg':
      return false;
    case 'g':
      // "10 SACHETS 330 GM": grams behind the count are what the whole pack weighs.
      if (pack !== undefined && strength.start > pack.at) return false;
      return rule?.gramsAreStrength === true || rule?.baseUnit === 'tablet' || rule?.baseUnit === 'capsule';
    case 'mg':
      // "50 MG CREAM" is a tube of 50 g written wrongly, or nobody knows what: no strength is claimed.
      return !(rule !== undefined && (rule.family === 'semi-solid' || rule.family === 'wash'));
    default:
      return true;
  }
}

/** The last volume or weight in the name that was not read as a strength ("1 GM VIAL", "100MG/5ML"). */
function sizeOfPack(text: string, taken: readonly FoundStrength[]): string | undefined {
  const sizes = [...text.matchAll(VOLUME)].filter(
    ({ index }) => !taken.some((strength) => strength.start <= index && index < strength.end),
  );
  return sizes.at(-1)?.[0].trim();
}

/** Plain characters with single blanks between: most names, which need no tidying. */
const TIDY = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * Reads strength, form, pack and flags out of a product name such as "AVEROTHIAZIDE 10/40/12.5 MG 30 F.C.TABS.".
 * Nothing is guessed: what the name does not state stays undefined, and an uncounted pack is one piece.
 */
export function parseProductName(name: string): ProductName {
  let text = TIDY.test(name)
    ? name.toUpperCase()
    : name.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim();
  const flags: ProductFlags = {};
  if (text.includes('(') || text.includes('CANCELLED') || text.includes('ILLEGAL')) {
    for (const [pattern, flag] of FLAGS) {
      const without = text.replace(pattern, ' ');
      if (without !== text) flags[flag] = true;
      text = without;
    }
    text = text.replace(/\s+/g, ' ').trim();
  }
  const rule = FORM_RULES.find(({ patterns }) => patterns.every((pattern) => pattern.test(text)));
  const unit = rule?.baseUnit ?? 'piece';
  const isMixed = MIXED.test(text);
  const pack = isMixed ? undefined : readPack(text, unit);
  const isCounted = pack !== undefined || (!isMixed && SINGLE_BY_DEFAULT.has(unit));
  const taken = findStrengths(text).filter((found) => isStrength(found, rule, pack));
  const packText = pack?.text ?? sizeOfPack(text, taken);
  const ways =
    rule !== undefined && INJECTED.has(rule.family) ? INJECTED_BY.filter(([words]) => words.test(text)) : [];
  const injectedBy = ways.length === 1 ? ways[0]?.[1] : undefined;
  const strengths = taken.map(({ amount, unit: strengthUnit, per }) => ({
    amount,
    unit: strengthUnit,
    ...(per === undefined ? {} : { per }),
  }));
  return {
    strengths,
    ...(rule === undefined ? {} : { dosageForm: rule.form, formFamily: rule.family }),
    baseUnit: isCounted ? unit : 'piece',
    unitsPerPack: pack?.units ?? 1,
    ...(pack?.strip === undefined ? {} : { unitsPerStrip: pack.strip }),
    ...(packText === undefined ? {} : { packText }),
    ...(injectedBy === undefined ? {} : { injectedBy }),
    flags,
  };
}

/** Strengths as shown to people: "25 mg / 5 mg", "400 mg/5 ml", "5 %". */
export function showStrengths(strengths: readonly Strength[]): string | undefined {
  if (strengths.length === 0) return undefined;
  return strengths
    .map(({ amount, unit, per }) => {
      const denominator =
        per === undefined ? '' : `/${per.amount === '1' ? '' : `${per.amount} `}${per.unit}`;
      return `${amount} ${unit}${denominator}`;
    })
    .join(' / ');
}
