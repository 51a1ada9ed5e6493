import { z } from 'zod';

import { DateText, Id, Instant, text } from '../../platform/http/schemas.js';
import { PatientView } from './patients.schemas.js';

/** What hangs on a patient: allergies, conditions, medicines from elsewhere, insurance. */

const Day = z.string().nullable().meta({ format: 'date' });
const Version = z.int().min(1);
const exactlyOne =
  (...names: readonly string[]) =>
  (value: Record<string, unknown>) =>
    names.filter((name) => value[name] !== undefined && value[name] !== null).length === 1;
const listOf = <Row extends z.ZodType>(row: Row, id: string) => z.object({ data: z.array(row) }).meta({ id });

const ReactionSeverity = z.enum(['mild', 'moderate', 'severe', 'unknown']);
const AllergyState = z.enum(['active', 'inactive', 'entered_in_error']);

export const AllergyView = z
  .object({
    allergyId: Id,
    ingredientId: Id.nullable(),
    groupId: Id.nullable(),
    groupCode: z.string().nullable(),
    substanceText: z.string().nullable(),
    substance: z.string(),
    substanceAr: z.string().nullable(),
    reaction: z.string().nullable(),
    severity: ReactionSeverity,
    status: AllergyState,
    recordedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PatientAllergy' });
export const AllergyList = listOf(AllergyView, 'PatientAllergyList');

export const CreateAllergy = z
  .strictObject({
    ingredientId: Id.optional(),
    groupId: Id.optional(),
    groupCode: z
      .string()
      .regex(/^[a-z0-9-]{1,80}$/, 'must be the code of a group')
      .optional(),
    substanceText: text(300).optional(),
    reaction: text(500).nullish(),
    severity: ReactionSeverity.optional(),
  })
  .refine(exactlyOne('ingredientId', 'groupId', 'groupCode', 'substanceText'), {
    message: 'give one of ingredientId, groupId, groupCode and substanceText',
  })
  .meta({ id: 'CreatePatientAllergy' });

export const UpdateAllergy = z
  .strictObject({
    version: Version,
    status: AllergyState.optional(),
    reaction: text(500).nullish(),
    severity: ReactionSeverity.optional(),
  })
  .meta({ id: 'UpdatePatientAllergy' });

const ConditionState = z.enum(['active', 'resolved', 'entered_in_error']);
const Icd10 = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]\d{2}(\.[0-9A-Z]{1,4})?$/, 'must be an ICD-10 code such as "E11.9"');

export const ConditionView = z
  .object({
    conditionId: Id,
    icd10: z.string().nullable(),
    name: z.string(),
    onsetDate: Day,
    status: ConditionState,
    recordedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PatientCondition' });
export const ConditionList = listOf(ConditionView, 'PatientConditionList');

export const CreateCondition = z
  .strictObject({ icd10: Icd10.nullish(), name: text(300), onsetDate: DateText.nullish() })
  .meta({ id: 'CreatePatientCondition' });

export const UpdateCondition = z
  .strictObject({
    version: Version,
    status: ConditionState.optional(),
    icd10: Icd10.nullish(),
    name: text(300).optional(),
    onsetDate: DateText.nullish(),
  })
  .meta({ id: 'UpdatePatientCondition' });

export const MedicationView = z
  .object({
    medicationId: Id,
    drugId: Id.nullable(),
    ingredientId: Id.nullable(),
    medicationText: z.string().nullable(),
    name: z.string(),
    dose: z.string().nullable(),
    startedOn: Day,
    endedOn: Day,
    recordedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'PatientMedication' });
export const MedicationList = listOf(MedicationView, 'PatientMedicationList');

export const CreateMedication = z
  .strictObject({
    drugId: Id.optional(),
    ingredientId: Id.optional(),
    medicationText: text(300).optional(),
    dose: text(300).nullish(),
    startedOn: DateText.nullish(),
    endedOn: DateText.nullish(),
  })
  .refine(exactlyOne('drugId', 'ingredientId', 'medicationText'), {
    message: 'give one of drugId, ingredientId and medicationText',
  })
  .meta({ id: 'CreatePatientMedication' });

export const UpdateMedication = z
  .strictObject({
    version: Version,
    dose: text(300).nullish(),
    startedOn: DateText.nullish(),
    endedOn: DateText.nullish(),
  })
  .meta({ id: 'UpdatePatientMedication' });

const Percent = z
  .string()
  .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'must be a percentage such as "80"');
const Priority = z.int().min(1).max(9);

export const InsuranceView = z
  .object({
    insuranceId: Id,
    payerId: Id,
    payerName: z.string(),
    planId: Id.nullable(),
    planName: z.string().nullable(),
    memberNumber: z.string(),
    priority: z.int(),
    coveragePercent: z.string().nullable(),
    validFrom: Day,
    validTo: Day,
    version: z.int(),
  })
  .meta({ id: 'PatientInsurance' });
export const InsuranceList = listOf(InsuranceView, 'PatientInsuranceList');

export const CreateInsurance = z
  .strictObject({
    payerId: Id,
    /** One of the payer's plans; `planName` is for plans that are not on record. */
    planId: Id.nullish(),
    planName: text(200).nullish(),
    memberNumber: text(100),
    priority: Priority.optional(),
    coveragePercent: Percent.nullish(),
    validFrom: DateText.nullish(),
    validTo: DateText.nullish(),
  })
  .meta({ id: 'CreatePatientInsurance' });

export const UpdateInsurance = z
  .strictObject({
    version: Version,
    planId: Id.nullish(),
    planName: text(200).nullish(),
    memberNumber: text(100).optional(),
    priority: Priority.optional(),
    coveragePercent: Percent.nullish(),
    validFrom: DateText.nullish(),
    validTo: DateText.nullish(),
  })
  .meta({ id: 'UpdatePatientInsurance' });

/** Renal function as screening judges by it. */
export const RenalFunctionView = z
  .object({
    /** mL/min/1.73 m², measured or computed from creatinine by CKD-EPI 2021, whichever is later; null: not known. */
    egfr: z.string().nullable(),
    basis: z.enum(['measured', 'computed']).nullable(),
    recordedOn: Day,
    /** By KDIGO. */
    stage: z.enum(['G1', 'G2', 'G3a', 'G3b', 'G4', 'G5']).nullable(),
    isOld: z.boolean(),
    /** Why the creatinine on record gives no figure; null: it does, or an equal or newer measurement stands. */
    notComputed: z.enum(['age', 'sex', 'child', 'pregnant', 'unsteady', 'implausible']).nullable(),
    /** mL/min by Cockcroft–Gault, from the creatinine and the weight on record. */
    creatinineClearance: z.string().nullable(),
  })
  .meta({ id: 'PatientRenalFunction' });

/** One patient with all that screening rests on. */
export const PatientDetail = PatientView.extend({
  /** Number of this record, where the one asked for was merged into it. */
  mergedInto: Id.nullable(),
  renalFunction: RenalFunctionView,
  allergies: z.array(AllergyView),
  conditions: z.array(ConditionView),
  medications: z.array(MedicationView),
}).meta({ id: 'PatientDetail' });
