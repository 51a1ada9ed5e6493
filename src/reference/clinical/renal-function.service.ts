import { Injectable } from '@nestjs/common';

import { RuleViolation } from '../../platform/errors/domain-error.js';
import type { ScreenedPatient } from './clinical.types.js';
import { personOn } from './person-today.domain.js';
import {
  clearanceOf,
  inMicromoles,
  isPlausibleCreatinine,
  renalFunctionOn,
  stageOf,
  type CreatinineUnit,
  type RenalFunction,
} from './renal-function.domain.js';

/** Renal function as people read it. Decimal strings; null: not known. */
export interface RenalFunctionShown extends RenalFunction {
  /** By KDIGO. */
  readonly stage: ReturnType<typeof stageOf> | null;
  /** True where it is of so long ago that screening says so. */
  readonly isOld: boolean;
  /** By Cockcroft–Gault from the creatinine and weight on record, mL/min. */
  readonly creatinineClearance: string | null;
}

/** Renal function of people: what screening judges by, for whoever shows it, and creatinine in the unit it is kept in. */
@Injectable()
export class RenalFunctionService {
  /** What is known of a person's kidneys on a day. */
  of(today: string, person: ScreenedPatient): RenalFunctionShown {
    const renal = renalFunctionOn(today, person);
    return {
      ...renal,
      stage: renal.egfr === null ? null : stageOf(renal.egfr),
      isOld: personOn(today, person).stale.has('egfr'),
      creatinineClearance: clearanceOf(today, person),
    };
  }

  /** A creatinine in µmol/L; RuleViolation for one that cannot be, such as one typed in the other unit. */
  micromoles(
    { value, unit }: { readonly value: string; readonly unit: CreatinineUnit },
    pointer = '/creatinine/value',
  ): string {
    const micromoles = inMicromoles(value, unit);
    if (isPlausibleCreatinine(micromoles)) return micromoles;
    const detail = `must be 10 to 3000 µmol/L (0.12 to 33.9 mg/dL); ${value} ${unit} is ${micromoles} µmol/L`;
    throw new RuleViolation(`This creatinine cannot be: it ${detail}.`, {}, [{ pointer, detail }]);
  }
}
