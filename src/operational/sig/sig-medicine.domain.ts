import { decimalUp, isMore, over, ratio, ratioOf } from './ratio.domain.js';
import type { MedicineUnits } from './sig-amounts.domain.js';
import type { SigContext } from './sig-reading.domain.js';
import type { DoseUnit } from './sig-units.types.js';

/** What the catalogue says of a medicine. */
export interface MedicineFacts {
  readonly baseUnit: string;
  readonly dosageForm: string | null;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** Units that are counted one by one: "2 bid" of tablets is two tablets; of a syrup it would be a guess. */
const COUNTED: ReadonlyMap<string, DoseUnit> = new Map(
  (['tablet', 'capsule', 'sachet', 'suppository', 'ampoule', 'vial', 'patch', 'lozenge'] as const).map(
    (unit) => [unit, unit],
  ),
);

/** What reading directions of this medicine may take for granted. */
export function contextOf({ baseUnit, dosageForm }: MedicineFacts): SigContext {
  const unit = COUNTED.get(baseUnit);
  const form = dosageForm?.toLowerCase() ?? '';
  const organ = /\b(eye|ophthalmic)\b/.test(form) ? 'eye' : /\b(ear|otic)\b/.test(form) ? 'ear' : undefined;
  return { ...(unit ? { unit } : {}), ...(organ ? { organ } : {}) };
}

/** Most places of a strength. */
const PLACES = 6;

/** What one base unit holds, where the composition is told of the base unit. */
export function unitsOf({ baseUnit, amount, unit, perAmount, perUnit }: MedicineFacts): MedicineUnits {
  if (amount === null || unit === null) return { baseUnit };
  if (perUnit === null) return COUNTED.has(baseUnit) ? { baseUnit, holds: [{ unit, amount }] } : { baseUnit };
  if (perUnit.toLowerCase() !== baseUnit.toLowerCase()) return { baseUnit };
  const held = over(ratioOf(amount), ratioOf(perAmount ?? '1'));
  const text = decimalUp(held, PLACES);
  // A strength with more places than that is not an exact one, and quantities are.
  const isExact = !isMore(ratioOf(text), held) && isMore(held, ratio(0));
  return isExact ? { baseUnit, holds: [{ unit, amount: text }] } : { baseUnit };
}
