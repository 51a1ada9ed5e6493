import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { PrescriptionDetail } from './prescriptions.schemas.js';
import * as sql from './prescription-records.sql.js';
import type { Supply } from './refill.domain.js';

type Detail = z.output<typeof PrescriptionDetail>;
export type ShownReview = Detail['reviews'][number];
export type ShownTransfer = Detail['transfers'][number];

/** The other pharmacy, and what goes or came with the prescription. */
export interface NewTransfer {
  readonly branchId: number;
  readonly prescriptionId: number;
  readonly direction: 'in' | 'out';
  readonly pharmacyName: string;
  readonly pharmacyPhone?: string | null;
  readonly pharmacyLicence?: string | null;
  readonly pharmacistName?: string | null;
  readonly otherRxNumber?: string | null;
  readonly fillsRemaining: number;
  readonly quantityRemaining: string;
  readonly lastFill: Supply | undefined;
  readonly userId: number;
}

/** Signatures and transfers of a prescription: written once, read with it. */
@Injectable()
export class PrescriptionRecordsRepository {
  async insertReview(
    tx: Tx,
    review: {
      readonly branchId: number;
      readonly prescriptionId: number;
      readonly fillNumber: number;
      readonly alertIds: readonly number[];
      readonly note: string | undefined;
      readonly userId: number;
    },
  ): Promise<void> {
    await tx.execute(sql.INSERT_REVIEW, [
      review.branchId,
      review.prescriptionId,
      review.fillNumber,
      review.alertIds,
      review.note ?? null,
      review.userId,
    ]);
  }

  async reviews(tx: Tx, prescriptionId: number): Promise<ShownReview[]> {
    return tx.query<ShownReview>(sql.REVIEWS, [prescriptionId]);
  }

  async wasReviewed(tx: Tx, prescriptionId: number, fillNumber: number): Promise<boolean> {
    return (await tx.one<{ reviewed: boolean }>(sql.WAS_REVIEWED, [prescriptionId, fillNumber])).reviewed;
  }

  async insertTransfer(tx: Tx, transfer: NewTransfer): Promise<void> {
    await tx.execute(sql.INSERT_TRANSFER, [
      transfer.branchId,
      transfer.prescriptionId,
      transfer.direction,
      transfer.pharmacyName,
      transfer.pharmacyPhone ?? null,
      transfer.pharmacyLicence ?? null,
      transfer.pharmacistName ?? null,
      transfer.otherRxNumber ?? null,
      transfer.fillsRemaining,
      transfer.quantityRemaining,
      transfer.lastFill?.suppliedOn ?? null,
      transfer.lastFill?.daysSupply ?? null,
      transfer.userId,
    ]);
  }

  async insertStop(
    tx: Tx,
    stop: {
      readonly branchId: number;
      readonly prescriptionId: number;
      readonly stoppedOn: string;
      readonly note: string | undefined;
      readonly userId: number;
    },
  ): Promise<void> {
    const { branchId, prescriptionId, stoppedOn, note, userId } = stop;
    await tx.execute(sql.INSERT_STOP, [branchId, prescriptionId, stoppedOn, note ?? null, userId]);
  }

  async stop(tx: Tx, prescriptionId: number): Promise<Detail['stop']> {
    return (await tx.maybeOne<NonNullable<Detail['stop']>>(sql.STOP, [prescriptionId])) ?? null;
  }

  async transfers(tx: Tx, prescriptionId: number): Promise<ShownTransfer[]> {
    return tx.query<ShownTransfer>(sql.TRANSFERS, [prescriptionId]);
  }
}
