/**
 * A single word that is in an eighth of all products or more. What it met is left as codes in the workspace and scored
 * once, while it is counted and ranked: writing millions of scores down to read them again twice would take longer than
 * everything else. Whatever needs the scores before that settles them.
 */
import type { SegmentCounts } from './facets.domain.js';
import type { DocumentFilter } from './filter.domain.js';
import { headTable, scoreOf, TELLING_BELOW, TYPO_FROM } from './match-code.domain.js';
import type { SearchSegment } from './search-segment.domain.js';
import type { TopHits } from './top-hits.domain.js';
import type { SegmentLeaders } from './typo-leaders.domain.js';
import type { BroadWord, Workspace } from './workspace.domain.js';

/**
 * Leaves the codes in the workspace as they are. Documents found before get the better of both scores at once.
 * `enough`: so many telling products are looked for, and noted.
 */
export function defer(segment: SearchSegment, space: Workspace, word: BroadWord, enough: number): void {
  const { ranks, hidden, hasHidden, documentCount } = segment;
  const { current, found, best, foundCount } = space;
  const heads = headTable(word.tier);
  const prefixHeads = headTable(word.prefixTier);
  const scoreFor = (document: number, code: number): number => {
    const isPrefix = document >= word.prefixLo && document < word.prefixHi;
    return scoreOf((isPrefix ? prefixHeads[code] : heads[code]) ?? 0, ranks[document] ?? 0);
  };
  for (let n = 0; n < foundCount; n++) {
    const document = found[n] ?? 0;
    const code = current[document] ?? 0;
    if (code === 0) continue;
    current[document] = 0;
    best[document] = Math.min(best[document] ?? 0, scoreFor(document, code) + 1);
  }
  let telling = 0;
  for (let document = 0; document < documentCount && telling < enough; document++) {
    const code = current[document] ?? 0;
    if (code === 0 || (hasHidden && hidden[document] === 1)) continue;
    if (scoreFor(document, code) < TELLING_BELOW) telling++;
  }
  space.tellingCount += telling;
  space.broad = word;
}

/** Scores what was left, so that other passes can add to it. */
export function settle(segment: SearchSegment, space: Workspace): void {
  const { broad: word, current, found, best } = space;
  if (word === null) return;
  space.broad = null;
  const { ranks, hidden, hasHidden, documentCount } = segment;
  const heads = headTable(word.tier);
  const prefixHeads = headTable(word.prefixTier);
  let count = space.foundCount;
  for (let document = 0; document < documentCount; document++) {
    const code = current[document] ?? 0;
    if (code === 0) continue;
    current[document] = 0;
    if (hasHidden && hidden[document] === 1) continue;
    const isPrefix = document >= word.prefixLo && document < word.prefixHi;
    // Found before and left as well it cannot be: `defer` saw to that.
    best[document] = scoreOf((isPrefix ? prefixHeads[code] : heads[code]) ?? 0, ranks[document] ?? 0) + 1;
    found[count++] = document;
  }
  space.foundCount = count;
}

/** Scores, narrows, counts and ranks what was left, in the order of names; answers how many passed. */
export function rankBroad(
  segment: SearchSegment,
  space: Workspace,
  filter: DocumentFilter,
  counts: SegmentCounts | null,
  top: TopHits,
  leaders: SegmentLeaders,
): number {
  const { broad: word, current } = space;
  if (word === null) return 0;
  space.broad = null;
  const { ranks, hidden, hasHidden, documentCount } = segment;
  const heads = headTable(word.tier);
  const prefixHeads = headTable(word.prefixTier);
  let passed = 0;
  for (let document = 0; document < documentCount; document++) {
    const code = current[document] ?? 0;
    if (code === 0) continue;
    current[document] = 0;
    if ((hasHidden && hidden[document] === 1) || (filter !== null && !filter(document))) continue;
    const isPrefix = document >= word.prefixLo && document < word.prefixHi;
    const score = scoreOf((isPrefix ? prefixHeads[code] : heads[code]) ?? 0, ranks[document] ?? 0);
    if (score <= top.worst) top.offer(score, document);
    if (score >= TYPO_FROM) leaders.offer(score, document);
    if (counts !== null) counts.countOne(document);
    passed++;
  }
  return passed;
}
