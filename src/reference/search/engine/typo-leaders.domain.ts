/**
 * A misspelt word may be several words. The likeliest may have dozens of products that would push the product that was
 * meant off the first page, so the first hits show the best of each: a few of the likeliest, then one of each other.
 */
import {
  CLASS_NAME,
  CLASS_SYNONYM,
  classOfScore,
  isCorrection,
  LEAD_WITHIN,
  typoCostOf,
} from './match-code.domain.js';

/** Hits of the likeliest correction shown before the others have their turn. */
const OF_THE_LIKELIEST = 3;
/** Hits among which each correction has its place. */
const FIRST_HITS = 10;
const OTHERS = FIRST_HITS - OF_THE_LIKELIEST;
/** Other spellings shown before corrections have their turn, and how many of those. */
const SPELLINGS = 7;
const BESIDE_SPELLINGS = 3;

interface Scored {
  readonly score: number;
  readonly document: number;
  readonly segment: number;
}

const COSTS = 64;
/** A brand and an ingredient of one name are two things to mean: each correction has a leader of either sort. */
const SORTS = 2;

const keyOf = (score: number): number =>
  typoCostOf(score) * SORTS + (classOfScore(score) === CLASS_NAME ? 0 : 1);

/** The best hit of each correction in one segment; without garbage, since a correction may have 100,000 hits. */
export class SegmentLeaders {
  readonly scores = new Int32Array(COSTS * SORTS).fill(-1);
  readonly documents = new Int32Array(COSTS * SORTS);

  /** Scores of other kinds, and makers, forms and groups, are passed over. Of equal scores the lower document is better. */
  offer(score: number, document: number): void {
    if (typoCostOf(score) < 0 || classOfScore(score) > CLASS_SYNONYM) return;
    const key = keyOf(score);
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
    const literal = ranked.findIndex(({ score }) => isCorrection(score));
    if (this.best.size === 0 || literal < 0 || literal >= FIRST_HITS) return ranked;
    const typo = ranked.findIndex(({ score }) => typoCostOf(score) >= 0);
    const spellings = (typo < 0 ? ranked.length : typo) - literal;
    // Other spellings are guesses too: so many of them leave room for a few others.
    if (spellings > SPELLINGS) return moveUp(ranked, literal + SPELLINGS, this.leaders(-1, BESIDE_SPELLINGS));
    if (typo < 0) return ranked;
    const likeliest = typoCostOf(ranked[typo]?.score ?? 0);
    const leaders = this.leaders(likeliest, OTHERS);
    const rest = ranked.slice(typo).filter((hit) => !isAmong(leaders, hit));
    let head = 0;
    while (head < OF_THE_LIKELIEST && typoCostOf(rest[head]?.score ?? 0) === likeliest) head++;
    return moveUp(ranked, typo + head, leaders);
  }

  /** One hit for each correction but the likeliest; then those that a correction owes to the other sort of match. */
  private leaders(likeliest: number, most: number): Scored[] {
    const keys = [...this.best.keys()].sort((a, b) => a - b);
    const least = (likeliest < 0 ? Math.floor((keys[0] ?? 0) / SORTS) : likeliest) + LEAD_WITHIN;
    const near = keys.filter((key) => key >= (likeliest + 1) * SORTS && key < least * SORTS);
    const isSecond = (key: number): boolean => key % SORTS === 1 && this.best.has(key - 1);
    const seconds = keys.filter((key) => key === likeliest * SORTS + 1).concat(near.filter(isSecond));
    return [...near.filter((key) => !isSecond(key)), ...seconds]
      .slice(0, most)
      .flatMap((key) => this.best.get(key) ?? [])
      .sort((a, b) => a.score - b.score || this.compare(a, b));
  }
}

const isAmong = (hits: readonly Scored[], { document, segment }: Scored): boolean =>
  hits.some((hit) => hit.document === document && hit.segment === segment);

/** The hits with some of them put at a place, wherever they stood behind it. */
function moveUp(ranked: readonly Scored[], place: number, moved: readonly Scored[]): readonly Scored[] {
  const others = ranked.filter((hit) => !isAmong(moved, hit));
  return [...others.slice(0, place), ...moved, ...others.slice(place)];
}
