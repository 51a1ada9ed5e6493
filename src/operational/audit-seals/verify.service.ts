import { Inject, Injectable } from '@nestjs/common';

import { AUDIT_SETTINGS, type AuditSettings } from '../../platform/config/audit-settings.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { compareAnchors, standingAnchors } from './anchor-check.js';
import { readAnchors } from './anchors-file.js';
import { AuditKeys } from './audit-keys.js';
import { AuditSealsRepository, boundsOf } from './audit-seals.repository.js';
import type { Anchor, Seal, SealHead, VerifyReport, Waiting } from './audit-seals.types.js';
import { ChainCheck } from './chain-check.js';
import { Findings } from './findings.js';
import { ChainStateService, headOf } from './chain-state.service.js';
import { Redactions } from './redactions.js';
import type { RowHash } from './seal-codec.js';
import { SealerService } from './sealer.service.js';

/** Rows and seals that are read at once: their hashes are in memory. */
const STEP_ROWS = 20_000;
const STEP_SEALS = 2000;
/** Rows and seals a request checks at the most. */
const REQUEST_ROWS = 50_000;
const REQUEST_SEALS = 2000;
/** Seals that anchors are looked up at once. */
const HASHES_AT_ONCE = 5000;

export interface VerifyOptions {
  /** File of anchors; the configured one where it is left out. */
  readonly anchorFile?: string | undefined;
  readonly onProgress?: (rows: number) => void;
}

