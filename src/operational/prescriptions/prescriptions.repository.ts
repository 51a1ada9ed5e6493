import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { NotChecked } from '../../reference/clinical/clinical.types.js';
import type { Sig } from '../sig/sig.types.js';
import type { PrescriptionStatus } from './prescription-status.domain.js';
import { Prescription } from './prescription.entity.js';
import type { PrescriptionDetail, PrescriptionRow, UpdatePromise } from './prescriptions.schemas.js';
import * as sql from './prescriptions.sql.js';
import type { EarlierFill, Supply } from './refill.domain.js';
import type { Substitution } from './substitution.domain.js';

export type ShownRow = z.output<typeof PrescriptionRow>;
type Detail = z.output<typeof PrescriptionDetail>;

interface StatedDose {
  readonly doseAmount: string | null;
  readonly doseUnit: string | null;
  readonly frequencyPerDay: string | null;
}

/** A prescription under its row lock. */
export interface LockedPrescription extends StatedDose {
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly drugId: number;
  readonly quantity: string;
  readonly daysSupply: number;
  readonly refillsAuthorized: number;
  readonly prescribedDate: string;
  readonly expiresOn: string;
  readonly status: PrescriptionStatus;
  readonly dawCode: number;
  /** The last fill before it came here by transfer, where it did and there was one. */
  readonly suppliedElsewhere: Supply | undefined;
}

interface LockedRow extends Omit<LockedPrescription, 'suppliedElsewhere'> {
  readonly lastFilledElsewhere: string | null;
  readonly lastDaysElsewhere: number | null;
}

/** A fill made before, with the product it was made in. */
export interface EarlierProduct extends EarlierFill {
  readonly drugId: number;
  readonly substitution: Substitution | undefined;
}

type EarlierRow = Omit<EarlierProduct, 'quantity' | 'substitution'> & {
  readonly quantity: string;
  readonly type: Substitution['type'] | null;
  readonly reason: Substitution['reason'] | null;
  readonly note: string | null;
};

/** A prescription as its page shows it, without what hangs on it. */
export type ShownPrescription = ShownRow &
  StatedDose & {
    readonly dawCode: number;
    readonly notes: string | null;
    readonly version: number;
    readonly promisedAt: string | null;
    readonly waitingInStore: boolean;
    readonly sigStructure: Sig | null;
  };

/** Steps taken: from one state to the next, in order. */
export interface Steps {
  readonly branchId: number;
  readonly prescriptionId: number;
  readonly fillId: number | null;
  readonly steps: readonly (readonly [from: string | null, to: string])[];
  readonly reason: string | null;
  readonly userId: number;
}

export interface OverrideRow {
  readonly alertId: number;
  readonly fillId: number;
  readonly isRemembered: boolean;
  readonly reason: Detail['alerts'][number]['overrides'][number]['reason'];
  readonly note: string;
  readonly overriddenBy: string | null;
  readonly overriddenAt: string;
  /** The decision that was remembered instead of asking again; null where this is a decision itself. */
  readonly rememberedFrom: { readonly overriddenBy: string | null; readonly overriddenAt: string } | null;
}

@Injectable()
export class PrescriptionsRepository {
  async findPage(
    tx: Tx,
    filter: sql.PrescriptionFilter,
    limit: number,
    offset: number,
  ): Promise<{ rows: ShownRow[]; total: number }> {
    const { find, count, values } = sql.listQueries(filter);
    const rows = await tx.query<ShownRow>(find, [...values, limit, offset]);
    return { rows, total: (await tx.one<{ total: number }>(count, values)).total };
  }

  /** The same for a text that may be a number, a person or a product; newest first. */
  async searchPage(
    tx: Tx,
    filter: sql.PrescriptionFilter,
    search: sql.PrescriptionSearch,
    limit: number,
    offset: number,
  ): Promise<{ rows: ShownRow[]; total: number }> {
    const { text, values } = sql.searchQuery(filter, search);
    const found = await tx.query<{ prescriptionId: number }>(text, values);
    const wanted = found.slice(offset, offset + limit).map(({ prescriptionId }) => prescriptionId);
    const rows = wanted.length === 0 ? [] : await tx.query<ShownRow>(sql.FIND_SOME, [wanted]);
    return { rows, total: found.length };
  }

