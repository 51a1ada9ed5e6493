import type { Strength } from './coding.types.js';
import { foldText } from '../../platform/text/fold.js';

/** One component of a medicine's name: the folded names it may be known by, the likeliest first, and its strength. */
export interface NameComponent {
  readonly text: string;
  readonly names: readonly string[];
  readonly strength: Strength | null;
}

/** Longest name taken apart; the longest clinical drug of RxNorm that is not a pack has about 1,000 characters. */
const LONGEST = 1000;
/** Components of a name; what has more is a mixture nobody can check by its name. */
const MOST_COMPONENTS = 20;

/** What stands behind a name in SNOMED CT, and the brand RxNorm puts in brackets. */
const TAG = /\s*\((?:product|substance|medicinal product|clinical drug|real clinical drug)\)\s*$/i;
const BRAND = /\s*\[[^[\]]*\]/g;
/** Size and duration that RxNorm puts in front: "24 HR ", "10 ML ". */
const FACTOR = /^(?:\d[\d.]* ?(?:hr|day|ml|actuat) )+/i;
const SEPARATOR = /\s+\/\s+|\s*\+\s*|\s*;\s*|\s+(?:and|with)\s+/i;
const STRENGTH =
  /^(.{1,300}?)[\s,]+(\d[\d,]*(?:\.\d+)?) ?(mcg|ug|µg|mg|gm?|iu|unt|units?|u|meq|mmol|%)(?: ?\/ ?(\d+(?:\.\d+)?)? ?([a-z]{1,10}))?(?![\p{L}\p{N}])/iu;

const UNITS: Readonly<Record<string, string>> = {
  ug: 'mcg',
  µg: 'mcg',
  gm: 'g',
  unt: 'iu',
  unit: 'iu',
  units: 'iu',
  u: 'iu',
  actuat: 'puff',
  actuation: 'puff',
  hr: 'hour',
  h: 'hour',
};

/** Words of forms, routes and releases: they tell products apart, not ingredients. */
const FORM_WORDS = new Set(
  `tablet tablets tab tabs capsule capsules cap caps caplet caplets oral form dose product pill pills injection injectable injections
   solution suspension syrup elixir liquid cream ointment gel lotion foam drop drops powder granules granule sachet sachets extended
   delayed sustained modified immediate prolonged release er xr xl sr cr ir ec enteric film coated dispersible effervescent chewable
   disintegrating orally inhaler inhalation inhalant spray nasal ophthalmic eye ear otic topical cutaneous rectal suppository
   suppositories patch transdermal vaginal sublingual buccal intravenous intramuscular subcutaneous infusion prefilled syringe pen vial
   ampoule ampule lozenge pessary for in as reconstitution`
    .trim()
    .split(/\s+/),
);

/** Folded name and, if words of its form stand around it, the name without them. */
function namesOf(text: string): string[] {
  const folded = foldText(text);
  const words = folded.split(' ');
  while (words.length > 1 && FORM_WORDS.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && FORM_WORDS.has(words[0] ?? '')) words.shift();
  return [...new Set([folded, words.join(' ')])].filter((name) => name !== '');
}

const unitOf = (text: string): string => UNITS[text.toLowerCase()] ?? text.toLowerCase();

function componentsOf(written: string): NameComponent[] {
  const text = written.replace(FACTOR, '').trim();
  const match = STRENGTH.exec(text);
  const named = match?.[1] ?? text;
  // "amoxicillin/clavulanate 500 mg/125 mg": two names before one strength, which is then nobody's.
  const several = named.split(/(?<=\p{L})\/(?=\p{L})/u);
  if (several.length > 1)
    return several.map((name) => ({ text: name.trim(), names: namesOf(name), strength: null }));
  const [, , amount = '', unit = '', perAmount, perUnit] = match ?? [];
  const strength =
    match === null || unit === '%'
      ? null
      : {
          amount: amount.replaceAll(',', ''),
          unit: unitOf(unit),
          perAmount: perUnit === undefined ? null : (perAmount ?? '1'),
          perUnit: perUnit === undefined ? null : unitOf(perUnit),
        };
  return [{ text: named.trim(), names: namesOf(named), strength }];
}

/**
 * Takes the name of a medicine apart: "Amoxicillin 120 MG/ML / clavulanate potassium 8.58 MG/ML Oral Suspension" has two
 * components with their strengths. A name that cannot be taken apart is one component; one too long has none.
 */
export function readMedicineName(text: string): NameComponent[] {
  const name = text.replace(BRAND, '').replace(TAG, '').trim();
  if (name === '' || name.length > LONGEST) return [];
  const pieces = name.split(SEPARATOR).filter((piece) => piece.trim() !== '');
  if (pieces.length > MOST_COMPONENTS) return [];
  return pieces.flatMap(componentsOf).filter(({ names }) => names.length > 0);
}

const ALLERGY_WORDS =
  /\b(?:allergy to|allergic to|allergic disposition to|hypersensitivity to|intolerance to|adverse reaction to|drug allergy|allergenic extracts?|allerg(?:y|ies)|hypersensitivity|intolerance)\b|,/gi;

/** The names an allergen may be known by: as written, and without the words that say that it is an allergy. */
export function readAllergenName(text: string): string[] {
  const name = text
    .replace(/\s*\((?:substance|product|disorder|finding|medicinal product)\)\s*$/i, '')
    .trim();
  if (name.length > LONGEST) return [];
  const bare = name.replace(ALLERGY_WORDS, ' ').replace(/\s+/g, ' ').trim();
  return [...new Set([name, bare])].filter((candidate) => candidate !== '');
}
