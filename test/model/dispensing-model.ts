import { expect } from 'vitest';

import type { FillingService } from '../../src/operational/prescriptions/filling.service.js';
import type { FillStatus } from '../../src/operational/prescriptions/fill-status.domain.js';
import type { FillsService } from '../../src/operational/prescriptions/fills.service.js';
import type { PrescriptionStepsService } from '../../src/operational/prescriptions/prescription-steps.service.js';
import type { PrescriptionsService } from '../../src/operational/prescriptions/prescriptions.service.js';
import type { PrescriptionStatus } from '../../src/operational/prescriptions/prescription-status.domain.js';
import { toDomainError } from '../../src/platform/errors/database-errors.js';
import { aLot } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import type { World } from '../builders/world.js';
import type { TestDatabase } from '../support/db.js';

/** The pharmacy under test. */
export interface Pharmacy {
  readonly db: TestDatabase;
  readonly world: World;
  readonly prescriberId: number;
  readonly filling: FillingService;
  readonly fills: FillsService;
  readonly steps: PrescriptionStepsService;
  readonly desk: PrescriptionsService;
  readonly drugId: number;
  prescriptionId: number;
  /** Identities of the fills, in the order of the model's. */
  fillIds: number[];
}

interface ModelFill {
  number: number;
  part: number;
  quantity: number;
  days: number;
  status: FillStatus;
  /** Days ago it was prepared or handed over. */
  daysAgo: number;
}

/** What a pharmacy is, in plain numbers: one prescription at a time and one product on the shelf. */
export interface Model {
  quantity: number;
  days: number;
  refills: number;
  status: PrescriptionStatus;
  fills: ModelFill[];
  free: number;
  reserved: number;
  steps: number;
  refused: number;
}

const SHARE = 0.75;
const OPEN: readonly FillStatus[] = ['in_progress', 'verified', 'ready'];
const GONE: readonly FillStatus[] = ['reversed', 'returned_to_stock'];
const standing = (model: Model): ModelFill[] => model.fills.filter((fill) => !GONE.includes(fill.status));
const given = (model: Model, number: number): number =>
  standing(model)
    .filter((fill) => fill.number === number)
    .reduce((sum, fill) => sum + fill.quantity, 0);
const total = (model: Model): number => standing(model).reduce((sum, fill) => sum + fill.quantity, 0);
export const owed = (model: Model): number =>
  new Set(standing(model).map((fill) => fill.number)).size * model.quantity - total(model);
const byFills = (model: Model): PrescriptionStatus => {
  if (standing(model).length === 0) return 'pending';
  return total(model) === model.quantity * (1 + model.refills) ? 'completed' : 'filled';
};
const isLive = (model: Model): boolean => ['pending', 'filled', 'completed'].includes(model.status);

/** Days until enough of these is used; not above zero: now. */
function daysToWait(fills: readonly ModelFill[]): number {
  let longest = -Infinity;
  for (const number of new Set(fills.map((fill) => fill.number))) {
    const parts = fills.filter((fill) => fill.number === number).sort((a, b) => b.daysAgo - a.daysAgo);
    let end = -Infinity;
    let days = 0;
    for (const part of parts) {
      end = Math.max(end, -part.daysAgo) + part.days;
      days += part.days;
    }
    longest = Math.max(longest, end - (days - Math.ceil(SHARE * days)));
  }
  return longest;
}

/** Runs a command of the pharmacy; answers its result, or the code it was refused with. */
async function attempt<T>(command: () => Promise<T>): Promise<{ made: T } | { refused: string }> {
  try {
    return { made: await command() };
  } catch (error) {
    const refusal = toDomainError(error);
    if (refusal && refusal.status < 500) return { refused: refusal.code };
    throw error;
  }
}

/** A command: what the model says comes of it, and what the pharmacy makes of it. */
export interface Step {
  check(): boolean;
  run(model: Model, real: Pharmacy): Promise<void>;
  toString(): string;
}

const step = (name: string, run: Step['run']): Step => ({
  check: () => true,
  run: async (model, real) => {
    model.steps += 1;
    await run(model, real);
  },
  toString: () => name,
});

function sees(
  outcome: { made: unknown } | { refused: string },
  model: Model,
  refusal: string | undefined,
): boolean {
  expect('refused' in outcome ? outcome.refused : undefined).toBe(refusal);
  if (refusal !== undefined) model.refused += 1;
  return refusal === undefined;
}

