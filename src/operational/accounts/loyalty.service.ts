import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { exactAmount } from '../../platform/money/exact-amount.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { AccountsRepository } from './accounts.repository.js';
import type { EarningSale, PointsReturn } from './accounts.types.js';
import {
  earningBase,
  pointsEarned,
  pointsToGiveBack,
  pointsToSpend,
  pointsToTakeBack,
  type Purchase,
} from './loyalty.domain.js';
import { LoyaltyRepository } from './loyalty.repository.js';
import type { LoyaltyRuleView, PointsQuery, PointsRow, WriteLoyaltyRule } from './loyalty.schemas.js';

/**
 * Points of customers. They follow sales: earned and spent in the transaction of the sale, taken back and given back in that of the
 * return. Never below zero: what a return should take and is not there any more is taken from the next points.
 */
@Injectable()
export class LoyaltyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly loyalty: LoyaltyRepository,
    private readonly accounts: AccountsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** Spends the points a sale is paid with and adds those it earns. Throws as `pointsToSpend`. */
  async earn(tx: Tx, branchId: number, sale: EarningSale): Promise<void> {
    const rule = await this.loyalty.findRule(tx, branchId);
    const { saleId, accountId } = sale;
    const purchase = purchaseOf(sale);
    if (!purchase.withPoints.isZero())
      await this.loyalty.insert(tx, branchId, {
        accountId,
        kind: 'redeem',
        points: -pointsToSpend(purchase.withPoints, rule),
        saleId,
        money: purchase.withPoints.toString(),
      });
    if (!rule?.isActive) return;
    const { amountPerPoint, earnsOnPrescriptions: onPrescriptions } = rule;
    const points = pointsEarned(earningBase(purchase, onPrescriptions), amountPerPoint);
    if (points > 0)
      await this.loyalty.insert(tx, branchId, {
        accountId,
        kind: 'earn',
        points,
        saleId,
        rate: { amountPerPoint, onPrescriptions },
      });
  }

  /** Lets points follow a return or void just posted: gives back what was spent, then takes back what was earned. */
  async follow(tx: Tx, branchId: number, returned: PointsReturn): Promise<void> {
    const { saleId, originalSaleId, accountId, toPoints } = returned;
    const { spent, earned } = await this.loyalty.ofSale(tx, originalSaleId, accountId);
    const givenBack = pointsToGiveBack(spent, toPoints);
    if (!toPoints.isZero())
      await this.loyalty.insert(tx, branchId, {
        accountId,
        kind: 'give_back',
        points: givenBack,
        saleId,
        money: toPoints.negated().toString(),
      });
    if (!earned) return;
    const base = earningBase(await this.loyalty.left(tx, originalSaleId), earned.onPrescriptions);
    const takenBack = pointsToTakeBack(earned, base);
    if (takenBack > 0)
      await this.loyalty.insert(tx, branchId, { accountId, kind: 'take_back', points: -takenBack, saleId });
  }

  /** How points are earned and spent at the branch. */
  getRule(ctx: RequestContext): Promise<z.output<typeof LoyaltyRuleView>> {
    return this.uow.read(ctx, async (tx) => ({
      rule: (await this.loyalty.findRule(tx, ctx.branchId)) ?? null,
    }));
  }

  /** Sets the rule up or changes it for what is sold from now on; 409 `stale-version`, 422 `amount-too-fine`. */
  writeRule(
    ctx: RequestContext,
    input: z.output<typeof WriteLoyaltyRule>,
  ): Promise<z.output<typeof LoyaltyRuleView>> {
    return this.uow.run(ctx, async (tx) => {
      const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
      const [amountPerPoint, pointValue] = [input.amountPerPoint, input.pointValue].map((amount) =>
        exactAmount(amount, currencyDecimals).toString(),
      );
      const rule = { ...input, amountPerPoint: amountPerPoint ?? '', pointValue: pointValue ?? '' };
      if (!(await this.loyalty.writeRule(tx, ctx.branchId, rule))) throw new StaleVersion('rule');
      return { rule: (await this.loyalty.findRule(tx, ctx.branchId)) ?? null };
    });
  }

  /** Entries of points of an account, newest first; throws NotFound. */
  findEntries(
    ctx: RequestContext,
    accountId: number,
    query: z.output<typeof PointsQuery>,
  ): Promise<Page<PointsRow>> {
    return this.uow.read(ctx, async (tx) => {
      if (!(await this.accounts.find(tx, ctx.branchId, accountId))) throw new NotFound('account');
      const [data, total] = await this.loyalty.findEntries(tx, ctx.branchId, accountId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }
}

function purchaseOf({ payments, lines }: EarningSale): Purchase {
  const linesOf = (isPrescription: boolean): Money =>
    Money.sum(
      lines.filter((line) => (line.fillId !== null) === isPrescription).map((line) => line.lineTotal),
    );
  const paid = (method: string): Money =>
    Money.sum(payments.filter((one) => one.method === method).map((one) => one.amount));
  return {
    overTheCounter: linesOf(false),
    prescriptions: linesOf(true),
    insured: paid('insurance'),
    withPoints: paid('points'),
  };
}
