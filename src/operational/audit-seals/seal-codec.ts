import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { AuditKeys } from './audit-keys.js';
import type { AnchorEntry, Removal, Seal } from './audit-seals.types.js';

/** Bytes of a row in `row_hashes`: its number and its hash. */
export const ROW_BYTES = 40;
const NEWLINE = 0x0a;
const TAB = 0x09;

/** A row of the trail by its number and the SHA-256 of its line. */
export interface RowHash {
  readonly id: number;
  readonly hash: Buffer;
}

export const sha256 = (content: Buffer | string): Buffer => createHash('sha256').update(content).digest();

/** Number and hash of a line: the columns of the row as COPY writes them, in the order of `LINE_COLUMNS`, without the line end. */
export function rowHashOf(line: Buffer): RowHash {
  const end = line.indexOf(TAB);
  const id = Number(line.toString('latin1', 0, end));
  if (end < 1 || !Number.isSafeInteger(id))
    throw new Error('a line of the audit trail begins with no number');
  return { id, hash: sha256(line) };
}

/** Cuts a stream of COPY's text into lines; a line end inside of a value is escaped, so that none is cut in two. */
export class Lines {
  private rest: Buffer = Buffer.alloc(0);

  /** What came after the last line end. */
  get left(): Buffer {
    return this.rest;
  }

  *read(chunk: Buffer): Generator<Buffer> {
    const text = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
      yield text.subarray(start, end);
      start = end + 1;
    }
    this.rest = text.subarray(start);
  }
}

/** Rows as a seal keeps them. */
export function packRows(rows: readonly RowHash[]): Buffer {
  const packed = Buffer.alloc(rows.length * ROW_BYTES);
  rows.forEach(({ id, hash }, index) => {
    packed.writeBigInt64BE(BigInt(id), index * ROW_BYTES);
    hash.copy(packed, index * ROW_BYTES + 8);
  });
  return packed;
}

/** Rows of a seal again. */
export function unpackRows(packed: Buffer): RowHash[] {
  return Array.from({ length: Math.floor(packed.length / ROW_BYTES) }, (_, index) => {
    const at = index * ROW_BYTES;
    return { id: Number(packed.readBigInt64BE(at)), hash: packed.subarray(at + 8, at + ROW_BYTES) };
  });
}

type Unsealed<T extends { mac: unknown }> = Omit<T, 'mac'>;

/** What the hash of a seal is made of. */
export function sealHash(seal: Omit<Seal, 'hash' | 'mac'>): Buffer {
  return sha256(
    JSON.stringify([
      'meditory audit seal 1',
      seal.chainId,
      seal.sealNo,
      seal.firstId,
      seal.lastId,
      seal.rowCount,
      seal.rowsHash.toString('hex'),
      seal.sealedAt.toISOString(),
      seal.keyId,
      seal.previousHash?.toString('hex') ?? null,
    ]),
  );
}

const hmac = (key: Buffer, content: Buffer | string): Buffer =>
  createHmac('sha256', key).update(content).digest();

export const sealMac = (key: Buffer, hash: Buffer): Buffer => hmac(key, hash);

export function removalMac(key: Buffer, removal: Unsealed<Removal>): Buffer {
  return hmac(
    key,
    JSON.stringify([
      'meditory audit removal 1',
      removal.removalNo,
      removal.firstSeal,
      removal.lastSeal,
      removal.firstId,
      removal.lastId,
      removal.rowCount,
      removal.keepYears,
      removal.exportSha256.toString('hex'),
      removal.removedAt.toISOString(),
      removal.keyId,
    ]),
  );
}

/** Bytes of a row in the hashes of a redaction: its number, its hash before and after. */
const REDACTED_BYTES = 72;

/** Rows of a redaction: number, hash before and after. */
export function unpackRedacted(packed: Buffer): { id: number; before: Buffer; after: Buffer }[] {
  return Array.from({ length: Math.floor(packed.length / REDACTED_BYTES) }, (_, index) => {
    const at = index * REDACTED_BYTES;
    return {
      id: Number(packed.readBigInt64BE(at)),
      before: packed.subarray(at + 8, at + 40),
      after: packed.subarray(at + 40, at + REDACTED_BYTES),
    };
  });
}

export function redactionMac(
  key: Buffer,
  redaction: { readonly erasureRequestId: number; readonly rowHashes: Buffer; readonly keyId: string },
): Buffer {
  const { erasureRequestId, rowHashes, keyId } = redaction;
  return hmac(
    key,
    JSON.stringify([
      'meditory audit redaction 1',
      erasureRequestId,
      sha256(rowHashes).toString('hex'),
      keyId,
    ]),
  );
}

export const erasedMac = (key: Buffer, content: string): string => hmac(key, content).toString('hex');

export function anchorMac(key: Buffer, entry: Unsealed<AnchorEntry>): string {
  const { kind, number, at, reason, chainId, sealNo, lastId, hash, keyId, previous } = entry;
  return hmac(
    key,
    JSON.stringify([
      'meditory audit anchor 1',
      kind,
      number,
      at,
      reason,
      chainId,
      sealNo,
      lastId,
      hash,
      keyId,
      previous,
    ]),
  ).toString('hex');
}

export const exportMac = (key: Buffer, content: string): string =>
  hmac(key, `meditory audit export 1 ${content}`).toString('hex');

/** True when `mac` is what a key of ours makes; false for a key that is not known. */
export function isOurs(
  keys: AuditKeys,
  keyId: string,
  mac: Buffer | string,
  make: (key: Buffer) => Buffer | string,
): boolean {
  const key = keys.find(keyId);
  if (!key) return false;
  const [given, due] = [Buffer.from(mac), Buffer.from(make(key))];
  return given.length === due.length && timingSafeEqual(given, due);
}
