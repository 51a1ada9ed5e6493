import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { balanceOf, recallCommands } from './recall-balance.domain.js';
import { RecallExists, RecallOpen, SerialUnknown } from './recalls.errors.js';
import { RecallsRepository } from './recalls.repository.js';
import type {
  CloseRecall,
  ContactQuery,
  OpenRecall,
  RecallQuery,
  WithdrawRecall,
} from './recalls.schemas.js';
import type { Recall, RecallCommand, RecallContact, RecallHead, RecallStatus } from './recalls.types.js';

/** Hand-outs a file holds at most: a list to telephone by. */
const FILE_ROWS = 10_000;

const CONTACT_COLUMNS = [
  'branchName',
  'handedOutAt',
  'patientId',
  'patientName',
  'patientNameAr',
  'phone',
  'isDeceased',
  'rxNumber',
  'saleNumber',
  'lotNumber',
  'quantity',
  'cameBack',
  'hadSerial',
];

/** Calls lots back: set aside at every branch of who calls, who got them, and until nothing of them is left. */
@Injectable()
export class RecallsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly recalls: RecallsRepository,
  ) {}

  /** A page, newest first; quantities are of the branches of who reads. */
  findPage(ctx: RequestContext, query: z.output<typeof RecallQuery>): Promise<Page<RecallHead>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.recalls.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  findOne(ctx: RequestContext, recallId: number): Promise<Recall> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, recallId));
  }

  /**
   * Calls back a lot, or all of a product, and sets aside in the same transaction what lies at the branches of who calls. Throws NotFound,
   * RecallExists, SerialUnknown, RuleViolation.
   */
  open(ctx: RequestContext, input: z.output<typeof OpenRecall>): Promise<Recall> {
    return this.uow.run(ctx, async (tx) => {
      const lotNumber = input.lotNumber ?? (await this.lotOfSerial(tx, input));
      const recallId = await this.recalls.findSame(tx, input.drugId, lotNumber);
      if (recallId !== undefined) throw new RecallExists({ recallId });
      const { drugId, serial = null, recallClass, reason, notice = null } = input;
      const recall = { drugId, lotNumber, serial, recallClass, reason, notice };
      const made = await this.recalls.insert(tx, recall, ctx.actor.userId);
      await this.recalls.apply(tx, made, ctx.actor.branchIds, ctx.actor.userId);
      return this.get(tx, ctx, made);
    });
  }

  /** Sets aside what lies at the branches of who asks, where a recall was made by somebody who does not work there. Throws NotFound, InvalidTransition. */
  apply(ctx: RequestContext, recallId: number): Promise<Recall> {
    return this.uow.run(ctx, async (tx) => {
      const status = await this.recalls.lock(tx, recallId);
      if (status === undefined) throw new NotFound('recall');
      if (status === 'withdrawn') throw new InvalidTransition('recall', status, 'apply', []);
      await this.recalls.apply(tx, recallId, ctx.actor.branchIds, ctx.actor.userId);
      return this.get(tx, ctx, recallId);
    });
  }

  /** Closes a recall of which nothing is on a shelf or in transit, at any branch. Throws NotFound, InvalidTransition, RecallOpen. */
  close(ctx: RequestContext, recallId: number, { note }: z.output<typeof CloseRecall>): Promise<Recall> {
    return this.end(ctx, recallId, 'close', 'closed', note);
  }

  /** It was a mistake: the lots are what they were. Throws NotFound, InvalidTransition. */
  withdraw(
    ctx: RequestContext,
    recallId: number,
    { reason }: z.output<typeof WithdrawRecall>,
  ): Promise<Recall> {
    return this.end(ctx, recallId, 'withdraw', 'withdrawn', reason);
  }

  /** Who got something of it; each person named is a record read, and logged. Throws NotFound. */
  findContacts(
    ctx: RequestContext,
    recallId: number,
    query: z.output<typeof ContactQuery>,
  ): Promise<{ data: RecallContact[]; nextCursor: string | null }> {
    return this.uow.run(ctx, async (tx) => {
      const data = await this.contacts(tx, ctx, recallId, query.cursor, query.limit);
      const last = data.length === query.limit ? data.at(-1) : undefined;
      return { data, nextCursor: last ? String(last.movementId) : null };
    });
  }

  /** The whole list as CSV. Throws NotFound, RuleViolation for more than FILE_ROWS. */
  contactsCsv(ctx: RequestContext, recallId: number): Promise<string> {
    return this.uow.run(ctx, async (tx) => {
      const rows = await this.contacts(tx, ctx, recallId, undefined, FILE_ROWS + 1);
      if (rows.length > FILE_ROWS)
        throw new RuleViolation(`More than ${FILE_ROWS} hand-outs: read the list page by page.`);
      return stringify(
        rows.map((row) => ({ ...row, handedOutAt: new Date(row.handedOutAt).toISOString() })),
        // A name that begins like a formula must stay a name where the file is opened as a table.
        {
          header: true,
          bom: true,
          columns: CONTACT_COLUMNS,
          escape_formulas: true,
          cast: { boolean: String },
        },
      );
    });
  }

  private async contacts(
    tx: Tx,
    ctx: RequestContext,
    recallId: number,
    after: number | undefined,
    limit: number,
  ): Promise<RecallContact[]> {
    if (!(await this.recalls.find(tx, ctx.branchId, recallId))) throw new NotFound('recall');
    const rows = await this.recalls.findContacts(tx, recallId, after, limit);
    await this.recalls.logRead(tx, [...new Set(rows.flatMap((row) => row.patientId ?? []))]);
    return rows;
  }

  private end(
    ctx: RequestContext,
    recallId: number,
    command: RecallCommand,
    status: RecallStatus,
    note: string,
  ): Promise<Recall> {
    return this.uow.run(ctx, async (tx) => {
      const before = await this.recalls.lock(tx, recallId);
      if (before === undefined) throw new NotFound('recall');
      const allowed = recallCommands(before, true);
      if (!allowed.includes(command)) throw new InvalidTransition('recall', before, command, allowed);
      if (command === 'close') {
        const { onShelf, inTransit } = (await this.get(tx, ctx, recallId)).balance;
        if (onShelf !== '0' || inTransit !== '0') throw new RecallOpen({ onShelf, inTransit });
      }
      await this.recalls.setStatus(tx, recallId, status, ctx.actor.userId, note);
      return this.get(tx, ctx, recallId);
    });
  }

  private async lotOfSerial(tx: Tx, { drugId, serial }: z.output<typeof OpenRecall>): Promise<string | null> {
    if (serial === undefined) return null;
    const [lotNumber, ...more] = await this.recalls.findLotsOfSerial(tx, drugId, serial);
    if (lotNumber === undefined) throw new SerialUnknown();
    if (more.length > 0)
      throw new RuleViolation('This serial was scanned with more than one lot.', {}, [
        { pointer: '/lotNumber', detail: 'must say which lot is called back' },
      ]);
    return lotNumber;
  }

  private async get(tx: Tx, ctx: RequestContext, recallId: number): Promise<Recall> {
    const head = await this.recalls.find(tx, ctx.branchId, recallId);
    if (!head) throw new NotFound('recall');
    const [branches, lots, moved, transit, blockedFills, contacts] = await Promise.all([
      this.recalls.findBranches(tx, recallId),
      this.recalls.findLots(tx, recallId),
      this.recalls.findMoved(tx, recallId),
      this.recalls.findTransit(tx, recallId),
      this.recalls.findBlockedFills(tx, recallId),
      this.recalls.countContacts(tx, recallId),
    ]);
    return {
      ...head,
      balance: balanceOf(moved, head.onShelf, transit.total),
      branches,
      lots,
      blockedFills,
      transit: transit.rows,
      contacts,
      commands: recallCommands(head.status, head.isApplied),
    };
  }
}
