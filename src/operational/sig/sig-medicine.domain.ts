import { decimalUp, isMore, over, ratio, ratioOf } from './ratio.domain.js';
import type { MedicineUnits } from './sig-amounts.domain.js';
import type { SigContext } from './sig-reading.domain.js';
import type { DoseUnit } from './sig-units.types.js';
import type { Method } from './sig-words.types.js';

/** What the catalogue says of a medicine. */
export interface MedicineFacts {
  readonly baseUnit: string;
  readonly dosageForm: string | null;
  readonly route: string | null;
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

/** How a medicine of this form and route is used; undefined where that is not plain. */
function methodOf(form: string, route: string): Method | undefined {
  if (/injection|infusion|\bpen\b/.test(form)) return 'inject';
  if (/\b(eye|ear|ophthalmic|otic)\b/.test(form)) return /ointment|gel|cream/.test(form) ? 'apply' : 'instil';
  if (/mouthwash|gargle/.test(form)) return 'rinse';
  if (/cream|ointment|lotion|gel$|patch/.test(form)) return 'apply';
  if (/inhal/.test(form)) return 'inhale';
  if (/suppositor|pessar|vaginal|rectal|enema/.test(form)) return 'insert';
  return route === 'oral' ? 'take' : undefined;
}

/** What reading directions of this medicine may take for granted. */
export function contextOf({ baseUnit, dosageForm, route }: MedicineFacts): SigContext {
  const unit = COUNTED.get(baseUnit);
  const form = dosageForm?.toLowerCase() ?? '';
  const organ = /\b(eye|ophthalmic)\b/.test(form) ? 'eye' : /\b(ear|otic)\b/.test(form) ? 'ear' : undefined;
  const method = methodOf(form, route?.toLowerCase() ?? '');
  return { ...(unit ? { unit } : {}), ...(organ ? { organ } : {}), ...(method ? { method } : {}) };
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
