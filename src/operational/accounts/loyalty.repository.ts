import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import './accounts.errors.js';
import type { Purchase, Spent } from './loyalty.domain.js';
import type { PointsRow, StoredRule } from './loyalty.schemas.js';
import * as sql from './loyalty.sql.js';

/** An entry of points as it is written. */
export interface NewPointsEntry {
  readonly accountId: number;
  readonly kind: 'earn' | 'redeem' | 'take_back' | 'give_back';
  /** Positive: more points. */
  readonly points: number;
  readonly saleId: number;
  /** What points paid, or below zero got back; of what is spent and given back. */
  readonly money?: string;
  /** What it was earned at. */
  readonly rate?: { readonly amountPerPoint: string; readonly onPrescriptions: boolean };
}

/** What a sale earned and spent, less what returns before took and gave. */
export interface PointsOfSale {
  readonly spent: Spent;
  /** Undefined: it earned none. */
  readonly earned:
    | {
        readonly points: number;
        readonly takenBack: number;
        readonly amountPerPoint: string;
        readonly onPrescriptions: boolean;
      }
    | undefined;
}

interface StoredPoints {
  readonly earned: number;
  readonly takenBack: number;
  readonly spent: number;
  readonly givenBack: number;
  readonly spentMoney: string;
  readonly givenBackMoney: string;
  readonly amountPerPoint: string | null;
  readonly onPrescriptions: boolean | null;
}

/** Points: the rule of a branch and the ledger of each account. */
@Injectable()
export class LoyaltyRepository {
  async findRule(tx: Tx, branchId: number): Promise<StoredRule | undefined> {
    const rule = await tx.maybeOne<StoredRule>(sql.FIND_RULE, [branchId]);
    return (
      rule && {
        ...rule,
        amountPerPoint: Money.of(rule.amountPerPoint).toString(),
        pointValue: Money.of(rule.pointValue).toString(),
      }
    );
  }

  /** Writes the rule; false when it has another version by now. */
  async writeRule(tx: Tx, branchId: number, rule: StoredRule): Promise<boolean> {
    const written = await tx.query(sql.WRITE_RULE, [
      branchId,
      rule.version,
      rule.isActive,
      rule.amountPerPoint,
      rule.pointValue,
      rule.minimumPoints,
      rule.expiryMonths,
      rule.earnsOnPrescriptions,
    ]);
    return written.length > 0;
  }

  async insert(tx: Tx, branchId: number, entry: NewPointsEntry): Promise<void> {
    await tx.execute(sql.INSERT_ENTRY, [
      branchId,
      entry.accountId,
      entry.kind,
      entry.points,
      entry.saleId,
      entry.money ?? null,
      entry.rate?.amountPerPoint ?? null,
      entry.rate?.onPrescriptions ?? null,
    ]);
  }

  async ofSale(tx: Tx, saleId: number, accountId: number): Promise<PointsOfSale> {
    const row = await tx.one<StoredPoints>(sql.FIND_OF_SALE, [saleId, accountId]);
    const { earned, takenBack, amountPerPoint, onPrescriptions } = row;
    return {
      spent: {
        points: row.spent,
        money: Money.of(row.spentMoney),
        pointsGivenBack: row.givenBack,
        moneyGivenBack: Money.of(row.givenBackMoney),
      },
      earned:
        amountPerPoint === null
          ? undefined
          : { points: earned, takenBack, amountPerPoint, onPrescriptions: onPrescriptions === true },
    };
  }

  /** What is left of a sale after its returns. */
  async left(tx: Tx, saleId: number): Promise<Purchase> {
    const row = await tx.one<Record<keyof Purchase, string>>(sql.FIND_LEFT, [saleId]);
    return {
      overTheCounter: Money.of(row.overTheCounter),
      prescriptions: Money.of(row.prescriptions),
      insured: Money.of(row.insured),
      withPoints: Money.of(row.withPoints),
    };
  }

  async findEntries(
    tx: Tx,
    branchId: number,
    accountId: number,
    { page, limit }: { readonly page: number; readonly limit: number },
  ): Promise<[PointsRow[], number]> {
    const values = [accountId, branchId, limit, (page - 1) * limit];
    const rows = await tx.query<PointsRow & { rowTotal: number }>(sql.FIND_ENTRIES, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }
}
