import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Inject, Injectable } from '@nestjs/common';

import { AUDIT_SETTINGS, type AuditSettings } from '../../platform/config/audit-settings.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { AuditKeys } from './audit-keys.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import type { Seal, WholeSeal } from './audit-seals.types.js';
import { packRows, rowHashOf, sealHash, sealMac, sha256, type RowHash } from './seal-codec.js';

/** Rows of a seal at the most: few enough to be hashed in some milliseconds, many enough that seals stay few. */
const MOST_ROWS = 2000;
/** Numbers that are looked at for a seal; more only where none of them has a row. */
const MOST_NUMBERS = 2 * MOST_ROWS;
/** Seals of one run at the most; what is left waits for the next. */
const MOST_SEALS = 100;
/** How often it is looked whether older transactions have ended, ms. */
const SETTLE_MS = 25;

/** A line of the trail that tells of a Z report. */
const Z_REPORT = Buffer.from('\toperational\tz_reports\t');

/** Rows numbered up to `lastId` are final as soon as every transaction before `xid` has ended. */
interface Mark {
  readonly lastId: number;
  readonly xid: string;
}

/** What a run sealed. */
export interface Sealed {
  readonly seals: number;
  readonly rows: number;
  /** A Z report was among the rows. */
  readonly hasZReport: boolean;
}

/**
 * Seals the audit trail behind those who write it: takes no lock they could meet. A number of the trail is given before its row is
 * committed, so a lower one may turn up after a higher one. A row has its number from a transaction that has its own number already (the
 * triggers write after their row; log_read and its like ask for one first). So: note the last number given, then take a transaction number;
 * once all transactions before it have ended, no row up to that number can come any more, and the range is sealed whole.
 */
@Injectable()
export class SealerService {
  private mark: Mark | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings | null,
  ) {}

  /** True where there are keys to seal with. */
  get isConfigured(): boolean {
    return this.settings !== null;
  }

  /** The keys to seal with; the first one is made where that is allowed. Throws where there are none. */
  async keys(): Promise<AuditKeys> {
    const { keyFile, mayMakeKey } = this.required();
    return mayMakeKey ? AuditKeys.ensure(keyFile) : AuditKeys.read(keyFile);
  }

  /** The keys to prove with; none is made for that. */
  provingKeys(): Promise<AuditKeys> {
    return AuditKeys.read(this.required().keyFile);
  }

  private required(): AuditSettings {
    if (this.settings) return this.settings;
    throw new Error(
      'The audit trail is not sealed here: set MEDITORY_AUDIT_KEY_FILE to the file of its keys.',
    );
  }

  /**
   * Seals what is final, waiting at most `waitMs` for transactions that are under way; what is not final then is left for the next run.
   * Several processes may do it at once: each seal is made by one of them.
   */
  async seal(waitMs: number): Promise<Sealed> {
    const keys = await this.keys();
    let done: Sealed = { seals: 0, rows: 0, hasZReport: false };
    const mark = await this.settledMark(waitMs);
    for (let n = 0; mark && n < MOST_SEALS; n++) {
      const sealed = await this.uow.run(systemContext(), (tx) => this.sealNext(tx, mark, keys));
      if (!sealed) break;
      done = {
        seals: done.seals + 1,
        rows: done.rows + sealed.rows,
        hasZReport: done.hasZReport || sealed.hasZReport,
      };
    }
    return done;
  }

  /** Seals everything that was committed when it was called, however much; throws where a transaction does not end in time. */
  async sealAll(waitMs: number): Promise<Sealed> {
    this.mark = undefined;
    let all: Sealed = { seals: 0, rows: 0, hasZReport: false };
    for (;;) {
      const { seals, rows, hasZReport } = await this.seal(waitMs);
      if (!(await this.isSettled())) throw new Error('A transaction that is under way holds the seals up.');
      all = { seals: all.seals + seals, rows: all.rows + rows, hasZReport: all.hasZReport || hasZReport };
      if (seals < MOST_SEALS) return all;
    }
  }

  private async isSettled(): Promise<boolean> {
    const { mark } = this;
    return (
      mark === undefined ||
      (await this.uow.read(systemContext(), (tx) => this.seals.hasSettled(tx, mark.xid)))
    );
  }

  /** The mark that was set, or a new one where its rows are sealed; undefined: nothing is to be sealed, or not yet. */
  private async settledMark(waitMs: number): Promise<Mark | undefined> {
    const lastId = await this.uow.read(
      systemContext(),
      async (tx) => (await this.seals.findHead(tx))?.lastId ?? 0,
    );
    if ((this.mark?.lastId ?? 0) <= lastId) this.mark = await this.takeMark(lastId);
    for (let waited = 0; this.mark && !(await this.isSettled()); waited += SETTLE_MS) {
      if (waited >= waitMs) return undefined;
      await pause(SETTLE_MS);
    }
    return this.mark;
  }

  /** Undefined where no number was given since the last seal: an idle installation uses up no transaction numbers. */
  private takeMark(sealedTo: number): Promise<Mark | undefined> {
    return this.uow.run(systemContext(), async (tx) => {
      await this.seals.becomeSealer(tx);
      if ((await this.seals.lastNumber(tx)) <= sealedTo) return undefined;
      return this.seals.takeMark(tx);
    });
  }

  private async sealNext(
    tx: Tx,
    mark: Mark,
    keys: AuditKeys,
  ): Promise<{ rows: number; hasZReport: boolean } | undefined> {
    await this.seals.becomeSealer(tx);
    if (!(await this.seals.tryLock(tx))) return undefined;
    const head = await this.seals.findHead(tx);
    const after = head?.lastId ?? 0;
    const rows: RowHash[] = [];
    let hasZReport = false;
    let to = after;
    // So many numbers at once that it does not matter how PostgreSQL puts their rows in order, however many wait behind them.
    for (let numbers = MOST_NUMBERS; rows.length === 0 && to < mark.lastId; numbers *= 4) {
      to = Math.min(mark.lastId, after + numbers);
      for await (const line of this.seals.lines(tx, after, to, MOST_ROWS)) {
        rows.push(rowHashOf(line));
        hasZReport ||= line.includes(Z_REPORT);
      }
    }
    const last = rows.at(-1);
    if (!last) return undefined;
    const lastId = rows.length === MOST_ROWS ? last.id : to;
    await this.seals.insertSeal(tx, makeSeal(head, lastId, rows, await this.seals.now(tx), keys));
    return { rows: rows.length, hasZReport };
  }
}

function makeSeal(
  head: Seal | undefined,
  lastId: number,
  rows: readonly RowHash[],
  sealedAt: Date,
  keys: AuditKeys,
): WholeSeal {
  const { keyId, key } = keys.current;
  const rowHashes = packRows(rows);
  const content = {
    sealNo: (head?.sealNo ?? 0) + 1,
    chainId: head?.chainId ?? randomUUID(),
    firstId: (head?.lastId ?? 0) + 1,
    lastId,
    rowCount: rows.length,
    rowHashes,
    rowsHash: sha256(rowHashes),
    sealedAt,
    keyId,
    previousHash: head?.hash ?? null,
  };
  const hash = sealHash(content);
  return { ...content, hash, mac: sealMac(key, hash) };
}