/** A prescription from now on, of another patient; the one before is left as it stands. */
export const newPrescription = (quantity: number, days: number, refills: number): Step =>
  step(`new ${quantity}/${days} refills ${refills}`, async (model, real) => {
    const { prescriptionId } = await aPrescription(real.db, real.world, {
      drugId: real.drugId,
      prescriberId: real.prescriberId,
      quantity: String(quantity),
      daysSupply: days,
      refillsAuthorized: refills,
    });
    Object.assign(model, { quantity, days, refills, status: 'pending', fills: [] });
    Object.assign(real, { prescriptionId, fillIds: [] });
  });

export const receive = (quantity: number): Step =>
  step(`receive ${quantity}`, async (model, real) => {
    await aLot(real.db, { branchId: real.world.branchId, drugId: real.drugId, quantity: String(quantity) });
    model.free += quantity;
  });

/** The calendar goes on: what was done before lies so many more days back. */
export const daysPass = (days: number): Step =>
  step(`${days} days pass`, async (model, real) => {
    await real.db.owner.query(
      `update operational.fills set filled_at = filled_at - make_interval(days => $2), dispensed_on = dispensed_on - $2
       where prescription_id = $1`,
      [real.prescriptionId, days],
    );
    for (const fill of model.fills) fill.daysAgo += days;
  });

/** What the model refuses a fill with, or the fill it makes. */
function decide(
  model: Model,
  kind: 'fill' | 'refill',
  asked: number | undefined,
  owe: boolean,
): string | { number: number; quantity: number } {
  if (model.status !== 'pending' && model.status !== 'filled') return 'prescription-not-fillable';
  let number = 0;
  while (number <= model.refills && given(model, number) >= model.quantity) number += 1;
  const before = given(model, number);
  if (before === 0 && (kind === 'refill') !== number > 0) return 'prescription-not-fillable';
  const due = model.quantity - before;
  const quantity = asked ?? (owe && model.free > 0 ? Math.min(due, model.free) : due);
  if (quantity > due) return 'quantity-exceeds-authority';
  if (before === 0 && daysToWait(standing(model)) > 0) return 'refill-too-soon';
  if (quantity > model.free) return 'insufficient-stock';
  return { number, quantity };
}

export const fill = (
  kind: 'fill' | 'refill',
  asked: number | undefined,
  complete: boolean,
  owe: boolean,
): Step =>
  step(`${kind} ${asked ?? 'all'}${complete ? ' complete' : ''}${owe ? ' owe' : ''}`, async (model, real) => {
    const input = {
      ...(asked === undefined ? {} : { quantity: String(asked) }),
      complete,
      owe,
      overrides: [],
      scans: [],
    };
    const outcome = await attempt(() => real.filling[kind](real.world.ctx, real.prescriptionId, input));
    const decided = decide(model, kind, asked, owe);
    if (!sees(outcome, model, typeof decided === 'string' ? decided : undefined)) return;
    if (typeof decided === 'string' || 'refused' in outcome) return;
    const { number, quantity } = decided;
    const reached = (amount: number): number => Math.ceil((amount * model.days) / model.quantity);
    const before = given(model, number);
    const part =
      1 + Math.max(0, ...model.fills.filter((one) => one.number === number).map((one) => one.part));
    const days = Math.max(1, reached(before + quantity) - reached(before));
    const status = complete ? 'dispensed' : 'in_progress';
    model.fills.push({ number, part, quantity, days, status, daysAgo: 0 });
    model.free -= quantity;
    if (!complete) model.reserved += quantity;
    model.status = byFills(model);
    real.fillIds.push(outcome.made.fillId);
    expect(outcome.made).toMatchObject({
      fillNumber: number,
      partNumber: part,
      quantity: String(quantity),
      daysSupply: days,
      status,
      prescriptionStatus: model.status,
      quantityOwed: String(owed(model)),
    });
  });

/** A command on a fill: allowed from one state, under a live prescription where it goes forward. */
function fillStep(
  name: string,
  from: readonly FillStatus[],
  isForward: boolean,
  command: (real: Pharmacy, fillId: number) => Promise<unknown>,
  effect: (model: Model, one: ModelFill) => string | undefined,
): (index: number) => Step {
  return (index) =>
    step(`${name} #${index}`, async (model, real) => {
      const at = model.fills.length === 0 ? -1 : index % model.fills.length;
      const one = model.fills[at];
      if (!one) return;
      const outcome = await attempt(() => command(real, real.fillIds[at] ?? 0));
      let refusal: string | undefined;
      if (!from.includes(one.status)) refusal = 'invalid-transition';
      else if (isForward && !isLive(model)) refusal = 'prescription-not-fillable';
      else refusal = effect(model, one);
      sees(outcome, model, refusal);
    });
}

