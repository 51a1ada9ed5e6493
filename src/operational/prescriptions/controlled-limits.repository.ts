import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { Given } from './controlled.domain.js';
import type { Jurisdiction, PartialReason, Schedule } from './controlled-rules.domain.js';
import * as sql from './controlled-limits.sql.js';

/** A part that was given of a fill, and the moment it is looked at. */
export interface Part {
  readonly reason: PartialReason;
  readonly partGivenAt: Date;
  readonly now: Date;
}

/** What one prescription may hold of a product, as it is listed. Quantity in base units. */
export interface Maximum {
  readonly jurisdiction: Exclude<Jurisdiction, 'none'>;
  readonly drugId: number;
  readonly drugName: string;
  readonly quantity: string;
  readonly baseUnit: string;
  readonly source: string;
  readonly setBy: string;
  readonly setAt: string;
}

/** What limits of controlled medicines are judged by. */
@Injectable()
export class ControlledLimitsRepository {
  /** One fill for a person after the other, from here to the end of the transaction. */
  async lockPerson(tx: Tx, patientId: number): Promise<void> {
    await tx.query(sql.LOCK_PERSON, [patientId]);
  }

  async given(
    tx: Tx,
    patientId: number,
    drugId: number,
    jurisdiction: Jurisdiction,
    today: string,
  ): Promise<Given[]> {
    const rows = await tx.query<Omit<Given, 'quantity'> & { quantity: string }>(sql.GIVEN, [
      patientId,
      drugId,
      jurisdiction,
      today,
    ]);
    return rows.map((row) => ({ ...row, quantity: Quantity.of(row.quantity) }));
  }

  async oncePerPrescription(
    tx: Tx,
    jurisdiction: Jurisdiction,
    drugId: number,
  ): Promise<Quantity | undefined> {
    const row = await tx.maybeOne<{ quantity: string }>(sql.ONCE_PER_PRESCRIPTION, [jurisdiction, drugId]);
    return row && Quantity.of(row.quantity);
  }

  async parts(tx: Tx, prescriptionId: number, fillNumber: number): Promise<Part[]> {
    const rows = await tx.query<{ reason: PartialReason; partGivenAt: string | Date; now: string | Date }>(
      sql.PARTS,
      [prescriptionId, fillNumber],
    );
    return rows.map(({ reason, partGivenAt, now }) => ({
      reason,
      partGivenAt: new Date(partGivenAt),
      now: new Date(now),
    }));
  }

  async owedNumber(tx: Tx, prescriptionId: number): Promise<number | null> {
    return (await tx.one<{ fillNumber: number | null }>(sql.OWED_NUMBER, [prescriptionId])).fillNumber;
  }

  async scheduleOf(
    tx: Tx,
    prescriptionId: number,
  ): Promise<{ jurisdiction: Jurisdiction; schedule: Schedule | null; today: string }> {
    return tx.one(sql.SCHEDULE_OF, [prescriptionId]);
  }

  async maxima(tx: Tx, page: number, limit: number): Promise<[Maximum[], number]> {
    const rows = await tx.query<Maximum & { rowTotal: number }>(sql.MAXIMA, [limit, (page - 1) * limit]);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  async setMaximum(
    tx: Tx,
    userId: number,
    {
      jurisdiction,
      drugId,
      quantity,
      source,
    }: Pick<Maximum, 'jurisdiction' | 'drugId' | 'quantity' | 'source'>,
  ): Promise<void> {
    await tx.execute(sql.SET_MAXIMUM, [jurisdiction, drugId, quantity, source, userId]);
  }

  /** True when there was one. */
  async endMaximum(tx: Tx, jurisdiction: Maximum['jurisdiction'], drugId: number): Promise<boolean> {
    return (await tx.execute(sql.END_MAXIMUM, [jurisdiction, drugId])) > 0;
  }
}
