import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { z } from 'zod';

import type { AuditKeys } from './audit-keys.js';
import type { Redaction, Seal, VerifyReport, WholeSeal } from './audit-seals.types.js';
import { ChainCheck } from './chain-check.js';
import { Findings } from './findings.js';
import { Redactions } from './redactions.js';
import { exportMac, isOurs, Lines, packRows, rowHashOf, type RowHash } from './seal-codec.js';

/** Fields of a row in an export, in the order of LINE_COLUMNS; each as PostgreSQL writes it, so that nothing is rounded. */
export const ROW_FIELDS = [
  'auditLogId',
  'occurredAtMicros',
  'txId',
  'userId',
  'dbUser',
  'branchId',
  'requestId',
  'tableSchema',
  'tableName',
  'rowKey',
  'action',
  'before',
  'after',
] as const;

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const HexBytes = Hex.transform((text) => Buffer.from(text, 'hex'));
const SealLine = z.strictObject({
  kind: z.literal('seal'),
  sealNo: z.int(),
  chainId: z.string(),
  firstId: z.int(),
  lastId: z.int(),
  rowCount: z.int(),
  rowsHash: HexBytes,
  sealedAt: z.iso.datetime().transform((text) => new Date(text)),
  keyId: z.string(),
  previousHash: HexBytes.nullable(),
  hash: HexBytes,
  mac: HexBytes,
});
const RowLine = z.strictObject({
  kind: z.literal('row'),
  hash: Hex,
  ...(Object.fromEntries(ROW_FIELDS.map((name) => [name, z.string().nullable()])) as Record<
    (typeof ROW_FIELDS)[number],
    z.ZodNullable<z.ZodString>
  >),
});
const Header = z.strictObject({
  kind: z.literal('export'),
  format: z.literal(1),
  chainId: z.string(),
  fromSeal: z.int(),
  toSeal: z.int(),
  createdAt: z.string(),
  /** The seal before the first, without its rows; null: the export begins with seal 1. */
  before: SealLine.nullable(),
});
/** Rows that were blanked with an erased person: what their seals know them by, and what they are by now. */
const RedactionLine = z.strictObject({
  kind: z.literal('redaction'),
  redactionId: z.int(),
  erasureRequestId: z.int(),
  rowHashes: z.base64().transform((text) => Buffer.from(text, 'base64')),
  keyId: z.string().nullable(),
  mac: HexBytes.nullable(),
});
const EndLine = z.strictObject({
  kind: z.literal('end'),
  seals: z.int(),
  rows: z.int(),
  keyId: z.string(),
  mac: z.string(),
});
const Line = z.discriminatedUnion('kind', [Header, RedactionLine, SealLine, RowLine, EndLine]);

/** A seal as a line of an export. */
export const sealLine = (seal: Seal): string =>
  JSON.stringify({
    kind: 'seal',
    sealNo: seal.sealNo,
    chainId: seal.chainId,
    firstId: seal.firstId,
    lastId: seal.lastId,
    rowCount: seal.rowCount,
    rowsHash: seal.rowsHash.toString('hex'),
    sealedAt: seal.sealedAt.toISOString(),
    keyId: seal.keyId,
    previousHash: seal.previousHash?.toString('hex') ?? null,
    hash: seal.hash.toString('hex'),
    mac: seal.mac.toString('hex'),
  });

/** A redaction as a line of an export. */
export const redactionLine = (redaction: Redaction): string =>
  JSON.stringify({
    kind: 'redaction',
    redactionId: redaction.redactionId,
    erasureRequestId: redaction.erasureRequestId,
    rowHashes: redaction.rowHashes.toString('base64'),
    keyId: redaction.keyId,
    mac: redaction.mac?.toString('hex') ?? null,
  });

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** The line of a row again, exactly as COPY wrote it. */
const lineOf = (row: z.output<typeof RowLine>): Buffer =>
  Buffer.from(
    ROW_FIELDS.map(
      (name) => row[name]?.replace(/[\\\b\f\n\r\t\v]/g, (character) => ESCAPES[character] ?? '') ?? '\\N',
    ).join('\t'),
  );

