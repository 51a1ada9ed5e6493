import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import type {
  NamedClinicalSubject,
  ScreenedMedicine,
  ScreenedPatient,
  Screening,
  ScreeningFacts,
} from '../../reference/clinical/clinical.types.js';
import { RenalFunctionService } from '../../reference/clinical/renal-function.service.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { ShelfService } from './shelf.service.js';
import { isIcd10, type ClinicalCheck } from './screening.schemas.js';

type Check = z.output<typeof ClinicalCheck>;
type Person = NonNullable<Check['patient']>;
type Allergies = NonNullable<Person['allergies']>;
type Known = ReadonlyMap<string, NamedClinicalSubject>;

/** Of whom nothing is known: every check that needs a person says so. */
const NOBODY: ScreenedPatient = { allergyStatus: 'not_asked', allergies: [], conditions: [] };

/** Clinical checks on demand, outside of a prescription. Nothing is stored but that a patient's record was read. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clinical: ClinicalService,
    private readonly patients: PatientsService,
    private readonly branches: BranchesService,
    private readonly shelf: ShelfService,
    private readonly renal: RenalFunctionService,
  ) {}

  /**
   * Screens medicines for a patient on record (with what he takes already), a person described, or nobody in particular.
   * Throws what `asking` does.
   */
  check(ctx: RequestContext, input: Check): Promise<Screening> {
    return this.asking(ctx, input, {}, async (tx, facts) => {
      const lookAlikes = await this.shelf.lookAlikesOf(tx, ctx.branchId, facts.proposed);
      return this.clinical.screen(tx, { ...facts, lookAlikes });
    });
  }

  /**
   * Does something with the facts a check is about, in one transaction; that a patient's record was read is kept. Throws NotFound
   * for another branch's patient, UnknownClinicalSubject, and Forbidden for a patient on record without the right to read
   * patients: alerts tell allergies and conditions.
   */
  asking<T>(
    ctx: RequestContext,
    input: Check,
    options: { readonly exceptPrescriptionId?: number },
    work: (tx: Tx, facts: ScreeningFacts) => Promise<T>,
  ): Promise<T> {
    const { patientId } = input;
    if (patientId === undefined)
      return this.uow.read(ctx, async (tx) => {
        const known = await this.clinical.resolveNames(tx, namesIn(input));
        const patient = input.patient ? await this.described(tx, input.patient, known) : NOBODY;
        const current = (input.current ?? []).map((drug) => medicineOf(drug, known));
        const { today } = await this.branches.settings(tx, ctx.branchId);
        return work(tx, { patient, current, today, proposed: proposedOf(input, known) });
      });
    if (!ctx.actor.permissions.has('ReadPatient'))
      throw new Forbidden('Checking a patient on record needs the right to read patients.');
    return this.patients.reading(ctx, patientId, async (tx) => {
      const [known, facts] = await Promise.all([
        this.clinical.resolveNames(tx, namesIn(input)),
        this.patients.screeningFacts(tx, patientId, options),
      ]);
      return work(tx, { ...facts, proposed: proposedOf(input, known) });
    });
  }

  private async described(tx: Tx, person: Person, known: Known): Promise<ScreenedPatient> {
    const { allergies, conditions, creatinine, ...rest } = person;
    const codes = (allergies ?? []).flatMap((allergy) =>
      typeof allergy === 'object' && allergy.groupCode !== undefined ? [allergy.groupCode] : [],
    );
    const groups = await this.clinical.groupIds(tx, codes);
    return {
      ...rest,
      creatinineUmolL: creatinine ? this.renal.micromoles(creatinine, '/patient/creatinine/value') : null,
      allergyStatus: !allergies ? 'not_asked' : allergies.length > 0 ? 'recorded' : 'none_known',
      allergies: (allergies ?? []).map((allergy) => codedAllergy(allergy, known, groups)),
      conditions: conditions.map((condition) =>
        typeof condition === 'string'
          ? { icd10: isIcd10(condition) ? condition : null, name: condition }
          : { icd10: condition.icd10 ?? null, name: condition.name ?? condition.icd10 ?? '' },
      ),
    };
  }
}

const proposedOf = (input: Check, known: Known): ScreenedMedicine[] =>
  input.drugs.map((drug) => medicineOf(drug, known));

function namesIn(input: Check): string[] {
  return [
    ...[...input.drugs, ...(input.current ?? [])].map(({ ingredient }) => ingredient),
    ...(input.patient?.allergies ?? []).map((allergy) =>
      typeof allergy === 'string' ? allergy : (allergy.ingredient ?? allergy.text),
    ),
  ].filter((name) => typeof name === 'string');
}

/** Words that turn out to name an ingredient or group are as good as a code; others stay words and are reported. */
function codedAllergy(
  allergy: Allergies[number],
  known: Known,
  groups: ReadonlyMap<string, number>,
): ScreenedPatient['allergies'][number] {
  if (typeof allergy === 'object') {
    if (allergy.ingredientId !== undefined) return { ingredientId: allergy.ingredientId };
    if (allergy.groupCode !== undefined) return { groupId: groups.get(allergy.groupCode) ?? null };
  }
  const name = typeof allergy === 'string' ? allergy : (allergy.ingredient ?? allergy.text ?? '');
  return known.get(name) ?? { text: name };
}

function medicineOf(drug: Check['drugs'][number], known: Known): ScreenedMedicine {
  const { drugId, ingredient, ingredientId, dose, unit, frequencyPerDay, days } = drug;
  const taken = {
    ...(dose !== undefined && unit !== undefined ? { dose: { amount: dose, unit, frequencyPerDay } } : {}),
    ...(days === undefined ? {} : { days }),
  };
  if (drugId !== undefined) return { drugId, ...taken };
  const id = ingredientId ?? (typeof ingredient === 'number' ? ingredient : undefined);
  if (id !== undefined) return { ingredientId: id, ...taken };
  const name = String(ingredient);
  const found = known.get(name)?.ingredientId;
  return found ? { ingredientId: found, ...taken } : { text: name, ...taken };
}
