import { resolve } from 'node:path';

import { AnchorsService } from '../operational/audit-seals/anchors.service.js';
import { AuditKeys } from '../operational/audit-seals/audit-keys.js';
import type { VerifyReport } from '../operational/audit-seals/audit-seals.types.js';
import { ChainStateService } from '../operational/audit-seals/chain-state.service.js';
import { DetachService } from '../operational/audit-seals/detach.service.js';
import {
  DetachedFilesService,
  type DetachedReport,
} from '../operational/audit-seals/detached-files.service.js';
import { AuditExportService } from '../operational/audit-seals/export.service.js';
import { verifyExport } from '../operational/audit-seals/export-file.js';
import { RemovalService } from '../operational/audit-seals/removal.service.js';
import { SealerService } from '../operational/audit-seals/sealer.service.js';
import { VerifyService } from '../operational/audit-seals/verify.service.js';
import { readConfig } from '../platform/config/config.js';
import { withOwnerConnection } from '../platform/database/owner-connection.js';
import { withServices } from './context.js';
import { report } from './report.js';

/** How long transactions under way are waited for, ms. */
const WAIT_MS = 30_000;

interface Json {
  readonly json?: boolean;
}

/** Seals what was written up to now. */
export async function auditSeal({ json }: Json): Promise<void> {
  const sealed = await withServices((services) => services.get(SealerService).sealAll(WAIT_MS));
  report(json === true, sealed, [`Sealed ${sealed.rows} rows in ${sealed.seals} seals.`]);
}

/** Seals, and writes the head of the chain to the file of anchors. */
export async function auditAnchor({ json }: Json): Promise<void> {
  const entry = await withServices(async (services) => {
    await services.get(SealerService).sealAll(WAIT_MS);
    return services.get(AnchorsService).anchor('command');
  });
  report(json === true, entry ?? null, [
    entry
      ? `Anchor ${entry.number}: seal ${entry.sealNo} up to row ${entry.lastId}, ${entry.hash}`
      : 'Nothing is sealed yet.',
  ]);
}

/** Notes that the database was restored from a backup. */
export async function auditRestored(options: Json & { reason: string }): Promise<void> {
  const entry = await withServices((services) => services.get(AnchorsService).noteRestore(options.reason));
  report(options.json === true, entry ?? null, [
    entry
      ? `Noted: the database was restored to seal ${entry.sealNo}. Anchors after it speak of what was lost.`
      : 'There is neither a seal nor an anchor.',
  ]);
}

/** Where the chain stands. */
export async function auditStatus({ json }: Json): Promise<void> {
  const state = await withServices((services) => services.get(ChainStateService).state());
  report(json === true, state, [
    state.head
      ? `Seal ${state.head.sealNo} up to row ${state.head.lastId}, ${state.head.hash}`
      : 'No seal yet.',
    `${state.waiting.rows}${state.waiting.isMore ? ' or more' : ''} rows wait for a seal.`,
    state.lastAnchor
      ? `Anchor ${state.lastAnchor.number} at ${state.lastAnchor.at}, of seal ${state.lastAnchor.sealNo}.`
      : 'No anchor yet.',
  ]);
}

/** Makes the file of keys, or adds a key that is used from now on. */
export async function auditKey({ json }: Json): Promise<void> {
  const { audit } = readConfig();
  if (!audit) throw new Error('Set MEDITORY_AUDIT_KEY_FILE to the file that is to hold the keys.');
  const keyId = await AuditKeys.rotate(audit.keyFile);
  report(json === true, { keyId, file: audit.keyFile }, [
    `Key ${keyId} is in ${audit.keyFile}. Keep a copy of this file apart from backups of the database.`,
  ]);
}

/** Proves the trail, or an export of it. */
export async function auditVerify(options: Json & VerifyCommand): Promise<void> {
  if (options.month !== undefined) requireMonth('--month', options.month);
  const verified =
    options.file === undefined ? await verifyTrail(options) : await verifyFile(resolve(options.file));
  const { detached } = verified;
  report(options.json === true, verified, [
    ...verifyLines(verified),
    ...(detached
      ? [
          `${detached.proved} files of what was taken out hold, with ${detached.rows} rows.`,
          ...detached.faults,
        ]
      : []),
  ]);
  if (!verified.ok || detached?.ok === false) process.exitCode = 1;
}

interface VerifyCommand {
  readonly anchors?: string;
  readonly file?: string;
  readonly month?: string;
  readonly detached?: string;
}

/** What was verified, and what became of the files of months that left, where they were asked for. */
type Verified = VerifyReport & { readonly detached?: DetachedReport };

function verifyTrail({ anchors, month, detached, json }: Json & VerifyCommand): Promise<Verified> {
  return withServices(async (services) => {
    const options = {
      anchorFile: anchors === undefined ? undefined : resolve(anchors),
      ...(json === true || !process.stderr.isTTY
        ? {}
        : { onProgress: (rows: number) => void process.stderr.write(`\r${rows} rows `) }),
    };
    const verifier = services.get(VerifyService);
    const verified = await (month === undefined
      ? verifier.verifyAll(options)
      : verifier.verifyMonth(month, options));
    return detached === undefined
      ? verified
      : { ...verified, detached: await services.get(DetachedFilesService).verify(resolve(detached)) };
  });
}