  async findOne(tx: Tx, branchId: number, prescriptionId: number): Promise<ShownPrescription | undefined> {
    return tx.maybeOne<ShownPrescription>(sql.FIND_ONE, [prescriptionId, branchId]);
  }

  async insert(tx: Tx, values: Partial<Prescription>): Promise<number> {
    return Number((await tx.manager.insert(Prescription, values)).identifiers[0]?.prescriptionId);
  }

  /** True when the row was of that version. */
  async updatePromise(
    tx: Tx,
    prescriptionId: number,
    { version, promisedAt, waitingInStore }: z.output<typeof UpdatePromise>,
  ): Promise<boolean> {
    const changed = await tx.execute(sql.UPDATE_PROMISE, [
      prescriptionId,
      version,
      promisedAt !== undefined,
      promisedAt ?? null,
      waitingInStore !== undefined,
      waitingInStore ?? null,
    ]);
    return changed === 1;
  }

  /** Takes the lock every command on the prescription and its fills queues on. */
  async lock(tx: Tx, branchId: number, prescriptionId: number): Promise<LockedPrescription | undefined> {
    const row = await tx.maybeOne<LockedRow>(sql.LOCK, [prescriptionId, branchId]);
    if (!row) return undefined;
    const { lastFilledElsewhere: suppliedOn, lastDaysElsewhere: daysSupply, ...rx } = row;
    const isSupplied = suppliedOn !== null && daysSupply !== null;
    return { ...rx, suppliedElsewhere: isSupplied ? { suppliedOn, daysSupply } : undefined };
  }

  async earlierFills(tx: Tx, prescriptionId: number): Promise<EarlierProduct[]> {
    const rows = await tx.query<EarlierRow>(sql.EARLIER_FILLS, [prescriptionId]);
    return rows.map(({ quantity, type, reason, note, ...row }) => ({
      ...row,
      quantity: Quantity.of(quantity),
      substitution: type !== null && reason !== null ? { type, reason, note } : undefined,
    }));
  }

  async setStatus(tx: Tx, prescriptionId: number, status: PrescriptionStatus): Promise<void> {
    await tx.execute(sql.SET_STATUS, [prescriptionId, status]);
  }

  async insertEvents(tx: Tx, event: Steps): Promise<void> {
    await tx.execute(sql.INSERT_EVENTS, [
      event.branchId,
      event.prescriptionId,
      event.fillId,
      event.steps.map(([from]) => from),
      event.steps.map(([, to]) => to),
      event.reason,
      event.userId > 0 ? event.userId : null,
    ]);
  }

  async history(tx: Tx, prescriptionId: number): Promise<Detail['history']> {
    return tx.query(sql.HISTORY, [prescriptionId]);
  }

  async overrides(tx: Tx, prescriptionId: number): Promise<OverrideRow[]> {
    return tx.query<OverrideRow>(sql.OVERRIDES, [prescriptionId]);
  }

  /** Alerts of the prescription that a decision remembered answered, each with that decision. */
  async rememberedOverrides(tx: Tx, prescriptionId: number): Promise<Detail['rememberedOverrides']> {
    return tx.query(sql.REMEMBERED_OVERRIDES, [prescriptionId]);
  }

  async lastNotChecked(tx: Tx, prescriptionId: number): Promise<readonly NotChecked[]> {
    const row = await tx.maybeOne<{ notChecked: NotChecked[] }>(sql.LAST_NOT_CHECKED, [prescriptionId]);
    return row?.notChecked ?? [];
  }

  /** Records in the audit trail that the prescription was read. */
  async logRead(tx: Tx, prescriptionId: number): Promise<void> {
    await tx.query(sql.LOG_READ, [prescriptionId]);
  }
}
