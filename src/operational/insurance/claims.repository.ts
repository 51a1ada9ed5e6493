import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { Adjudication } from './adjudication.domain.js';
import { claimCommands, type ClaimStatus } from './claim-status.domain.js';
import type { ClaimQuery, ClaimView } from './claims.schemas.js';
import * as sql from './claims.sql.js';
import type { ClaimInLine } from './coordination.domain.js';
import type { PayerClaim } from './payer-port.types.js';

export type ShownClaim = z.output<typeof ClaimView>;

/** A fill under its lock, as claims must know it. Amounts and quantities are decimal strings. */
export interface LockedFill {
  readonly fillId: number;
  readonly prescriptionId: number;
  readonly fillNumber: number;
  readonly drugId: number;
  readonly status: string;
  readonly price: string;
  readonly quantity: string;
  readonly daysSupply: number;
  readonly patientId: number;
  readonly serviceDate: string;
  readonly currencyDecimals: number;
  /** True: sold and not returned. */
  readonly isSold: boolean;
  /** True: sold, returned or not. */
  readonly wasSold: boolean;
}

export interface NewClaim {
  readonly fillId: number;
  readonly insuranceId: number;
  readonly amount: string;
  readonly previousClaimId?: number;
  readonly note?: string | null;
}

export interface ShareRow {
  readonly fillId: number;
  readonly price: string;
  readonly claimId: number | null;
  readonly claimNumber: string;
  readonly payerName: string;
  readonly payerNameAr: string | null;
  readonly status: ClaimStatus;
  readonly payerShare: string | null;
  readonly patientShare: string | null;
}

const money = (text: string | null): string | null => (text === null ? null : Money.of(text).toString());

type Row = Omit<ShownClaim, 'commands'>;

const asShown = (row: Row): ShownClaim => ({
  ...row,
  amountClaimed: Money.of(row.amountClaimed).toString(),
  payerShare: money(row.payerShare),
  patientShare: money(row.patientShare),
  deductibleApplied: Money.of(row.deductibleApplied).toString(),
  commands: claimCommands(row.status),
});

/** Claims and their history. */
@Injectable()
export class ClaimsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    query: z.output<typeof ClaimQuery>,
  ): Promise<[ShownClaim[], number]> {
    const { status, payerId, patientId, fillId, rejectCode, olderThanDays, batchId, prescriptionId } = query;
    const filter = [
      branchId,
      ...[status, payerId, patientId, fillId, rejectCode, olderThanDays, batchId, prescriptionId].map(
        (value) => value ?? null,
      ),
    ];
    const [rows, { total }] = await Promise.all([
      tx.query<Row>(sql.FIND_PAGE, [...filter, query.limit, (query.page - 1) * query.limit]),
      tx.one<{ total: number }>(sql.COUNT, filter),
    ]);
    return [rows.map(asShown), total];
  }

  countByStatus(tx: Tx, branchId: number): Promise<{ status: ClaimStatus; count: number }[]> {
    return tx.query(sql.COUNT_BY_STATUS, [branchId]);
  }

  async findOne(tx: Tx, branchId: number, claimId: number): Promise<ShownClaim | undefined> {
    const row = await tx.maybeOne<Row>(sql.FIND_ONE, [claimId, branchId]);
    return row && asShown(row);
  }

  async ofFill(tx: Tx, branchId: number, fillId: number): Promise<ShownClaim[]> {
    return (await tx.query<Row>(sql.OF_FILL, [fillId, branchId])).map(asShown);
  }

  events(
    tx: Tx,
    claimId: number,
  ): Promise<
    {
      fromStatus: string | null;
      toStatus: string;
      reason: string | null;
      userName: string | null;
      occurredAt: Date;
    }[]
  > {
    return tx.query(sql.EVENTS, [claimId]);
  }

  lockFill(tx: Tx, branchId: number, fillId: number): Promise<LockedFill | undefined> {
    return tx.maybeOne<LockedFill>(sql.LOCK_FILL, [fillId, branchId]);
  }

  async fillOf(tx: Tx, branchId: number, claimId: number): Promise<number | undefined> {
    return (await tx.maybeOne<{ fillId: number }>(sql.FILL_OF, [claimId, branchId]))?.fillId;
  }

  inLine(tx: Tx, fillId: number): Promise<ClaimInLine[]> {
    return tx.query<ClaimInLine>(sql.IN_LINE, [fillId]);
  }

  async insert(tx: Tx, branchId: number, userId: number, claim: NewClaim): Promise<number> {
    const { fillId, insuranceId, amount, previousClaimId, note } = claim;
    const values = [branchId, fillId, insuranceId, amount, previousClaimId ?? null, userId, note ?? null];
    return (await tx.one<{ claimId: number }>(sql.INSERT, values)).claimId;
  }

  toAdjudicate(
    tx: Tx,
    claimId: number,
  ): Promise<(Omit<PayerClaim, 'medicine'> & { drugId: number }) | undefined> {
    return tx.maybeOne(sql.TO_ADJUDICATE, [claimId]);
  }

  /** Keeps a payer's answer. False: the claim is submitted no longer. */
  async answer(tx: Tx, claimId: number, answer: Adjudication): Promise<boolean> {
    const values =
      answer.outcome === 'rejected'
        ? [null, null, answer.code, answer.notBefore, null, answer.ruleId, null, null, null, null, null]
        : [
            answer.payerShare,
            answer.patientShare,
            null,
            null,
            JSON.stringify(answer.breakdown),
            answer.ruleId,
            answer.authorisationId,
            answer.deductibleApplied,
            answer.periodFrom,
            answer.periodDeductible,
            answer.periodCap,
          ];
    return (await tx.execute(sql.ANSWER, [claimId, answer.outcome, ...values])) === 1;
  }

  statusOf(tx: Tx, claimId: number): Promise<{ status: ClaimStatus; claimNumber: string }> {
    return tx.one(sql.STATUS_OF, [claimId]);
  }

  async pay(tx: Tx, claimId: number, paidOn: string, reference: string | null): Promise<void> {
    await tx.execute(sql.PAY, [claimId, paidOn, reference]);
  }

  async close(
    tx: Tx,
    claimId: number,
    to: 'resubmitted' | 'written_off',
    note: string | null,
  ): Promise<void> {
    await tx.execute(sql.CLOSE, [claimId, to, note]);
  }

  /** Reverses the claims of fills that stand or wait, from one on. Answers how many. */
  reverseFrom(tx: Tx, fillIds: readonly number[], claimId: number, note: string): Promise<number> {
    return tx.execute(sql.REVERSE_FROM, [fillIds, claimId, note]);
  }

  toTell(tx: Tx, fillIds: readonly number[]): Promise<{ claimId: number; claimNumber: string }[]> {
    return tx.query(sql.TO_TELL, [fillIds]);
  }

  async told(tx: Tx, claimId: number): Promise<void> {
    await tx.execute(sql.TOLD, [claimId]);
  }

  shares(tx: Tx, branchId: number, fillIds: readonly number[]): Promise<ShareRow[]> {
    return tx.query<ShareRow>(sql.SHARES, [fillIds, branchId]);
  }

  async correctMember(tx: Tx, insuranceId: number, memberNumber: string): Promise<void> {
    await tx.execute(sql.CORRECT_MEMBER, [insuranceId, memberNumber]);
  }
}
