import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { exactAmount } from '../../platform/money/exact-amount.js';
import type { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { AccountsRepository } from './accounts.repository.js';
import type {
  AccountPosting,
  AccountQuery,
  AccountRow,
  Correct,
  EntryQuery,
  EntryRow,
  OpenAccount,
  PayOut,
  TakePayment,
  UpdateAccount,
} from './accounts.schemas.js';

type Posting = z.output<typeof AccountPosting>;

/** Accounts of customers: what they owe or paid ahead is the sum of a ledger, and never above their limit. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof AccountQuery>): Promise<Page<AccountRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.accounts.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, accountId: number): Promise<AccountRow> {
    return this.uow.read(ctx, (tx) => this.require(tx, ctx.branchId, accountId));
  }

  /** Opens an account with no credit; NotFound for a patient of another branch. */
  open(ctx: RequestContext, input: z.output<typeof OpenAccount>): Promise<AccountRow> {
    return this.uow.run(ctx, async (tx) => {
      const { kind, name, nameAr = null, phone = null, patientId = null } = input;
      const values = { kind, name, nameAr, phone, patientId };
      return this.require(tx, ctx.branchId, await this.accounts.insert(tx, ctx.branchId, values));
    });
  }

  /** Changes who it is, his limit or whether he may buy. 404; 409 `stale-version`, `limit-below-balance`; 422 `amount-too-fine`. */
  update(ctx: RequestContext, accountId: number, input: z.output<typeof UpdateAccount>): Promise<AccountRow> {
    return this.uow.run(ctx, async (tx) => {
      const before = await this.require(tx, ctx.branchId, accountId);
      const { version, ...changes } = input;
      const limit = await this.exact(tx, ctx, changes.creditLimit ?? before.creditLimit);
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      const values = { ...before, ...Object.fromEntries(given), creditLimit: limit.toString() };
      if (!(await this.accounts.update(tx, ctx.branchId, { accountId, version }, values)))
        throw new StaleVersion('account');
      return this.require(tx, ctx.branchId, accountId);
    });
  }

  /**
   * Takes money at the actor's till: it settles what is owed, and the rest is paid ahead. 404; 409 `no-open-shift`, `entry-not-open`;
   * 422 `amount-too-fine`.
   */
  pay(ctx: RequestContext, accountId: number, input: z.output<typeof TakePayment>): Promise<Posting> {
    return this.posting(ctx, accountId, async (tx) => {
      const amount = await this.exact(tx, ctx, input.amount);
      return this.accounts.postAtTill(tx, ctx.branchId, accountId, ctx.actor.userId, {
        kind: 'payment',
        amount: amount.negated().toString(),
        method: input.method,
        reference: input.reference ?? null,
        reason: null,
        settles: input.settles ?? null,
      });
    });
  }

  /**
   * Gives back what was paid ahead, out of the actor's till. 404; 409 `no-open-shift`, `deposit-short`, `account-blocked`; 422
   * `amount-too-fine`.
   */
  payOut(ctx: RequestContext, accountId: number, input: z.output<typeof PayOut>): Promise<Posting> {
    return this.posting(ctx, accountId, async (tx) => {
      const amount = await this.exact(tx, ctx, input.amount);
      return this.accounts.postAtTill(tx, ctx.branchId, accountId, ctx.actor.userId, {
        kind: 'payout',
        amount: amount.toString(),
        method: input.method,
        reference: null,
        reason: input.reason,
        settles: null,
      });
    });
  }

  /** Puts a balance right, with a reason. 404; 409 `credit-limit`; 422 `amount-too-fine`. */
  correct(ctx: RequestContext, accountId: number, input: z.output<typeof Correct>): Promise<Posting> {
    return this.posting(ctx, accountId, async (tx) => {
      const amount = await this.exact(tx, ctx, input.amount);
      return this.accounts.postCorrection(tx, ctx.branchId, accountId, {
        amount: amount.toString(),
        reason: input.reason,
      });
    });
  }

  /** Entries of an account; throws NotFound. */
  findEntries(
    ctx: RequestContext,
    accountId: number,
    query: z.output<typeof EntryQuery>,
  ): Promise<Page<EntryRow>> {
    return this.uow.read(ctx, async (tx) => {
      await this.require(tx, ctx.branchId, accountId);
      const { show, page, limit } = query;
      const asked = { isOpen: show === 'open', page, limit };
      const [data, total] = await this.accounts.findEntries(tx, ctx.branchId, accountId, asked);
      return { data, meta: { total, page, limit } };
    });
  }

  private posting(
    ctx: RequestContext,
    accountId: number,
    post: (tx: Tx) => Promise<number>,
  ): Promise<Posting> {
    return this.uow.run(ctx, async (tx) => {
      const entryId = await post(tx);
      return {
        entryId,
        settled: await this.accounts.findSettled(tx, entryId),
        account: await this.require(tx, ctx.branchId, accountId),
      };
    });
  }

  private async exact(tx: Tx, ctx: RequestContext, amount: string): Promise<Money> {
    return exactAmount(amount, (await this.branches.settings(tx, ctx.branchId)).currencyDecimals);
  }

  private async require(tx: Tx, branchId: number, accountId: number): Promise<AccountRow> {
    const account = await this.accounts.find(tx, branchId, accountId);
    if (!account) throw new NotFound('account');
    return account;
  }
}
