import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { LimitUsage } from './purchase-limits.domain.js';
import * as sql from './purchase-limits.sql.js';
import type { PurchaseLimit } from './purchase-limits.schemas.js';

/** Who buys, by the keys his purchases are found by. */
export interface BuyerKeys {
  readonly patientId: number | null;
  readonly identityKey: Buffer | null;
}

/** Terms of a limit as they are written. */
export type LimitTerms = Pick<
  PurchaseLimit,
  'maxPerSale' | 'maxPerPeriod' | 'periodDays' | 'minimumAge' | 'idRequired' | 'reason'
>;

/** A row of a sale's check of who buys. */
export interface NewCheck {
  readonly documentKind: string;
  readonly ageYears: number | null;
  readonly identityKey: Buffer | null;
}

const termsOf = (terms: LimitTerms): unknown[] => [
  terms.maxPerSale,
  terms.maxPerPeriod,
  terms.periodDays,
  terms.minimumAge,
  terms.idRequired,
  terms.reason,
];

@Injectable()
export class PurchaseLimitsRepository {
  /** Those of the products that a limit is on. */
  async findLimited(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<Set<number>> {
    const rows = await tx.query<{ drugId: number }>(sql.FIND_LIMITED, [branchId, drugIds]);
    return new Set(rows.map(({ drugId }) => drugId));
  }

  async findBuyer(
    tx: Tx,
    document: { kind: string; number: string } | undefined,
    patientId: number | null,
  ): Promise<{ identityKey: Buffer | null; birthDate: string | null }> {
    return tx.one(sql.FIND_BUYER, [document?.kind ?? null, document?.number ?? null, patientId]);
  }

  async lockPurchaser(tx: Tx, { patientId, identityKey }: BuyerKeys): Promise<void> {
    await tx.query(sql.LOCK_PURCHASER, [patientId, identityKey]);
  }

  findUsage(
    tx: Tx,
    branchId: number,
    lines: readonly { readonly drugId: number; readonly quantity: string }[],
    buyer: BuyerKeys,
    today: string,
  ): Promise<LimitUsage[]> {
    return tx.query<LimitUsage>(sql.FIND_USAGE, [
      branchId,
      lines.map(({ drugId }) => drugId),
      lines.map(({ quantity }) => quantity),
      buyer.patientId,
      buyer.identityKey,
      today,
    ]);
  }

  async insertCheck(
    tx: Tx,
    at: { saleId: number; branchId: number; userId: number },
    check: NewCheck,
  ): Promise<void> {
    const { documentKind, ageYears, identityKey } = check;
    await tx.execute(sql.INSERT_CHECK, [
      at.saleId,
      at.branchId,
      documentKind,
      ageYears,
      identityKey,
      at.userId,
    ]);
  }

  async insertOverrides(
    tx: Tx,
    at: { saleId: number; branchId: number; userId: number },
    overrides: readonly { readonly limitId: number; readonly reason: string }[],
  ): Promise<void> {
    const ids = overrides.map(({ limitId }) => limitId);
    const reasons = overrides.map(({ reason }) => reason);
    await tx.execute(sql.INSERT_OVERRIDES, [at.saleId, at.branchId, at.userId, ids, reasons]);
  }

  async findPage(
    tx: Tx,
    branchId: number,
    asked: { readonly ended: boolean; readonly page: number; readonly limit: number },
  ): Promise<[PurchaseLimit[], number]> {
    const { ended, page, limit } = asked;
    const values = [branchId, ended, limit, (page - 1) * limit];
    const rows = await tx.query<PurchaseLimit & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, limitId: number): Promise<PurchaseLimit | undefined> {
    return tx.maybeOne<PurchaseLimit>(sql.FIND_ONE, [branchId, limitId]);
  }

  async insert(
    tx: Tx,
    at: { readonly branchId: number; readonly userId: number },
    on: { readonly drugId: number | null; readonly ingredientId: number | null },
    terms: LimitTerms,
  ): Promise<number> {
    const values = [at.branchId, on.drugId, on.ingredientId, ...termsOf(terms), at.userId];
    return (await tx.one<{ limitId: number }>(sql.INSERT, values)).limitId;
  }

  /** False: it has another version, or has ended. */
  async update(
    tx: Tx,
    branchId: number,
    limitId: number,
    version: number,
    terms: LimitTerms,
  ): Promise<boolean> {
    return (await tx.execute(sql.UPDATE, [branchId, limitId, version, ...termsOf(terms)])) === 1;
  }

  /** False: it has another version, or has ended. */
  async end(tx: Tx, branchId: number, limitId: number, version: number, userId: number): Promise<boolean> {
    return (await tx.execute(sql.END, [branchId, limitId, version, userId])) === 1;
  }
}
