import type { ClinicalAlert, NotChecked, Screening } from '../../reference/clinical/clinical.types.js';

/** A product as far as the choice between alternatives must know it. */
export interface Candidate {
  readonly drugId: number;
  readonly ingredientIds: readonly number[];
  readonly isInStock: boolean;
  readonly sameRoute: boolean;
}

/** An alternative that would not stop: what it would still raise, and what could not be checked about it or the patient. */
export interface Harmless<Product extends Candidate> {
  readonly product: Product;
  readonly alerts: readonly ClinicalAlert[];
  readonly notChecked: readonly NotChecked[];
}

/** What became of the candidates. */
export interface Weighed<Product extends Candidate> {
  readonly offered: readonly Harmless<Product>[];
  /** Would stop as well. */
  readonly stopping: number;
  /** Could not be judged at all: nobody can say that they would not stop. */
  readonly unjudged: number;
}

/**
 * Which candidates may be offered: those that add no stop to what stands without them, and whose ingredients are known. In the
 * order in which they are offered: in stock, same route, fewest further alerts, fewest gaps, and else as they came (the nearest
 * and cheapest first). `withEach` are the screenings with each candidate in the order of the candidates, `without` the one with
 * none of them.
 */
export function weigh<Product extends Candidate>(
  candidates: readonly Product[],
  without: Screening,
  withEach: readonly Screening[],
): Weighed<Product> {
  const standing = new Set(without.alerts.map(({ fingerprint }) => fingerprint));
  const stopped = new Set(without.alerts.filter(({ stops }) => stops).map(({ fingerprint }) => fingerprint));
  const offered: Harmless<Product>[] = [];
  let stopping = 0;
  let unjudged = 0;
  candidates.forEach((product, at) => {
    const screening = withEach[at];
    if (!screening) throw new Error('every candidate is screened');
    const notChecked = screening.notChecked.flatMap((gap) => gapOf(gap, product));
    // A finding that stood before and stops only now is a new stop: the dose of two products together, for one.
    if (screening.alerts.some(({ stops, fingerprint }) => stops && !stopped.has(fingerprint))) stopping += 1;
    else if (notChecked.some(({ rule, subjects }) => rule === 'all' && subjects.length > 0)) unjudged += 1;
    else {
      const alerts = screening.alerts.filter(({ fingerprint }) => !standing.has(fingerprint));
      offered.push({ product, alerts, notChecked });
    }
  });
  return { offered: offered.sort(byChoice), stopping, unjudged };
}

/** What of a gap is about the candidate or the patient; a gap about other medicines alone says nothing here. */
function gapOf(gap: NotChecked, { drugId, ingredientIds }: Candidate): NotChecked[] {
  if (gap.subjects.length === 0) return [gap];
  const subjects = gap.subjects.filter(({ kind, id }) => {
    if (kind === 'drug') return id === drugId;
    return kind !== 'ingredient' || (id !== null && ingredientIds.includes(id));
  });
  return subjects.length === 0 ? [] : [{ ...gap, subjects }];
}

function byChoice<Product extends Candidate>(a: Harmless<Product>, b: Harmless<Product>): number {
  return (
    Number(b.product.isInStock) - Number(a.product.isInStock) ||
    Number(b.product.sameRoute) - Number(a.product.sameRoute) ||
    a.alerts.length - b.alerts.length ||
    a.notChecked.length - b.notChecked.length
  );
}
