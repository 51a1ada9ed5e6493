/**
 * A misspelt word may be several words. The likeliest may have dozens of products that would push the product that was
 * meant off the first page, so the first hits show the best of each: a few of the likeliest, then one of each other.
 */
import { classOfScore, TYPO_COST, typoCostOf } from './match-code.domain.js';

/** Hits of the likeliest correction shown before the others have their turn. */
const OF_THE_LIKELIEST = 4;
/** Other corrections shown among the first ten hits. */
const OTHERS = 6;
/** Corrections that cost so much more than the likeliest one are not worth a place. */
const UNLIKELY = 5;
/** A correction of this cost is a poor guess itself: then the others are as good. */
const POOR = TYPO_COST + 7;
const CLASSES = 8;

interface Scored {
  readonly score: number;
  readonly document: number;
  readonly segment: number;
}

export class TypoLeaders<Hit extends Scored> {
  private readonly best = new Map<number, Hit>();

  constructor(private readonly compare: (a: Hit, b: Hit) => number) {}

  /** Notes a hit that is owed to a correction. A brand and an ingredient of one name are two things to mean. */
  offer(hit: Hit): void {
    const key = keyOf(hit);
    const known = this.best.get(key);
    if (
      known === undefined ||
      hit.score < known.score ||
      (hit.score === known.score && this.compare(hit, known) < 0)
    )
      this.best.set(key, hit);
  }

  /** The hits, in order of score, with the leaders of the less likely corrections moved up. */
  mixInto(ranked: readonly Hit[]): readonly Hit[] {
    if (this.best.size < 2) return ranked;
    const first = ranked.findIndex(({ score }) => typoCostOf(score) >= 0);
    if (first < 0 || first >= OF_THE_LIKELIEST + OTHERS) return ranked;
    const [likeliest = 0, ...keys] = [...this.best.keys()].sort((a, b) => a - b);
    const leaders = keys
      .filter((key) => likeliest >= POOR * CLASSES || key < likeliest + UNLIKELY * CLASSES)
      .slice(0, OTHERS)
      .flatMap((key) => this.best.get(key) ?? []);
    const isLeader = (hit: Hit): boolean =>
      leaders.some(({ document, segment }) => document === hit.document && segment === hit.segment);
    const rest = ranked.slice(first).filter((hit) => !isLeader(hit));
    let head = 0;
    for (
      let hit = rest[0];
      hit !== undefined && head < OF_THE_LIKELIEST && keyOf(hit) === likeliest;
      hit = rest[head]
    )
      head++;
    return [...ranked.slice(0, first), ...rest.slice(0, head), ...leaders, ...rest.slice(head)];
  }
}

const keyOf = ({ score }: Scored): number => typoCostOf(score) * CLASSES + classOfScore(score);
