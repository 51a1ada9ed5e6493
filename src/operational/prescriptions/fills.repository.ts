import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { LabelSource } from '../labels/labels.types.js';
import type { PartialReason } from './controlled-rules.domain.js';
import { fillCommands, type FillStatus } from './fill-status.domain.js';
import * as sql from './fills.sql.js';
import type { FillView, UpdatePromise } from './prescriptions.schemas.js';
import type { FillForSale } from './prescriptions.types.js';
import type { Substitution } from './substitution.domain.js';

export type ShownFill = z.output<typeof FillView>;

export interface NewFill {
  readonly fillId: number;
  readonly branchId: number;
  readonly prescriptionId: number;
  readonly fillNumber: number;
  readonly partNumber: number;
  readonly drugId: number;
  readonly quantity: string;
  readonly daysSupply: number;
  readonly price: string;
  readonly packPrice: string;
  readonly unitsPerPack: string;
  readonly filledBy: number;
  /** Verdict the fill is allowed by. */
  readonly screening: object;
  readonly dawCode: number;
  /** Set where the product is not the one prescribed. */
  readonly substitution: Substitution | undefined;
  /** Why only a part is given, where a rest is left. */
  readonly partialReason?: PartialReason | undefined;
  /** By when it is promised, where that is said with it; null: no time is. */
  readonly promisedAt?: string | null | undefined;
  /** Whether somebody waits for it, where that is said with it. */
  readonly waitingInStore?: boolean | undefined;
}

/** A fill under its row lock. */
export interface LockedFill {
  readonly fillId: number;
  readonly prescriptionId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly status: FillStatus;
  readonly filledBy: number;
  readonly dispensedOn: string | null;
  readonly fillNumber: number;
  readonly partNumber: number;
  readonly bin: string | null;
}

/** Who did a step, and on which business day; left out where the step is not that one. */
export interface StepMarks {
  readonly verifiedBy?: number;
  readonly dispensedBy?: number;
  readonly dispensedOn?: string;
  readonly bin?: string;
}

export type LabelRow = LabelSource & { readonly status: FillStatus };

type FillRow = Omit<ShownFill, 'commands'> & { readonly branchId: number; readonly isLive: boolean };

const shown = ({ branchId: _, isLive, ...fill }: FillRow): ShownFill => ({
  ...fill,
  commands: fillCommands(fill.status, isLive),
  price: Money.of(fill.price).toString(),
});

@Injectable()
export class FillsRepository {
  async findOne(tx: Tx, branchId: number, fillId: number): Promise<ShownFill | undefined> {
    const fill = await tx.maybeOne<FillRow>(sql.FIND_ONE, [fillId, branchId]);
    return fill && shown(fill);
  }

  async ofPrescription(tx: Tx, prescriptionId: number): Promise<ShownFill[]> {
    return (await tx.query<FillRow>(sql.OF_PRESCRIPTION, [prescriptionId])).map(shown);
  }

  /** The prescription of a fill of the branch, to be locked before the fill. */
  async prescriptionOf(tx: Tx, branchId: number, fillId: number): Promise<number | undefined> {
    return (await tx.maybeOne<{ prescriptionId: number }>(sql.PRESCRIPTION_OF, [fillId, branchId]))
      ?.prescriptionId;
  }

  async lock(tx: Tx, fillId: number): Promise<LockedFill> {
    return tx.one<LockedFill>(sql.LOCK, [fillId]);
  }

  /** The identity of a fill about to be made: all its statements can travel together. A refusal leaves a gap. */
  async nextId(tx: Tx): Promise<number> {
    return (await tx.one<{ fillId: number }>(sql.NEXT_ID)).fillId;
  }

  async insert(tx: Tx, fill: NewFill): Promise<void> {
    await tx.execute(sql.INSERT, [
      fill.branchId,
      fill.prescriptionId,
      fill.fillNumber,
      fill.partNumber,
      fill.drugId,
      fill.quantity,
      fill.daysSupply,
      fill.price,
      fill.filledBy,
      fill.packPrice,
      fill.unitsPerPack,
      JSON.stringify(fill.screening),
      fill.dawCode,
      fill.substitution?.type ?? null,
      fill.substitution?.reason ?? null,
      fill.substitution?.note ?? null,
      fill.partialReason ?? null,
      fill.promisedAt !== undefined,
      fill.promisedAt ?? null,
      fill.waitingInStore !== undefined,
      fill.waitingInStore ?? null,
      fill.fillId,
    ]);
  }

  /** Moves a fill to a state and notes who did the step. The caller has checked that the step is one. */
  async advance(tx: Tx, fillId: number, to: FillStatus, marks: StepMarks): Promise<void> {
    await tx.execute(sql.ADVANCE, [
      fillId,
      to,
      marks.verifiedBy ?? null,
      marks.dispensedBy ?? null,
      marks.dispensedOn ?? null,
      marks.bin ?? null,
    ]);
  }

  /** True when the row was of that version. */
  async updatePromise(
    tx: Tx,
    fillId: number,
    { version, promisedAt, waitingInStore }: z.output<typeof UpdatePromise>,
  ): Promise<boolean> {
    const changed = await tx.execute(sql.UPDATE_PROMISE, [
      fillId,
      version,
      promisedAt !== undefined,
      promisedAt ?? null,
      waitingInStore !== undefined,
      waitingInStore ?? null,
    ]);
    return changed === 1;
  }

  async wasSold(tx: Tx, fillId: number): Promise<boolean> {
    return (await tx.one<{ sold: boolean }>(sql.WAS_SOLD, [fillId])).sold;
  }

  /** Takes each dispense movement of the fill back into its lot; answers how many. */
  async reverseMovements(tx: Tx, fillId: number, reason: string): Promise<number> {
    return tx.execute(sql.REVERSE_MOVEMENTS, [fillId, reason]);
  }

  async findForSale(tx: Tx, fillIds: readonly number[]): Promise<FillForSale[]> {
    return tx.query<FillForSale>(sql.FOR_SALE_PREVIEW, [fillIds]);
  }

  async lockForSale(tx: Tx, fillIds: readonly number[]): Promise<FillForSale[]> {
    return tx.query<FillForSale>(sql.FOR_SALE, [fillIds]);
  }

  async label(tx: Tx, branchId: number, fillId: number): Promise<LabelRow | undefined> {
    return tx.maybeOne<LabelRow>(sql.LABEL, [fillId, branchId]);
  }
}
