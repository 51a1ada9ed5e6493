import type { BundleReport, Counts, EntryOutcome, Noted, Outcome, ReadBundle } from './bundle.types.js';

const OUTCOMES = [
  'imported',
  'updated',
  'unchanged',
  'used',
  'skipped',
] as const satisfies readonly Outcome[];
/** Reasons a report lists, and resources it names under each. */
const MOST_NOTES = 200;
const FIRST = 5;

const counts = (outcomes: readonly EntryOutcome[]): Counts =>
  Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, outcomes.filter((one) => one.outcome === outcome).length]),
  ) as Counts;

function noted(outcomes: readonly EntryOutcome[]): Noted[] {
  const found = new Map<string, { -readonly [K in keyof Noted]: Noted[K] }>();
  for (const { resourceType, outcome, reference, reason, notes } of outcomes)
    for (const text of [...(reason === undefined ? [] : [reason]), ...(notes ?? [])]) {
      const key = JSON.stringify([resourceType, outcome, text]);
      const note = found.get(key) ?? { resourceType, outcome, reason: text, count: 0, first: [] };
      note.count += 1;
      if (note.first.length < FIRST) note.first = [...note.first, reference];
      found.set(key, note);
    }
  return [...found.values()].slice(0, MOST_NOTES);
}

/** The report of a bundle that was imported, from what became of each of its resources. */
export function reportOf(
  source: string | null,
  bundle: ReadBundle,
  outcomes: readonly EntryOutcome[],
  patients: BundleReport['patients'],
): BundleReport {
  const types = [...new Set(outcomes.map(({ resourceType }) => resourceType))].sort();
  const all = counts(outcomes);
  return {
    source,
    status: all.imported + all.updated > 0 ? 'imported' : 'unchanged',
    reason: null,
    bundleType: bundle.type,
    resources: outcomes.length,
    patients,
    counts: all,
    byType: types.map((resourceType) => ({
      resourceType,
      ...counts(outcomes.filter((one) => one.resourceType === resourceType)),
    })),
    notes: noted(outcomes),
  };
}
