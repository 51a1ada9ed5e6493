import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { PatientExport, ViewsPage } from './patient-exports.schemas.js';
import * as sql from './patient-exports.sql.js';

type Export = z.output<typeof PatientExport>;
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

  fills(tx: Tx, family: readonly number[]): Promise<Export['fills']> {
    return tx.query(sql.FILLS, [family]);
  }

  sales(tx: Tx, family: readonly number[]): Promise<Export['sales']> {
    return tx.query(sql.SALES, [family]);
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
