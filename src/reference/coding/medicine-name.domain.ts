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
/** Size, duration and make that RxNorm puts in front: "24 HR ", "10 ML ", "Abuse-Deterrent 12 HR ". */
const FACTOR =
  /^(?:(?:\d[\d.]* ?(?:hr|day|ml|actuat)|abuse-deterrent|once-daily|twice-daily|\d+\/\d+ release|osmotic|sprinkle|micronized|modified) )+/i;
const SEPARATOR = /\s+\/\s+|\s*\+\s*|\s*;\s*|\s+(?:and|with)\s+/i;
const STRENGTH =
  /^(.{1,300}?)[\s,]+(\d[\d,]*(?:\.\d+)?) ?(mcg|ug|µg|mg|gm?|iu|unt|units?|u|meq|mmol|ml|%)(?: ?\/ ?(\d+(?:\.\d+)?)? ?([a-z]{1,10}))?(?![\p{L}\p{N}])/iu;

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

/** What pharmacopoeias and RxNorm put behind a name: "insulin aspart, human", "thyroid (USP)". */
const QUALIFIER = /\s*(?:,|\(|\b)\s*(?:usp|human|porcine|bovine|equine|ovine|recombinant)\)?\s*$/i;

/** Four letters without meaning that FDA puts behind the name of a biological: "risankizumab-rzaa". */
const BIOLOGIC_SUFFIX = /(mab|cept|stim|ase|tropin|tide|ermin|poetin|fusp)-[a-z]{4}\b/i;

/** Acids and cations that make a salt of what stands before them; the substance is what acts. */
const SALT_WORDS = new Set(
  `hydrochloride dihydrochloride hcl hydrobromide sulfate sulphate phosphate acetate maleate fumarate tartrate bitartrate citrate
   mesylate mesilate besylate besilate tosylate succinate dimesylate nitrate gluconate lactate malate pamoate stearate sodium
   potassium calcium magnesium meglumine trometamol tromethamine monohydrate dihydrate trihydrate hydrate anhydrous`
    .trim()
    .split(/\s+/),
);
/** What stands before a salt word here is no substance of its own: "sodium acetate" is not "sodium". */
const ELEMENTS = new Set(
  'sodium potassium calcium magnesium lithium zinc iron ferrous ferric aluminium aluminum copper silver ammonium barium bismuth'.split(
    ' ',
  ),
);

/** The name without the words that make it a salt; undefined where it has none or would be no substance. */
function withoutSalt(words: readonly string[]): string | undefined {
  const kept = [...words];
  while (kept.length > 1 && SALT_WORDS.has(kept.at(-1) ?? '')) kept.pop();
  return kept.length === words.length || ELEMENTS.has(kept[0] ?? '') ? undefined : kept.join(' ');
}

/** The folded name as written, then without the words of form around it, its qualifier and its salt. */
function namesOf(text: string): string[] {
  const folded = foldText(text);
  const words = foldText(text.replace(QUALIFIER, '').replace(BIOLOGIC_SUFFIX, '$1')).split(' ');
  while (words.length > 1 && FORM_WORDS.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && FORM_WORDS.has(words[0] ?? '')) words.shift();
  const bare = words.join(' ');
  return [...new Set([folded, bare, withoutSalt(words) ?? bare])].filter((name) => name !== '');
}

const unitOf = (text: string): string => UNITS[text.toLowerCase()] ?? text.toLowerCase();

/** A pack as RxNorm writes it, "{21 (a 1 MG / b 2 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack": its pieces. */
function piecesOfPack(name: string): string {
  return name
    .replace(/^\{/, '')
    .replace(/\}\s*pack\s*$/i, '')
    .replace(/\b\d+ \((?=[\d.]+ (?:MG|ML)\))[^()]*\)/g, '')
    .replace(/(^|\s)(?:\d+ )?\((?=\S)/g, '$1')
    .replace(
      /(?<=(?:Tablet|Capsule|Solution|Suspension|Injection|Powder|Gel|Cream|System|Granules|Kit|Suppository|Ointment|Film|Spray|Pack|Product|Wafer|Syringe))\)/g,
      '',
    );
}

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
  const plain = text.replace(BRAND, '').replace(TAG, '').trim();
  if (plain === '' || plain.length > LONGEST) return [];
  const isPack = plain.startsWith('{');
  const name = isPack ? piecesOfPack(plain) : plain;
  const pieces = name.split(SEPARATOR).filter((piece) => piece.trim() !== '');
  if (pieces.length > MOST_COMPONENTS) return [];
  const components = pieces.flatMap(componentsOf).filter(({ names }) => names.length > 0);
  if (!isPack) return components;
  // Which piece is taken when, a name does not say: no strength is that of a dose.
  return components
    .filter(({ names }) => names[0] !== 'inert ingredients')
    .map((component) => ({ ...component, strength: null }));
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
