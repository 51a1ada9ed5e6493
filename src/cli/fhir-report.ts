import type { BundleReport } from '../operational/fhir/bundle-import/bundle.types.js';
import { csvCell } from './rejects-file.js';

/** What became of one file; `isFailure` where it was not refused, but the program failed. */
export interface BundleOutcome extends BundleReport {
  readonly isFailure: boolean;
}

export interface FhirSummary {
  /** Code of the branch that keeps the patients. */
  readonly branch: string;
  readonly bundles: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly failed: number;
  readonly patients: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly reports: readonly BundleReport[];
}

const NONE = { imported: 0, updated: 0, unchanged: 0, used: 0, skipped: 0 };
type Word = keyof typeof NONE;
const WORDS = Object.keys(NONE) as Word[];

export const refusedBundle = (source: string, reason: string): BundleOutcome => ({
  source,
  status: 'refused',
  reason,
  bundleType: null,
  resources: 0,
  patients: [],
  counts: NONE,
  byType: [],
  notes: [],
  isFailure: false,
});

export function fhirSummary(
  branch: string,
  outcomes: readonly BundleOutcome[],
  seconds: number,
): FhirSummary {
  const having = (status: BundleReport['status']): number =>
    outcomes.filter((one) => one.status === status).length;
  const ids = new Set(outcomes.flatMap(({ patients }) => patients.map(({ patientId }) => patientId)));
  return {
    branch,
    bundles: outcomes.length,
    imported: having('imported'),
    unchanged: having('unchanged'),
    refused: having('refused'),
    failed: outcomes.filter(({ isFailure }) => isFailure).length,
    patients: ids.size,
    resources: Object.fromEntries(
      WORDS.map((word) => [word, outcomes.reduce((sum, { counts }) => sum + counts[word], 0)]),
    ),
    seconds,
    reports: outcomes.map(({ isFailure: _, ...report }) => report),
  };
}

const REFUSALS_SHOWN = 20;

/** The summary for people: how many, and why those were refused that were. */
export function fhirLines(summary: FhirSummary): string[] {
  const refused = summary.reports.filter(({ status }) => status === 'refused');
  return [
    `${summary.bundles} bundles at branch ${summary.branch} in ${summary.seconds.toFixed(1)} s: ${summary.imported} imported, ${summary.unchanged} unchanged, ${summary.refused} refused`,
    `${summary.patients} patients; resources: ${WORDS.map((word) => `${summary.resources[word]} ${word}`).join(', ')}`,
    ...refused.slice(0, REFUSALS_SHOWN).map(({ source, reason }) => `refused ${source}: ${reason}`),
    ...(refused.length > REFUSALS_SHOWN
      ? [`… and ${refused.length - REFUSALS_SHOWN} more; --report <file> or --json lists them all`]
      : []),
  ];
}

/** One line for each bundle and count, and one for each reason, as a spreadsheet reads it. */
export function fhirCsv(outcomes: readonly BundleReport[]): string {
  const lines: (string | number)[][] = [
    ['file', 'status', 'resource', 'outcome', 'count', 'reason', 'first'],
  ];
  for (const { source, status, reason, byType, notes } of outcomes) {
    const file = source ?? '';
    if (status === 'refused') lines.push([file, status, '', '', '', reason ?? '', '']);
    for (const { resourceType, ...counts } of byType)
      for (const word of WORDS)
        if (counts[word] > 0) lines.push([file, status, resourceType, word, counts[word], '', '']);
    for (const note of notes)
      lines.push([
        file,
        status,
        note.resourceType,
        note.outcome,
        note.count,
        note.reason,
        note.first.join(' '),
      ]);
  }
  return `${lines.map((cells) => cells.map(csvCell).join(',')).join('\n')}\n`;
}
