import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { PatientExport, ViewsPage } from './patient-exports.schemas.js';
import * as sql from './patient-exports.sql.js';

type Export = z.output<typeof PatientExport>;
const money = (amount: string): string => Money.of(amount).toString();

type ViewRow = z.output<typeof ViewsPage>['data'][number];

@Injectable()
export class PatientExportsRepository {
  /** Every number the person is or was on record under. */
  async family(tx: Tx, patientId: number): Promise<number[]> {
    return (await tx.query<{ patientId: number }>(sql.FAMILY, [patientId])).map((row) => row.patientId);
  }

  prescriptions(tx: Tx, family: readonly number[]): Promise<Export['prescriptions']> {
    return tx.query(sql.PRESCRIPTIONS, [family]);
  }

  papers(tx: Tx, family: readonly number[]): Promise<Export['papers']> {
    return tx.query(sql.PAPERS, [family]);
  }

  async fills(tx: Tx, family: readonly number[]): Promise<Export['fills']> {
    const rows = await tx.query<Export['fills'][number]>(sql.FILLS, [family]);
    return rows.map((row) => ({ ...row, price: money(row.price) }));
  }

  async sales(tx: Tx, family: readonly number[]): Promise<Export['sales']> {
    const rows = await tx.query<Export['sales'][number]>(sql.SALES, [family]);
    return rows.map((row) => ({ ...row, lineTotal: money(row.lineTotal) }));
  }

  async claims(tx: Tx, family: readonly number[]): Promise<Export['claims']> {
    const rows = await tx.query<Export['claims'][number]>(sql.CLAIMS, [family]);
    return rows.map((row) => ({
      ...row,
      amountClaimed: money(row.amountClaimed),
      payerShare: row.payerShare === null ? null : money(row.payerShare),
      patientShare: row.patientShare === null ? null : money(row.patientShare),
    }));
  }

  async accounts(tx: Tx, family: readonly number[]): Promise<Export['accounts']> {
    const rows = await tx.query<Export['accounts'][number]>(sql.ACCOUNTS, [family]);
    return rows.map((row) => ({
      ...row,
      amount: money(row.amount),
      balanceAfter: money(row.balanceAfter),
    }));
  }

  points(tx: Tx, family: readonly number[]): Promise<Export['points']> {
    return tx.query(sql.POINTS, [family]);
  }

  alerts(tx: Tx, family: readonly number[]): Promise<Export['alerts']> {
    return tx.query(sql.ALERTS, [family]);
  }

  consents(tx: Tx, family: readonly number[]): Promise<Export['consents']> {
    return tx.query(sql.CONSENTS, [family]);
  }

  insert(
    tx: Tx,
    row: { branchId: number; patientId: number; format: 'json' | 'html'; reason: string; userId: number },
  ): Promise<{ exportId: number; exportedAt: string }> {
    return tx.one(sql.INSERT, [row.branchId, row.patientId, row.format, row.reason, row.userId]);
  }

  views(tx: Tx, family: readonly number[], cursor: number | undefined, limit: number): Promise<ViewRow[]> {
    return tx.query(sql.VIEWS, [family, cursor ?? null, limit]);
  }
}
