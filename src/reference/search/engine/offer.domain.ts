/** Scores products and notes them as found. */
import { defer } from './broad-word.domain.js';
import { isDense, markAll, markListed } from './gather.domain.js';
import {
  headOf,
  headTable,
  scoreOf,
  scoreOfWhole,
  TELLING_BELOW,
  TIER_BARCODE,
  TIER_EXACT,
  TIER_PREFIX,
} from './match-code.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { SegmentWord } from './word-match.domain.js';
import type { Workspace } from './workspace.domain.js';

/** Tier of products whose words decide. */
export const BY_WORDS = -1;

interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** Where a whole query stands among the names of one segment. */
export interface NameMatch {
  readonly exact: Range;
  readonly prefix: Range;
  /** Places in the segment's `arabicOrder`. */
  readonly arabicExact: Range;
  readonly arabicPrefix: Range;
  readonly nameHash: number;
  readonly barcode: string | null;
}

/** Scores the candidates that `matchAll` left. `tier` is fixed for all of them, or BY_WORDS. */
export function offerCandidates(
  segment: SearchSegment,
  space: Workspace,
  count: number,
  tier: number,
  names: NameMatch | null,
): void {
  const { candidates, sums } = space;
  const prefixLo = names?.prefix.lo ?? 0;
  const prefixHi = names?.prefix.hi ?? 0;
  const { ranks, hidden, hasHidden } = segment;
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    if (hasHidden && hidden[document] === 1) continue;
    const isPrefix = (document >= prefixLo && document < prefixHi) || space.isArabicPrefix[document] === 1;
    const head = headOf(sums[n] ?? 0, isPrefix && tier === BY_WORDS ? TIER_PREFIX : tier);
    const score = scoreOf(head, ranks[document] ?? 0);
    if (score < TELLING_BELOW) space.tellingCount++;
    space.offer(document, score);
  }
}

/**
 * Finds what meets a single word: a letter or a unit can be in half of all products, and they are counted exactly.
 * `enough`: telling products beyond which nobody asks how many there are.
 */
export function offerOneWord(
  segment: SearchSegment,
  word: SegmentWord,
  space: Workspace,
  tier: number,
  names: NameMatch | null,
  enough: number,
): void {
  const prefixLo = names?.prefix.lo ?? 0;
  const prefixHi = names?.prefix.hi ?? 0;
  const prefixTier = tier === BY_WORDS ? TIER_PREFIX : tier;
  const hasArabic = names !== null && names.arabicPrefix.hi > names.arabicPrefix.lo;
  if (isDense(segment, word) && !hasArabic) {
    markAll(segment, word, space);
    defer(segment, space, { tier, prefixTier, prefixLo, prefixHi }, names === null ? 0 : enough);
    return;
  }
  const { ranks, hidden, hasHidden } = segment;
  const { current, candidates, isArabicPrefix } = space;
  const heads = headTable(tier);
  const prefixHeads = headTable(prefixTier);
  const count = markListed(segment, word, space);
  for (let n = 0; n < count; n++) {
    const document = candidates[n] ?? 0;
    const code = current[document] ?? 0;
    current[document] = 0;
    if (hasHidden && hidden[document] === 1) continue;
    const isPrefix =
      (document >= prefixLo && document < prefixHi) || (hasArabic && isArabicPrefix[document] === 1);
    const score = scoreOf((isPrefix ? prefixHeads[code] : heads[code]) ?? 0, ranks[document] ?? 0);
    if (score < TELLING_BELOW) space.tellingCount++;
    space.offer(document, score);
  }
}

/** Marks Arabic names that begin with the query, for the two above; call again with 0 to unmark. */
export function markArabicPrefix(
  segment: SearchSegment,
  space: Workspace,
  names: NameMatch,
  mark: 0 | 1,
): void {
  const { lo, hi } = names.arabicPrefix;
  for (let at = lo; at < hi; at++) space.isArabicPrefix[segment.arabicOrder[at] ?? 0] = mark;
}

/** After every other name that begins with the query. */
const LAST = 7;

const isUnmet = ({ best, current }: Workspace, document: number): boolean =>
  best[document] === 0 && current[document] === 0;

/** Products found as a whole: by barcode, by exact name, by the beginning of the name where no word list had them. */
export function offerWhole(segment: SearchSegment, space: Workspace, names: NameMatch): void {
  const { ranks, nameHashes, hidden, arabicOrder } = segment;
  const offer = (document: number, tier: number, order: number): void => {
    if (hidden[document] === 1) return;
    if (tier !== TIER_PREFIX) space.hasWhole = true;
    // Not to be found twice, where it still awaits its score.
    space.current[document] = 0;
    space.offer(document, scoreOfWhole(tier, order, ranks[document] ?? 0));
  };
  for (let document = names.prefix.lo; document < names.prefix.hi; document++)
    if (isUnmet(space, document)) offer(document, TIER_PREFIX, LAST);
  for (let at = names.arabicPrefix.lo; at < names.arabicPrefix.hi; at++)
    if (isUnmet(space, arabicOrder[at] ?? 0)) offer(arabicOrder[at] ?? 0, TIER_PREFIX, LAST);
  for (let document = names.exact.lo; document < names.exact.hi; document++)
    offer(document, TIER_EXACT, nameHashes[document] === names.nameHash ? 0 : 1);
  for (let at = names.arabicExact.lo; at < names.arabicExact.hi; at++)
    offer(arabicOrder[at] ?? 0, TIER_EXACT, 2);
  if (names.barcode !== null)
    for (const document of segment.documentsOfBarcode(names.barcode)) offer(document, TIER_BARCODE, 0);
}
