import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { AccountBlocked, PointsShort } from './account-refusals.domain.js';
import { requireCover } from './accounts.domain.js';
import { AccountsRepository } from './accounts.repository.js';
import type { AccountTender, SaleTender } from './accounts.types.js';
import { pointsToSpend } from './loyalty.domain.js';
import { LoyaltyRepository } from './loyalty.repository.js';

const sumOf = (tenders: readonly SaleTender[], method: AccountTender): Money =>
  Money.sum(tenders.filter((one) => one.method === method).map((one) => Money.of(one.amount)));

/** What the till must know of the account of a customer. The tenders themselves are posted to it by the database, with the sale. */
@Injectable()
export class AccountTendersService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly loyalty: LoyaltyRepository,
  ) {}

  /**
   * Locks an account and judges whether it covers the tenders of a sale that go by it. Refusals: NotFound, `account-blocked`,
   * `credit-limit`, `deposit-short`, `points-short` (409), `points-not-redeemable` (422).
   */
  async require(tx: Tx, branchId: number, accountId: number, tenders: readonly SaleTender[]): Promise<void> {
    const account = await this.accounts.lock(tx, branchId, accountId);
    if (!account) throw new NotFound('account');
    requireCover(account, sumOf(tenders, 'deposit'), sumOf(tenders, 'account'));
    const withPoints = sumOf(tenders, 'points');
    if (withPoints.isZero()) return;
    if (account.status === 'blocked') throw new AccountBlocked();
    const points = pointsToSpend(withPoints, await this.loyalty.findRule(tx, branchId));
    if (points > account.points) throw new PointsShort({ available: account.points });
  }

  /** The account a sale goes by; null where it is nobody's. */
  async ofSale(tx: Tx, saleId: number): Promise<number | null> {
    return (await this.accounts.findOfSale(tx, saleId)) ?? null;
  }
}
