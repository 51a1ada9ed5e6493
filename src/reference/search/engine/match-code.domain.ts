/**
 * How well one word of a query fits one product, and a whole query one product, as numbers: the smaller the better.
 * Everything here depends on the product and the query alone, never on the segment, so that scores of several segments
 * compare.
 */
import type { SearchKind } from './search.types.js';

/*
 * Place byte: where a word stands in a product. Low byte of a posting and of an entry of the product's word list; the
 * upper 24 bits are the product, or the word.
 */
/** 0x01–0x0f: place in the name, the 15th and later alike. */
export const LAST_PLACE = 15;
/** 0x11–0x1f: derived from the word at that place ("=500mg"), not itself a word of the name. */
export const DERIVED = 0x10;
/** 0x21–0x2f, 0x31–0x3f: the same for the Arabic name. */
export const ARABIC = 0x20;
export const PLACE_INGREDIENT = 0x40;
export const PLACE_STRENGTH = 0x41;
export const PLACE_ATC = 0x42;
export const PLACE_TEXT = 0x43;
export const PLACE_LITERAL = 0x44;

/* What the word met, best first. */
export const CLASS_NAME = 0;
export const CLASS_INGREDIENT = 1;
export const CLASS_SYNONYM = 2;
export const CLASS_GROUP = 3;
/** Says nothing about which medicine: form, route, maker, strength. */
export const CLASS_ATTRIBUTE = 4;
export const CLASS_TEXT = 5;

/*
 * Word code, 14 bits: cost (5) · class (4) · unfinished (1) · place (4). Never 0, which stands for "not met".
 */
export const UNFINISHED_BIT = 1 << 4;
export const CLASS_SHIFT = 5;
export const COST_SHIFT = 9;
export const WORST_COST = 31;
/** Costs below this are other spellings of the same word, from it on corrections. */
export const TYPO_COST = 4;
/** Corrections that cost less than this beyond the likeliest one have the best of their products among the first hits. */
export const LEAD_WITHIN = 12;

/** The class and place part of the word code for each place byte. */
export const CODE_OF_PLACE: Uint16Array = makeCodes();

function makeCodes(): Uint16Array {
  const codes = new Uint16Array(256);
  for (let place = 1; place < 0x40; place++)
    codes[place] = (CLASS_NAME << CLASS_SHIFT) | Math.max(1, place & LAST_PLACE);
  codes[PLACE_INGREDIENT] = CLASS_INGREDIENT << CLASS_SHIFT;
  codes[PLACE_STRENGTH] = CLASS_ATTRIBUTE << CLASS_SHIFT;
  codes[PLACE_ATC] = CLASS_GROUP << CLASS_SHIFT;
  codes[PLACE_TEXT] = CLASS_TEXT << CLASS_SHIFT;
  codes[PLACE_LITERAL] = (CLASS_NAME << CLASS_SHIFT) | LAST_PLACE;
  return codes;
}

/*
 * What the words of a query together make of a product, 20 bits: typo (1) · cost (6) · told (1) · class (3) ·
 * outside the name (3) · unfinished (2) · place (4). `told`: some word says which medicine (is no attribute).
 */
const SUM_PLACE = 0xf;
const SUM_UNFINISHED_SHIFT = 4;
const SUM_OUTSIDE_SHIFT = 6;
const SUM_CLASS_SHIFT = 9;
const SUM_TOLD = 1 << 12;
const SUM_COST_SHIFT = 13;
const SUM_TYPO = 1 << 19;

/**
 * Adds one more word's code to the sum of the words before (0 at first). A word that is not telling (a number beside
 * other words: "5" stands in thousands of names) has no say in the kind of the match.
 */
