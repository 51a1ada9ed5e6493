import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { CapExceeded, PartialReasonRequired, RestRefused } from './controlled-refusals.domain.js';
import {
  controlledRule,
  type ControlledRule,
  type Jurisdiction,
  type PartialReason,
} from './controlled-rules.domain.js';
import { isOverCap, mayGiveRest, restEnds, roomUnderCap, type CapRoom } from './controlled.domain.js';
import { ControlledLimitsRepository, type Part } from './controlled-limits.repository.js';
import type { ControlledStanding } from './controlled-limits.schemas.js';
import type { LockedPrescription, ShownPrescription } from './prescriptions.repository.js';
import type { FillDecision } from './refill.domain.js';

/** What is about to be filled, by whose rules, and why only a part of it where it is one. */
export interface ControlledFill {
  readonly rx: LockedPrescription;
  readonly drug: SellableDrug;
  readonly branch: BranchSettings;
  readonly decision: FillDecision;
  readonly partialReason: PartialReason | undefined;
}

/** Who, of what, on which day. */
interface Asked {
  readonly patientId: number;
  readonly drugId: number;
  readonly jurisdiction: Jurisdiction;
  readonly today: string;
}

/** Limits of controlled medicines: the rest of a partial fill in time, and no more than a person may have. */
@Injectable()
export class ControlledLimits {
  constructor(private readonly limits: ControlledLimitsRepository) {}

  /**
   * Asks that a fill be within the limits of its schedule, under a lock on the person where there is a cap. The database asks the
   * same (MD032 to MD034); here the source is known. Throws RestRefused, PartialReasonRequired, CapExceeded.
   */
  async assertWithin(tx: Tx, { rx, drug, branch, decision, partialReason }: ControlledFill): Promise<void> {
    const rule = controlledRule(branch.jurisdiction, drug.controlledSchedule);
    if (!rule) return;
    if (decision.partNumber > 1 && rule.rest !== 'valid') {
      const parts = await this.limits.parts(tx, rx.prescriptionId, decision.fillNumber);
      if (!mayGiveRests(rule, rx.prescribedDate, branch.today, parts))
        throw new RestRefused(rule.sources.rest, restText(rule, rx.prescribedDate, parts));
    }
    if (typeof rule.rest === 'object' && decision.owed.isPositive() && partialReason === undefined)
      throw new PartialReasonRequired(rule.sources.rest);
    if (!rule.cap) return;
    await this.limits.lockPerson(tx, rx.patientId);
    const asked = {
      patientId: rx.patientId,
      drugId: drug.drugId,
      jurisdiction: branch.jurisdiction,
      today: branch.today,
    };
    const room = await this.room(tx, rule, asked);
    if (isOverCap(room, decision))
      throw new CapExceeded(rule.sources.cap, rule.cap.periodDays, shownRoom(room));
  }

  /** What the limits say of a prescription as it stands, for who enters or opens it; null where it is not controlled here. */
  async standing(tx: Tx, rx: ShownPrescription): Promise<z.output<typeof ControlledStanding> | null> {
    const { jurisdiction, schedule, today } = await this.limits.scheduleOf(tx, rx.prescriptionId);
    const rule = controlledRule(jurisdiction, schedule);
    if (!rule || schedule === null) return null;
    const room = await this.room(tx, rule, {
      patientId: rx.patientId,
      drugId: rx.drugId,
      jurisdiction,
      today,
    });
    const owedNumber = rule.rest === 'valid' ? null : await this.limits.owedNumber(tx, rx.prescriptionId);
    const parts = owedNumber === null ? [] : await this.limits.parts(tx, rx.prescriptionId, owedNumber);
    const isOpen = !rx.isExpired && ['draft', 'pending', 'on_hold'].includes(rx.status);
    return {
      schedule,
      room: shownRoom(room) ?? null,
      exceedsCap:
        isOpen && isOverCap(room, { daysSupply: rx.daysSupply, quantity: Quantity.of(rx.quantity) }),
      capSource: rule.sources.cap,
      needsPartialReason: typeof rule.rest === 'object',
      rest:
        owedNumber === null
          ? null
          : mayGiveRests(rule, rx.prescribedDate, today, parts)
            ? 'allowed'
            : 'refused',
      restUntil: owedNumber === null ? null : (restText(rule, rx.prescribedDate, parts) ?? null),
      restSource: rule.sources.rest,
    };
  }

  private async room(tx: Tx, rule: ControlledRule, asked: Asked): Promise<CapRoom | undefined> {
    if (!rule.cap) return undefined;
    const { patientId, drugId, jurisdiction, today } = asked;
    const given = await this.limits.given(tx, patientId, drugId, jurisdiction, today);
    const once = await this.limits.oncePerPrescription(tx, jurisdiction, drugId);
    return roomUnderCap(rule, given, today, once);
  }
}

/** Each part that left a rest binds by its own reason. */
const mayGiveRests = (
  rule: ControlledRule,
  prescribedDate: string,
  today: string,
  parts: readonly Part[],
): boolean => parts.every((part) => mayGiveRest(rule, { prescribedDate, today, ...part }));

/** The earliest end of all parts, as an instant or a day; undefined where no rest is ever given. */
function restText(rule: ControlledRule, prescribedDate: string, parts: readonly Part[]): string | undefined {
  return parts
    .map((part) => restEnds(rule, { prescribedDate, ...part }))
    .toSorted((a = '', b = '') => (a < b ? -1 : 1))[0];
}

const shownRoom = (room: CapRoom | undefined): { daysSupply: number } | { quantity: string } | undefined =>
  room && ('quantity' in room ? { quantity: room.quantity.toString() } : room);