/** What an export proves, and which seals are whole in it. */
export interface ExportReport extends VerifyReport {
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
  /** Hash of each whole seal by its number, in hex. */
  readonly seals: ReadonlyMap<number, string>;
}

/** Proves an export by itself, without a database: rows against their seals, seals against each other and our keys, the file against its end. */
export async function verifyExport(file: string, keys: AuditKeys): Promise<ExportReport> {
  const findings = new Findings();
  const redactions = new Redactions(keys, findings);
  const whole = createHash('sha256');
  const upToEnd = createHash('sha256');
  const seals = new Map<number, string>();
  let header: z.output<typeof Header> | undefined;
  let check: ChainCheck | undefined;
  let last: Seal | undefined;
  let open: { seal: Seal; sealed: RowHash[]; found: RowHash[] } | undefined;
  let isEnded = false;
  const close = (): void => {
    if (!open || !check) return;
    const rowHashes = packRows(open.sealed);
    const seal: WholeSeal = { ...open.seal, rowHashes };
    check.check(seal, open.found, []);
    seals.set(seal.sealNo, seal.hash.toString('hex'));
    last = seal;
    open = undefined;
  };
  for await (const text of linesOf(file, whole)) {
    const line = parse(text, file);
    if (isEnded) throw new Error(`${file} goes on behind its end.`);
    if (line.kind === 'export') {
      header = line;
      const before = line.before ?? undefined;
      check = new ChainCheck(keys, findings, redactions, before, line.fromSeal);
    } else if (!check) throw new Error(`${file} is no export of the audit trail.`);
    else if (line.kind === 'redaction') redactions.add([line]);
    else if (line.kind === 'seal') {
      close();
      open = { seal: line, sealed: [], found: [] };
    } else if (line.kind === 'row') {
      if (!open) throw new Error(`${file} has a row before its first seal.`);
      const found = rowHashOf(lineOf(line));
      open.found.push(found);
      open.sealed.push({ id: found.id, hash: Buffer.from(line.hash, 'hex') });
    } else {
      close();
      isEnded = true;
      const content = `${upToEnd.digest('hex')} ${line.seals} ${line.rows}`;
      if (
        line.seals !== check.seals ||
        line.rows !== check.rows ||
        !isOurs(keys, line.keyId, line.mac, (key) => exportMac(key, content))
      )
        findings.add(cut('The file is not as its end says: something was changed, added or left out'));
      continue;
    }
    upToEnd.update(`${text}\n`);
  }
  close();
  if (!header || !check) throw new Error(`${file} is no export of the audit trail.`);
  if (!isEnded || last?.sealNo !== header.toSeal) findings.add(cut('The file ends before its end'));
  return {
    ok: findings.count === 0,
    chainId: header.chainId,
    head: null,
    checked: {
      fromSeal: header.fromSeal,
      toSeal: last?.sealNo ?? null,
      seals: check.seals,
      rows: check.rows,
      anchors: 0,
    },
    removedRows: 0,
    redactedRows: redactions.rows,
    waiting: { rows: 0, isMore: false, oldestAt: null },
    findings: findings.list,
    findingsCount: findings.count,
    notes: ['export'],
    nextSeal: null,
    sha256: whole.digest('hex'),
    seals,
  };
}

/** Lines of a file, unpacked where it is named .gz; what they are made of goes into a hash. */
async function* linesOf(file: string, whole: Hash): AsyncGenerator<string> {
  const read = createReadStream(file);
  // What fails in reading destroys what unpacks, and is thrown where that is read.
  const input = file.endsWith('.gz') ? pipeline(read, createGunzip(), () => undefined) : read;
  const lines = new Lines();
  for await (const chunk of input) {
    whole.update(chunk as Buffer);
    for (const line of lines.read(chunk as Buffer)) yield line.toString('utf8');
  }
  if (lines.left.length > 0) yield lines.left.toString('utf8');
}

const cut = (detail: string) => ({
  kind: 'file-cut' as const,
  sealNo: null,
  auditLogId: null,
  lastAuditLogId: null,
  detail,
});

function parse(text: string, file: string): z.output<typeof Line> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no export of the audit trail, or a line of it was cut.`, { cause });
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success)
    throw new Error(`${file} is no export of the audit trail, or a line of it was changed.`);
  return parsed.data;
}