export function addWord(sum: number, code: number, isTelling: boolean): number {
  const cost = code >>> COST_SHIFT;
  const kind = (code >>> CLASS_SHIFT) & 0xf;
  let typo = sum & SUM_TYPO;
  let allCost = (sum >>> SUM_COST_SHIFT) & 0x3f;
  if (cost !== 0) {
    allCost = Math.min(63, allCost + cost);
    if (cost >= TYPO_COST) typo = SUM_TYPO;
  }
  let told = sum & SUM_TOLD;
  let worst = (sum >>> SUM_CLASS_SHIFT) & 7;
  if (isTelling && kind !== CLASS_ATTRIBUTE) {
    told = SUM_TOLD;
    if (kind > worst) worst = kind;
  }
  let outside = (sum >>> SUM_OUTSIDE_SHIFT) & 7;
  if (kind !== CLASS_NAME && outside < 7) outside++;
  let unfinished = (sum >>> SUM_UNFINISHED_SHIFT) & 3;
  if ((code & UNFINISHED_BIT) !== 0 && unfinished < 3) unfinished++;
  const place = Math.min(SUM_PLACE, (sum & SUM_PLACE) + (kind === CLASS_NAME ? code & 0xf : 0));
  return (
    typo |
    (allCost << SUM_COST_SHIFT) |
    told |
    (worst << SUM_CLASS_SHIFT) |
    (outside << SUM_OUTSIDE_SHIFT) |
    (unfinished << SUM_UNFINISHED_SHIFT) |
    place
  );
}

/**
 * Kinds of match in the order of their rank. An attribute met by the beginning of a word ("nov" for everything of
 * Novartis) says less than a corrected brand, so it stands twice.
 */
const TIERS = [
  'exact',
  'barcode',
  'prefix',
  'brand',
  'ingredient',
  'synonym',
  'group',
  'attribute',
  'spelling',
  'typo',
  'attribute',
  'text',
  'partial',
] as const satisfies readonly SearchKind[];

export const TIER_EXACT = TIERS.indexOf('exact');
export const TIER_BARCODE = TIERS.indexOf('barcode');
export const TIER_PREFIX = TIERS.indexOf('prefix');
export const TIER_PARTIAL = TIERS.indexOf('partial');
const TIER_ATTRIBUTE = TIERS.indexOf('attribute');
const TIER_SPELLING = TIERS.indexOf('spelling');
const TIER_TYPO = TIERS.indexOf('typo');
const TIER_LOOSE_ATTRIBUTE = TIERS.lastIndexOf('attribute');
const TIER_TEXT = TIERS.indexOf('text');

const TIER_OF_CLASS = Uint8Array.of(
  TIERS.indexOf('brand'),
  TIERS.indexOf('ingredient'),
  TIERS.indexOf('synonym'),
  TIERS.indexOf('group'),
  TIER_ATTRIBUTE,
  TIER_TEXT,
);

/*
 * Score, 31 bits: tier (4) · cost (6) · class (3) · withdrawn (1) · outside (3) · unfinished (2) · place (4) · tail (8).
 */
const TIER_SHIFT = 27;
const SCORE_COST_SHIFT = 21;
const SCORE_CLASS_SHIFT = 18;
const SCORE_WITHDRAWN_SHIFT = 17;
const SCORE_OUTSIDE_SHIFT = 14;
const SCORE_UNFINISHED_SHIFT = 12;
const SCORE_PLACE_SHIFT = 8;

/*
 * Rank of a product beside any query, 17 bits: withdrawn (1, at the place it has in the score) · number of ingredients
 * (8) · length of the name (8).
 */
const RANK_LENGTH = 0xff;
const RANK_INGREDIENTS_SHIFT = 8;
const RANK_WITHDRAWN = 1 << SCORE_WITHDRAWN_SHIFT;

/** `nameLength` in characters; `withdrawn` 0 or 1. */
export function rankOf(nameLength: number, ingredients: number, withdrawn: number): number {
  return (
    (withdrawn << SCORE_WITHDRAWN_SHIFT) |
    (Math.min(255, ingredients) << RANK_INGREDIENTS_SHIFT) |
    Math.min(255, nameLength)
  );
}

/** Set in a head score when the name's length decides between equals, not the number of ingredients. */
const BY_LENGTH = 0x80;

