import type {
  ClinicalImpact,
  FileReport,
  ImportSummary,
  RejectGroup,
  Release,
  ReleaseReport,
  RevertOutcome,
} from '../reference/imports/imports.types.js';

const share = (part: number, whole: number): string =>
  `${part} (${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %)`;

function oneLine(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Refused rows by reason, with the first of each. */
export function rejectLines(groups: readonly RejectGroup[]): string[] {
  if (groups.length === 0) return [];
  return [
    'Rejected rows by reason',
    ...groups.flatMap(({ column, reason, count, first }) => [
      `  ${count} × ${column === null ? '' : `${column}: `}${reason}`,
      ...first.map(({ file, line, value }) => `      ${file}, line ${line}: ${oneLine(value)}`),
    ]),
  ];
}

/** The account of each of several files. */
export function fileLines(files: readonly FileReport[]): string[] {
  if (files.length < 2) return [];
  return [
    'Files: rows read = applied + rejected',
    ...files.map(
      ({ name, rowsRead, rowsApplied, rowsRejected }) =>
        `  ${name}  ${rowsRead} = ${rowsApplied} + ${rowsRejected}`,
    ),
  ];
}

function kindLines(kinds: ImportSummary['kinds']): string[] {
  const told = Object.entries(kinds);
  if (told.length === 0) return [];
  return [
    'Changes by kind',
    ...told.map(([kind, count]) => `  ${kind.replace('_', ' ').padEnd(16)}${count}`),
  ];
}

/** "37 active patients gain a major interaction", in a line for each of gain and loss. */
export function impactLines(impact: ClinicalImpact | null): string[] {
  if (impact === null || impact.changedDrugs === 0) return [];
  const { patients, gain, lose, isPartial } = impact;
  return [
    `Clinical impact: ${impact.changedDrugs} products change their ingredients, ${impact.takenDrugs} of them are taken by ${isPartial ? 'at least ' : ''}${patients} active patients`,
    ...(patients === 0
      ? []
      : [
          `  gain   ${gain.contraindicated} patients a contraindication, ${gain.major} a major alert`,
          `  lose   ${lose.contraindicated} patients a contraindication, ${lose.major} a major alert`,
          ...impact.alerts
            .slice(0, 10)
            .map(({ change, patients: count, message }) => `    ${change} ${count} × ${oneLine(message)}`),
        ]),
  ];
}

/** The summary of an import as people read it. */
export function summaryLines(summary: ImportSummary): string[] {
  const { composition: c, releaseId } = summary;
  const accepted = c.linked + c.partial + c.unlinked + c.none;
  return [
    summary.applied
      ? `Imported ${summary.source} as release ${releaseId}.`
      : `Read ${summary.source} as release ${releaseId}; this is what an import would do. Nothing was changed; repeat with --apply, or: import apply ${releaseId}`,
    `  read          ${summary.read}`,
    `  inserted      ${summary.inserted}`,
    `  updated       ${summary.updated}`,
    `  unchanged     ${summary.unchanged}`,
    `  rejected      ${summary.rejected}`,
    `  discontinued  ${summary.discontinued}  (no longer in the source)`,
    ...fileLines(summary.files),
    `Composition of the ${accepted} accepted products`,
    `  fully linked  ${share(c.linked, accepted)}`,
    `  partly linked ${share(c.partial, accepted)}`,
    `  not linked    ${share(c.unlinked, accepted)}`,
    `  none stated   ${share(c.none, accepted)}`,
    `  new names     ${summary.newIngredients}  (unverified ingredients, on the worklist)`,
    ...kindLines(summary.kinds),
    ...impactLines(summary.impact),
    ...rejectLines(summary.rejects),
    `${summary.seconds} s, ${summary.rowsPerSecond} rows/s`,
  ];
}

const when = (date: Date | null): string =>
  date === null ? '-' : date.toISOString().slice(0, 16).replace('T', ' ');

/** Releases as a list, newest first. */
export function releaseListLines(releases: readonly Release[]): string[] {
  if (releases.length === 0) return ['No release yet.'];
  return releases.map(
    (release) =>
      `${String(release.releaseId).padStart(5)}  ${release.status.padEnd(9)}  ${release.source.padEnd(20)}  ${when(release.appliedAt ?? release.createdAt)}  ` +
      `+${release.rowsInserted} ~${release.rowsUpdated} -${release.rowsDiscontinued} !${release.rowsRejected}  ${release.fileName ?? ''}`,
  );
}

/** Everything known of one release. */
export function releaseLines(release: ReleaseReport): string[] {
  const { summary, progress } = release;
  return [
    `Release ${release.releaseId} of ${release.source}: ${release.status}`,
    ...(release.title === null ? [] : [`  ${release.title}`]),
    ...(release.failure === null ? [] : [`  ${release.failure}`]),
    ...(progress === null
      ? []
      : [
          `  ${progress.phase}: ${progress.rows} rows, ${progress.rowsPerSecond} rows/s (${when(new Date(progress.updatedAt))})`,
        ]),
    `  files         ${release.fileName ?? ''}`,
    `  staged        ${when(release.createdAt)}, kept until ${when(release.stagedUntil)}`,
    `  applied       ${when(release.appliedAt)}`,
    `  reverted      ${when(release.revertedAt)}${release.isRevertible ? ' (can be taken back)' : ''}`,
    `  read          ${release.rowsRead}`,
    `  inserted      ${release.rowsInserted}`,
    `  updated       ${release.rowsUpdated}`,
    `  unchanged     ${release.rowsUnchanged}`,
    `  rejected      ${release.rowsRejected}`,
    `  discontinued  ${release.rowsDiscontinued}`,
    ...fileLines(release.files),
    ...kindLines(summary.kinds ?? {}),
    ...impactLines(release.impact),
    ...(summary.revert === undefined ? [] : revertLines(release.releaseId, summary.revert)),
    ...rejectLines(release.rejects),
  ];
}

/** What came of a revert. */
export function revertLines(releaseId: number, outcome: RevertOutcome): string[] {
  const ids = (all: readonly number[]): string =>
    all.length === 0 ? '' : `: ${all.slice(0, 20).join(', ')}${all.length > 20 ? ', …' : ''}`;
  return [
    `Release ${releaseId} is taken back.`,
    `  restored      ${outcome.restored}`,
    `  deleted       ${outcome.deleted}`,
    `  discontinued  ${outcome.discontinued}  (something points at them${ids(outcome.discontinuedIds)})`,
    `  kept          ${outcome.kept}  (edited since${ids(outcome.keptIds)})`,
  ];
}