/** Proves the trail against its seals, and the seals against the anchors. Changes nothing and remembers nothing. */
@Injectable()
export class VerifyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
    private readonly chain: ChainStateService,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings | null,
  ) {}

  /** The proof of another database than the server's own, such as a restored copy. */
  static on(uow: UnitOfWork, settings: AuditSettings): VerifyService {
    const seals = new AuditSealsRepository();
    const sealer = new SealerService(uow, seals, settings);
    return new VerifyService(uow, seals, sealer, new ChainStateService(uow, seals, settings), settings);
  }

  /** The whole chain, with every anchor. */
  verifyAll(options: VerifyOptions = {}): Promise<VerifyReport> {
    return this.verify(1, Infinity, Infinity, options);
  }

  /** The seals that have rows of one month (2026-01), with their anchors; the chain before and after is not looked at. */
  async verifyMonth(month: string, options: VerifyOptions = {}): Promise<VerifyReport> {
    const [start, end] = boundsOf(month);
    const range = await this.uow.read(systemContext(), async (tx) => {
      await this.seals.becomeSealer(tx);
      const { firstId, lastId } = await this.seals.findNumbers(tx, start.toISOString(), end.toISOString());
      return firstId === null || lastId === null
        ? { firstSeal: null, lastSeal: null }
        : this.seals.findCovering(tx, firstId, lastId);
    });
    if (range.firstSeal === null || range.lastSeal === null)
      throw new Error(`No sealed row is of ${month}, or they were taken out: prove its file with --file.`);
    return this.verify(range.firstSeal, Infinity, Infinity, options, range.lastSeal);
  }

  /** So much of the chain as a request may take: from a seal on, or up to the last one; and all anchors of that part. */
  async verifyPart(from: number | undefined): Promise<VerifyReport> {
    const start =
      from ??
      (await this.uow.read(systemContext(), (tx) =>
        this.seals.findRecentStart(tx, REQUEST_ROWS, REQUEST_SEALS),
      ));
    return this.verify(start, REQUEST_ROWS, REQUEST_SEALS, {});
  }

  private async verify(
    from: number,
    mostRows: number,
    mostSeals: number,
    { anchorFile = this.settings?.anchorFile, onProgress }: VerifyOptions,
    through = Infinity,
  ): Promise<VerifyReport> {
    const findings = new Findings();
    const content = anchorFile === undefined ? undefined : await readAnchors(anchorFile);
    const { head, waiting } = await this.now();
    // What was never sealed nor anchored needs no keys to be proved.
    const keys = head || content ? await this.sealer.provingKeys() : AuditKeys.none();
    const before = await this.sealBefore(from);
    const redactions = new Redactions(keys, findings);
    const check = new ChainCheck(keys, findings, redactions, before, from);
    let at = from;
    const end = head?.sealNo ?? 0;
    const to = Math.min(end, through);
    while (at <= to && check.rows + check.removedRows < mostRows && check.seals < mostSeals) {
      at = await this.step(check, redactions, at, to);
      onProgress?.(check.rows);
    }
    const part = { from, to: Math.min(at - 1, to) };
    const known = content && standingAnchors(content, keys, findings);
    const anchored = known ? await this.checkAnchors(known.anchors, part, head, findings) : 0;
    return {
      ok: findings.count === 0,
      chainId: head?.chainId ?? null,
      head: headOf(head),
      checked: {
        fromSeal: check.seals > 0 ? from : null,
        toSeal: check.seals > 0 ? part.to : null,
        seals: check.seals,
        rows: check.rows,
        anchors: anchored,
      },
      removedRows: check.removedRows,
      redactedRows: redactions.rows,
      waiting,
      findings: findings.list,
      findingsCount: findings.count,
      notes: [
        ...(content ? [] : ['no-anchors']),
        ...(known && known.lost > 0 ? ['restored'] : []),
        ...(known && known.torn > 0 ? ['torn-anchor'] : []),
        ...(check.removedRows > 0 ? ['rows-removed'] : []),
        ...(redactions.rows > 0 ? ['rows-redacted'] : []),
      ],
      nextSeal: at <= end ? at : null,
    };
  }

  private now(): Promise<{ head: Seal | undefined; waiting: Waiting }> {
    return this.uow.read(systemContext(), async (tx) => {
      const head = await this.seals.findHead(tx);
      return { head, waiting: await this.chain.waiting(tx, head?.lastId ?? 0) };
    });
  }

  private sealBefore(from: number): Promise<Seal | undefined> {
    if (from <= 1) return Promise.resolve(undefined);
    return this.uow.read(
      systemContext(),
      async (tx) => (await this.seals.findSeals(tx, from - 1, from - 1, 1, 1))[0],
    );
  }

  /** Checks some seals with their rows; answers the number of the seal to go on with. */
  private step(check: ChainCheck, redactions: Redactions, from: number, to: number): Promise<number> {
    return this.uow.read(systemContext(), async (tx) => {
      await this.seals.becomeSealer(tx);
      const seals = await this.seals.findSeals(tx, from, to, STEP_ROWS, STEP_SEALS);
      const last = seals.at(-1);
      if (!last) return to + 1;
      const rows = await this.rowsOf(tx, check.lastId, seals, last);
      // Read after the rows: what was taken out in between is known then.
      const removals = await this.seals.findRemovals(tx, from, last.sealNo);
      redactions.add(await this.seals.findRedactions(tx, redactions.lastId));
      let at = 0;
      for (const seal of seals) {
        const start = at;
        while (at < rows.length && (rows[at]?.id ?? 0) <= seal.lastId) at++;
        check.check(seal, rows.slice(start, at), removals);
      }
      return last.sealNo + 1;
    });
  }

  /** Rows of these seals, and before the first seal whatever there is; somewhat more than there should be, not all that was put in. */
  private rowsOf(tx: Tx, after: number, seals: readonly Seal[], last: Seal): Promise<RowHash[]> {
    const due = seals.reduce((sum, { rowCount }) => sum + rowCount, 0);
    return this.seals.hashRows(
      tx,
      after === 0 ? Number.MIN_SAFE_INTEGER : after,
      last.lastId,
      due + STEP_ROWS,
    );
  }

  /** Compares the anchors of the part that was checked, and those of seals that are not there. */
  private async checkAnchors(
    anchors: readonly Anchor[],
    part: { from: number; to: number },
    head: Seal | undefined,
    findings: Findings,
  ): Promise<number> {
    const due = anchors.filter(
      ({ sealNo }) => (sealNo >= part.from && sealNo <= part.to) || sealNo > (head?.sealNo ?? 0),
    );
    const hashes = new Map<number, { lastId: number; hash: string }>();
    for (let at = 0; at < due.length; at += HASHES_AT_ONCE) {
      const some = due.slice(at, at + HASHES_AT_ONCE).map(({ sealNo }) => sealNo);
      for (const row of await this.uow.read(systemContext(), (tx) => this.seals.findHashes(tx, some)))
        hashes.set(row.sealNo, row);
    }
    const stands: SealHead | null = headOf(head);
    compareAnchors(due, hashes, head?.chainId ?? null, stands, findings);
    return due.length;
  }
}