/**
 * The part of a score that the words decide. `tier` fixes the tier (prefix, partial) or is -1: it follows from the words.
 */
export function headOf(sum: number, tier: number): number {
  const isTold = (sum & SUM_TOLD) !== 0;
  const worst = isTold ? (sum >>> SUM_CLASS_SHIFT) & 7 : CLASS_ATTRIBUTE;
  const cost = (sum >>> SUM_COST_SHIFT) & 0x3f;
  const unfinished = (sum >>> SUM_UNFINISHED_SHIFT) & 3;
  let here = tier;
  if (tier < 0) {
    if ((sum & SUM_TYPO) !== 0) here = TIER_TYPO;
    else if (cost !== 0) here = TIER_SPELLING;
    else if (worst === CLASS_ATTRIBUTE && unfinished !== 0) here = TIER_LOOSE_ATTRIBUTE;
    else here = TIER_OF_CLASS[worst] ?? TIER_ATTRIBUTE;
  }
  return (
    (here << TIER_SHIFT) |
    (cost << SCORE_COST_SHIFT) |
    (worst << SCORE_CLASS_SHIFT) |
    (((sum >>> SUM_OUTSIDE_SHIFT) & 7) << SCORE_OUTSIDE_SHIFT) |
    (unfinished << SCORE_UNFINISHED_SHIFT) |
    ((sum & SUM_PLACE) << SCORE_PLACE_SHIFT) |
    (worst === CLASS_NAME ? BY_LENGTH : 0)
  );
}

/** From BY_LENGTH not set to the eight bits that the number of ingredients is shifted by. */
const BY_LENGTH_TO_SHIFT = 4;

/** A score from the part the words decide and the rank of the product. Without a branch: broad searches call it for millions. */
export function scoreOf(head: number, rank: number): number {
  const tail = (rank >>> ((~head & BY_LENGTH) >>> BY_LENGTH_TO_SHIFT)) & RANK_LENGTH;
  return (head & ~BY_LENGTH) | (rank & RANK_WITHDRAWN) | tail;
}

let headsByTier: Map<number, Int32Array> | undefined;

/** The head score for every code a single word can have; made once for a tier, since broad searches have one word. */
export function headTable(tier: number): Int32Array {
  headsByTier ??= new Map();
  let heads = headsByTier.get(tier);
  if (heads === undefined) {
    heads = new Int32Array(1 << 14);
    for (let code = 1; code < heads.length; code++) heads[code] = headOf(addWord(0, code, true), tier);
    headsByTier.set(tier, heads);
  }
  return heads;
}

/** The score of an exact name (`order` 0: character by character), a barcode, or a name found by its beginning only. */
export function scoreOfWhole(tier: number, order: number, rank: number): number {
  return (tier << TIER_SHIFT) | (order << SCORE_CLASS_SHIFT) | (rank & (RANK_WITHDRAWN | RANK_LENGTH));
}

const tierOf = (score: number): number => score >>> TIER_SHIFT;
export const kindOfScore = (score: number): SearchKind => TIERS[tierOf(score)] ?? 'text';
/** From this score on only other spellings, loose attributes or text were met: worth looking further. */
export const TELLING_BELOW = TIER_SPELLING << TIER_SHIFT;
export const isCorrection = (score: number): boolean =>
  tierOf(score) === TIER_TYPO || tierOf(score) === TIER_SPELLING;

/** Scores of corrections begin here. */
export const TYPO_FROM = TIER_TYPO << TIER_SHIFT;

/** The cost of the corrections of a `typo`; tells which of several corrections a hit is owed to. -1 for other kinds. */
export const typoCostOf = (score: number): number =>
  tierOf(score) === TIER_TYPO ? (score >>> SCORE_COST_SHIFT) & 0x3f : -1;

/** What the least telling word met (CLASS_NAME, …). */
export const classOfScore = (score: number): number => (score >>> SCORE_CLASS_SHIFT) & 7;
