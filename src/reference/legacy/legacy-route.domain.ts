/** What a stated route means: the route of the catalogue, and the form family where a compound value names it. */
export interface StatedRoute {
  readonly route: string | null;
  /** solid-oral, liquid-oral: from oral.solid, oral.liquid. */
  readonly family: string | null;
}

/** Routes by the words older catalogues use, first match wins; the narrow ones stand before the wide ones. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/sub ?lingual|\bs ?l\b|under the tongue|تحت اللسان/u, 'sublingual'],
  [
    /buccal|oro ?mucosal|mouth ?wash|gargle|dental|gingival|\bgums?\b|throat|oropharyngeal|mouth$|غسول (?:ال)?فم/u,
    'oromucosal',
  ],
  [/trans ?dermal|patch(?:es)?\b|لصق/u, 'transdermal'],
  [/intra ?venous|\bi ?v\b|infus|\biv ?(?:inf|bolus|drip)/u, 'intravenous'],
  [/intra ?muscular|\bi ?m\b/u, 'intramuscular'],
  [/sub ?cutaneous|\bs ?c\b|\bs ?q\b|\bsub ?cut\b|تحت الجلد/u, 'subcutaneous'],
  [
    /inj(?:ec(?:t(?:ions?|able)?)?)?s?\b|parenteral|intra ?(?:dermal|articular|thecal|vitreal|lesional|arterial|cavernous|peritoneal|ocular|osseous)|epidural|dialysis|ampoules?\b|vials?\b|حقن/u,
    'injection',
  ],
  [/ophth?al?m|\beyes?\b|ocular|conjunctival|\boph\b|عين|عيون/u, 'ophthalmic'],
  [/\bears?\b|\botic\b|auricular|aural|أذن|اذن/u, 'otic'],
  [/nasal|\bnose\b|intra ?nasal|أنف|انف/u, 'nasal'],
  [/inhal|pulmonary|respirat|nebuli[sz]|\binh\b|aerosol|استنشاق/u, 'inhalation'],
  [/rectal|rectum|\banal\b|supposit|enema|\bp ?r\b|شرج|لبوس/u, 'rectal'],
  [/vagin|intra ?uterine|\bp ?v\b|gyn[ae]|مهبل/u, 'vaginal'],
  [
    /topical|cutaneous|external|dermal|\bskin\b|scalp|\bhair\b|soap|shampoo|cream|ointment|\bgel\b|lotion|موضع|جلد/u,
    'topical',
  ],
  [
    /oral|\bp ?o\b|per ?os|by mouth|peroral|enteral|orodispers|\beff(?:erv(?:escent)?)?\b|tablets?\b|\btabs?\b|capsules?\b|\bcaps?\b|syrup|فم/u,
    'oral',
  ],
];

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/solid|tablet|\btab|caps|pill/u, 'solid-oral'],
  [/liquid|syrup|susp|drops|solution|\bsol\b/u, 'liquid-oral'],
  [/\beff(?:erv(?:escent)?)?\b/u, 'effervescent'],
];

const NOTHING =
  /^(?:unknown|unspecified|not (?:known|specified|stated|applicable)|none|null|n ?a|other|others|misc|various|general|غير معروف)$/u;

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    // "I.V." is one word, "oral.solid" two.
    .replaceAll(/\b([a-z])[./]\s?([a-z])\b\.?/gu, '$1$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** True where the text says that nothing is known: neither a route nor a mistake. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(fold(text));
}

/**
 * Reads a route as older catalogues write it: any case, plural, abbreviation, with the form behind a dot ("oral.solid",
 * "Injection.I.V"). Undefined: not understood.
 */
export function readRoute(text: string): StatedRoute | undefined {
  const folded = fold(text);
  if (folded === '' || NOTHING.test(folded)) return undefined;
  // In a compound the part in front is the route ("oral.drops.eye" does not occur); the rest narrows it.
  const [head = ''] = folded.split(' ');
  const route = routeOf(folded, head);
  if (route === undefined) return undefined;
  const family = route === 'oral' ? FAMILIES.find(([words]) => words.test(folded))?.[1] : undefined;
  return { route, family: family ?? null };
}

function routeOf(folded: string, head: string): string | undefined {
  const whole = WORDS.find(([words]) => words.test(folded))?.[1];
  const first = WORDS.find(([words]) => words.test(head))?.[1];
  // "oral.solid" and "oral tablets": the front decides, unless what stands behind is a narrower way of the same.
  if (first === 'oral' && whole !== undefined)
    return ['sublingual', 'oromucosal'].includes(whole) ? whole : 'oral';
  if (first === 'topical' && whole !== undefined) return whole === 'transdermal' ? whole : 'topical';
  return whole;
}