/** A refill that became early since it was made, because an earlier fill was given again: each step is screened anew. */
function tooSoon(model: Model, one: ModelFill): 'refill-too-soon' | undefined {
  const given = standing(model);
  if (given.some((fill) => fill.number === one.number && fill.part < one.part)) return undefined;
  return daysToWait(given.filter((fill) => fill.number < one.number)) > 0 ? 'refill-too-soon' : undefined;
}

const stepBack = (model: Model): void => {
  if (model.status === 'filled' || model.status === 'completed') model.status = byFills(model);
};

export const verify = fillStep(
  'verify',
  ['in_progress'],
  true,
  (real, fillId) => real.fills.verify(real.world.ctx, fillId, { overrides: [] }),
  (model, one) => {
    const refusal = tooSoon(model, one);
    if (!refusal) one.status = 'verified';
    return refusal;
  },
);
export const ready = fillStep(
  'ready',
  ['verified'],
  true,
  (real, fillId) => real.fills.ready(real.world.ctx, fillId, undefined),
  (_, one) => void (one.status = 'ready'),
);
export const dispense = fillStep(
  'dispense',
  ['ready'],
  true,
  (real, fillId) => real.fills.dispense(real.world.ctx, fillId, { overrides: [] }),
  (model, one) => {
    const refusal = tooSoon(model, one);
    if (refusal) return refusal;
    Object.assign(one, { status: 'dispensed', daysAgo: 0 });
    model.reserved -= one.quantity;
    return undefined;
  },
);
export const returnToStock = fillStep(
  'return',
  OPEN,
  false,
  (real, fillId) => real.fills.returnToStock(real.world.ctx, fillId, undefined),
  (model, one) => {
    one.status = 'returned_to_stock';
    model.reserved -= one.quantity;
    model.free += one.quantity;
    stepBack(model);
    return undefined;
  },
);
export const reverse = fillStep(
  'reverse',
  ['dispensed'],
  false,
  (real, fillId) => real.fills.reverse(real.world.ctx, fillId, undefined),
  (model, one) => {
    if (one.daysAgo > 0) return 'reversal-too-late';
    one.status = 'reversed';
    model.free += one.quantity;
    stepBack(model);
    return undefined;
  },
);

const prescriptionStep = (
  name: string,
  from: readonly PrescriptionStatus[],
  needsNoOpen: boolean,
  to: (model: Model) => PrescriptionStatus,
  command: (real: Pharmacy) => Promise<unknown>,
): Step =>
  step(name, async (model, real) => {
    const outcome = await attempt(() => command(real));
    let refusal: string | undefined;
    if (!from.includes(model.status)) refusal = 'invalid-transition';
    else if (needsNoOpen && model.fills.some((one) => OPEN.includes(one.status)))
      refusal = 'prescription-has-open-fills';
    if (sees(outcome, model, refusal)) model.status = to(model);
  });

export const hold = prescriptionStep(
  'hold',
  ['pending', 'filled'],
  false,
  () => 'on_hold',
  (real) => real.steps.hold(real.world.ctx, real.prescriptionId, undefined),
);
export const release = prescriptionStep('release', ['on_hold'], false, byFills, (real) =>
  real.steps.release(real.world.ctx, real.prescriptionId, undefined),
);
export const cancel = prescriptionStep(
  'cancel',
  ['pending', 'filled', 'on_hold'],
  true,
  () => 'cancelled',
  (real) => real.desk.cancel(real.world.ctx, real.prescriptionId, undefined),
);
export const transfer = prescriptionStep(
  'transfer',
  ['pending', 'filled'],
  true,
  () => 'transferred',
  (real) =>
    real.steps.transfer(real.world.ctx, real.prescriptionId, { to: { pharmacyName: 'Corner Pharmacy' } }),
);

/** Compares everything the model knows with the database. */
export async function expectSame(model: Model, real: Pharmacy): Promise<void> {
  const { rows } = await real.db.owner.query(
    `select p.status, p.quantity_filled::float8 as filled, p.quantity_owed::float8 as owed,
       (select sum(l.quantity - l.quantity_reserved)::float8 from operational.inventory_lots l where l.drug_id = p.drug_id) as free,
       (select sum(l.quantity_reserved)::float8 from operational.inventory_lots l where l.drug_id = p.drug_id) as reserved,
       coalesce((select json_agg(f.status order by f.fill_id) from operational.fills f where f.prescription_id = p.prescription_id), '[]') as fills
     from operational.prescriptions p where p.prescription_id = $1`,
    [real.prescriptionId],
  );
  expect(rows).toEqual([
    {
      status: model.status,
      filled: total(model),
      owed: owed(model),
      free: model.free,
      reserved: model.reserved,
      fills: model.fills.map((one) => one.status),
    },
  ]);
}
