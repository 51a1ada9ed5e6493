import type { AuditKeys } from './audit-keys.js';
import type { Finding, Removal, Seal, WholeSeal } from './audit-seals.types.js';
import type { Findings } from './findings.js';
import type { Redactions } from './redactions.js';
import { isOurs, removalMac, sealHash, sealMac, sha256, unpackRows, type RowHash } from './seal-codec.js';

/** Goes along the chain seal by seal: is each as it was written and after the one before, and are its rows the ones it knows? */
export class ChainCheck {
  seals = 0;
  rows = 0;
  removedRows = 0;

  /** `before`: the seal before number `due`, the first that is checked; undefined: there is none. */
  constructor(
    private readonly keys: AuditKeys,
    private readonly findings: Findings,
    private readonly redactions: Redactions,
    private before: Seal | undefined,
    private due: number,
  ) {}

  /** Number of the last row of the seal checked last. */
  get lastId(): number {
    return this.before?.lastId ?? 0;
  }

  /** Checks a seal with all rows there are up to its last number and after the seal before. */
  check(seal: WholeSeal, rows: readonly RowHash[], removals: readonly Removal[]): void {
    const isNext = this.follow(seal);
    this.checkSeal(seal, isNext);
    const first = isNext ? seal.firstId : Math.max(seal.firstId, this.lastId + 1);
    const removal = removals.find((one) => one.firstSeal <= seal.sealNo && seal.sealNo <= one.lastSeal);
    const own = rows.filter((row) => {
      if (row.id >= first) return true;
      // What stands before the range is told with the missing seals, or was never sealed.
      if (isNext) this.inserted(seal, row.id, 'is in no seal');
      return false;
    });
    if (removal && this.isProved(removal)) {
      this.removedRows += seal.rowCount;
      for (const { id } of own) this.inserted(seal, id, 'was taken out after an export and is there again');
    } else this.compare(seal, own);
    this.seals += 1;
    this.rows += own.length;
    this.before = seal;
    this.due = seal.sealNo + 1;
  }

  /** True when the seal follows; what lies between is told where it does not. */
  private follow(seal: WholeSeal): boolean {
    const { due } = this;
    if (seal.sealNo === due) return true;
    this.findings.add({
      kind: 'seal-missing',
      sealNo: due,
      auditLogId: this.lastId + 1,
      lastAuditLogId: seal.firstId - 1,
      detail:
        due === seal.sealNo - 1 ? `Seal ${due} is missing` : `Seals ${due} to ${seal.sealNo - 1} are missing`,
    });
    return false;
  }

  private checkSeal(seal: WholeSeal, isNext: boolean): void {
    const hash = sealHash(seal);
    const faults = [
      !sha256(seal.rowHashes).equals(seal.rowsHash) || seal.rowHashes.length !== seal.rowCount * 40
        ? 'its row hashes are not those it was made of'
        : '',
      !hash.equals(seal.hash) ? 'its content is not what its hash says' : '',
      isNext && !isAfter(seal, this.before) ? 'it does not follow the seal before' : '',
    ].filter((fault) => fault !== '');
    const range = {
      sealNo: seal.sealNo,
      auditLogId: Math.min(seal.firstId, this.lastId + 1),
      lastAuditLogId: seal.lastId,
    };
    if (faults.length > 0)
      this.findings.add({
        kind: 'seal-changed',
        ...range,
        detail: `Seal ${seal.sealNo}: ${faults.join(', ')}`,
      });
    else if (!isOurs(this.keys, seal.keyId, seal.mac, (key) => sealMac(key, hash)))
      this.findings.add({
        kind: 'seal-forged',
        ...range,
        detail: this.keys.find(seal.keyId)
          ? `Seal ${seal.sealNo} was not made with our key`
          : `Seal ${seal.sealNo} was made with the key ${seal.keyId}, which is not ours or not here`,
      });
  }

  private isProved(removal: Removal): boolean {
    if (isOurs(this.keys, removal.keyId, removal.mac, (key) => removalMac(key, removal))) return true;
    this.findings.add({
      kind: 'removal-forged',
      sealNo: removal.firstSeal,
      auditLogId: removal.firstId,
      lastAuditLogId: removal.lastId,
      detail: `Removal ${removal.removalNo} was not made with our key`,
    });
    return false;
  }

  private compare(seal: WholeSeal, rows: readonly RowHash[]): void {
    const due = unpackRows(seal.rowHashes);
    let at = 0;
    for (const row of rows) {
      for (; (due[at]?.id ?? Infinity) < row.id; at++) this.deleted(seal, due[at]?.id ?? 0);
      const sealed = due[at];
      if (sealed?.id !== row.id) this.inserted(seal, row.id, 'was not there when its range was sealed');
      else {
        at += 1;
        if (!sealed.hash.equals(row.hash) && !this.redactions.explain(row.id, sealed.hash, row.hash))
          this.told('row-changed', seal, row.id, `Row ${row.id} is not as it was sealed`);
      }
    }
    for (; at < due.length; at++) this.deleted(seal, due[at]?.id ?? 0);
  }

  private deleted(seal: Seal, id: number): void {
    this.told('row-deleted', seal, id, `Row ${id} was sealed and is gone`);
  }

  private inserted(seal: Seal, id: number, why: string): void {
    this.told('row-inserted', seal, id, `Row ${id} ${why}`);
  }

  private told(kind: Finding['kind'], { sealNo }: Seal, id: number, detail: string): void {
    this.findings.add({ kind, sealNo, auditLogId: id, lastAuditLogId: id, detail });
  }
}

function isAfter(seal: Seal, before: Seal | undefined): boolean {
  if (!before) return seal.previousHash === null && seal.firstId === 1;
  return (
    seal.previousHash?.equals(before.hash) === true &&
    seal.firstId === before.lastId + 1 &&
    seal.chainId === before.chainId
  );
}
