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

const COSTS = 64;

/** The best hit of each correction in one segment; without garbage, since a correction may have 100,000 hits. */
export class SegmentLeaders {
  readonly scores = new Int32Array(COSTS * CLASSES).fill(-1);
  readonly documents = new Int32Array(COSTS * CLASSES);

  /** Scores of other kinds are passed over. Of equal scores the lower document is better. */
  offer(score: number, document: number): void {
    const cost = typoCostOf(score);
    if (cost < 0) return;
    // A brand and an ingredient of one name are two things to mean.
    const key = cost * CLASSES + classOfScore(score);
    const known = this.scores[key] ?? -1;
    if (known >= 0 && (score > known || (score === known && document > (this.documents[key] ?? 0)))) return;
    this.scores[key] = score;
    this.documents[key] = document;
  }
}

export class TypoLeaders {
  private readonly best = new Map<number, Scored>();

  constructor(private readonly compare: (a: Scored, b: Scored) => number) {}

  addFrom({ scores, documents }: SegmentLeaders, segment: number): void {
    for (let key = 0; key < scores.length; key++) {
      const score = scores[key] ?? -1;
      if (score < 0) continue;
      const hit = { score, document: documents[key] ?? 0, segment };
      const known = this.best.get(key);
      if (
        known === undefined ||
        score < known.score ||
        (score === known.score && this.compare(hit, known) < 0)
      )
        this.best.set(key, hit);
    }
  }

  /** The hits, in order of score, with the leaders of the less likely corrections moved up. */
  mixInto(ranked: readonly Scored[]): readonly Scored[] {
    if (this.best.size < 2) return ranked;
    const first = ranked.findIndex(({ score }) => typoCostOf(score) >= 0);
    if (first < 0 || first >= OF_THE_LIKELIEST + OTHERS) return ranked;
    const [likeliest = 0, ...keys] = [...this.best.keys()].sort((a, b) => a - b);
    const leaders = keys
      .filter((key) => likeliest >= POOR * CLASSES || key < likeliest + UNLIKELY * CLASSES)
      .slice(0, OTHERS)
      .flatMap((key) => this.best.get(key) ?? []);
    const isLeader = (hit: Scored): boolean =>
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
