import type { AuditKeys } from './audit-keys.js';
import type { Redaction } from './audit-seals.types.js';
import type { Findings } from './findings.js';
import { isOurs, redactionMac, unpackRedacted } from './seal-codec.js';

/** Rows of the trail that were blanked with an erased person, each with its hashes one after the other, as far as our keys prove it. */
export class Redactions {
  /** Number of the last redaction known. */
  lastId = 0;
  /** Rows that are not as they were sealed, and are as their redaction left them. */
  rows = 0;
  private readonly states = new Map<number, string[][]>();

  constructor(
    private readonly keys: AuditKeys,
    private readonly findings: Findings,
  ) {}

  /** In the order they were made. */
  add(redactions: readonly Redaction[]): void {
    for (const redaction of redactions) {
      this.lastId = redaction.redactionId;
      if (this.isProved(redaction))
        for (const { id, before, after } of unpackRedacted(redaction.rowHashes))
          this.follow(id, before.toString('hex'), after.toString('hex'));
    }
  }

  /** True when the row, sealed with one hash, has the other by redactions alone. */
  explain(id: number, sealed: Buffer, found: Buffer): boolean {
    const [from, to] = [sealed.toString('hex'), found.toString('hex')];
    const isSo = (this.states.get(id) ?? []).some((run) => run.includes(from) && run.at(-1) === to);
    if (isSo) this.rows += 1;
    return isSo;
  }

  /** A redaction goes on from where the one before left the row, or begins with another state of it. */
  private follow(id: number, before: string, after: string): void {
    const runs = this.states.get(id) ?? [];
    const run = runs.find((one) => one.at(-1) === before);
    if (run) run.push(after);
    else runs.push([before, after]);
    this.states.set(id, runs);
  }

  private isProved(redaction: Redaction): boolean {
    const { keyId, mac, redactionId } = redaction;
    // Made while nothing was sealed: seals that came later know the rows as they are.
    if (keyId === null || mac === null) return false;
    if (isOurs(this.keys, keyId, mac, (key) => redactionMac(key, { ...redaction, keyId }))) return true;
    this.findings.add({
      kind: 'redaction-forged',
      sealNo: null,
      auditLogId: null,
      lastAuditLogId: null,
      detail: `Redaction ${redactionId} was not made with our key`,
    });
    return false;
  }
}