function requireMonth(option: string, value: string): void {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) throw new Error(`${option} is a month (2026-01).`);
}

async function verifyFile(file: string): Promise<Verified> {
  const { audit } = readConfig();
  if (!audit) throw new Error('Set MEDITORY_AUDIT_KEY_FILE to the keys the trail was sealed with.');
  const { seals: _seals, ...verified } = await verifyExport(file, await AuditKeys.read(audit.keyFile));
  return verified;
}

const NOTES: Readonly<Record<string, string>> = {
  'no-anchors': 'There is no anchor: that the end was cut off with its seals would not be seen.',
  restored:
    'The database was restored from a backup; anchors of what was lost are left out, as was noted then.',
  'torn-anchor': 'A line of the anchors was cut off when it was written.',
  'rows-removed': 'Rows were taken out after an export; their seals hold.',
  export: 'This is an export; it was proved by itself.',
};

/** What was verified, in words: what was checked, then what was found. */
export function verifyLines(verified: VerifyReport): string[] {
  const { checked, findings, findingsCount, waiting } = verified;
  const first = findings[0];
  return [
    checked.seals === 0
      ? 'No seal was checked.'
      : `Checked seals ${checked.fromSeal ?? 0} to ${checked.toSeal ?? 0}: ${checked.rows} rows, ${checked.anchors} anchors.`,
    ...(verified.redactedRows > 0
      ? [`${verified.redactedRows} rows were blanked with erased patients.`]
      : []),
    ...(verified.removedRows > 0 ? [`${verified.removedRows} rows were taken out after an export.`] : []),
    ...(waiting.rows > 0 ? [`${waiting.rows}${waiting.isMore ? ' or more' : ''} rows wait for a seal.`] : []),
    ...verified.notes.map((note) => NOTES[note] ?? note),
    ...(first
      ? [
          `BROKEN: ${findingsCount} findings. The first: ${first.detail}${first.auditLogId === null ? '' : ` (rows ${first.auditLogId} to ${first.lastAuditLogId ?? first.auditLogId})`}.`,
          ...findings.slice(1, 20).map(({ detail }) => `        ${detail}`),
        ]
      : ['The chain holds.']),
  ];
}

/** Writes the rows of a time, with their seals, to a file. */
export async function auditExport(options: Json & { from: string; to: string; out: string }): Promise<void> {
  for (const day of [options.from, options.to])
    if (!/^\d{4}-\d{2}-\d{2}/.test(day) || Number.isNaN(Date.parse(day)))
      throw new Error('--from and --to are days (2026-01-31) or instants.');
  const file = resolve(options.out);
  const exported = await withServices((services) =>
    services.get(AuditExportService).export(options.from, options.to, file),
  );
  report(options.json === true, exported ?? null, [
    exported
      ? `Seals ${exported.fromSeal} to ${exported.toSeal}, ${exported.rows} rows, are in ${file}. SHA-256 ${exported.sha256}`
      : 'No sealed row is of that time.',
  ]);
}

/** Takes rows out that are old enough and in an export. */
export async function auditPrune(options: Json & { years: string; exported: string }): Promise<void> {
  if (!/^[1-9]\d?$/.test(options.years)) throw new Error('--years must be 1 to 99.');
  const removed = await withServices((services, installation) =>
    withOwnerConnection(installation.migrationServer, (owner) =>
      services.get(RemovalService).remove(owner, Number(options.years), resolve(options.exported)),
    ),
  );
  report(options.json === true, removed, [
    removed.fromSeal === null
      ? 'No seal of the export is old enough: nothing was taken out.'
      : `Took out ${removed.rows} rows of seals ${removed.fromSeal} to ${removed.toSeal ?? 0}; the seals stay.`,
  ]);
}

/** Takes whole months out that are old enough, each once its file has proved itself. */
export async function auditDetach(
  options: Json & { before: string; years: string; to: string },
): Promise<void> {
  requireMonth('--before', options.before);
  if (!/^[1-9]\d?$/.test(options.years)) throw new Error('--years must be 1 to 99.');
  const { before, years, to } = options;
  const detached = await withServices((services, installation) =>
    withOwnerConnection(installation.migrationServer, (owner) =>
      services.get(DetachService).detach(owner, { before, years: Number(years), folder: resolve(to) }),
    ),
  );
  report(
    options.json === true,
    detached,
    detached.length === 0
      ? [`The trail has no month before ${before}.`]
      : detached.map(({ month, rows, file }) =>
          file === null
            ? `${month} had no rows left.`
            : `${month}: ${rows} rows are in ${file} and no longer in the trail; their seals stay.`,
        ),
  );
}
