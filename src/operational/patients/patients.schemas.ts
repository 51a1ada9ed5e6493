import { z } from 'zod';

import { BodyPaging, DateText, Instant, Id, pageOf, Paging, text } from '../../platform/http/schemas.js';

const SexWord = z.enum(['male', 'female', 'unknown']);
const Language = z.enum(['ar', 'en']);
/** 'recorded' cannot be set by hand: it follows the allergies. */
const SettableAllergyStatus = z.enum(['not_asked', 'none_known']);

const Phone = text(30).regex(/^\+?[\d٠-٩ ()./-]+$/, 'must be a phone number');
const Weight = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a weight in kg such as "70.5"')
  .refine((kg) => /[1-9]/.test(kg) && Number.parseInt(kg, 10) < 700, 'must be between 0 and 700 kg');
const Egfr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be an eGFR such as "85"')
  .refine((value) => Number.parseInt(value, 10) < 300, 'must be below 300');
/** Serum creatinine as the laboratory reports it; kept in µmol/L. */
const Creatinine = z.strictObject({
  value: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,3})?$/, 'must be a creatinine such as "1.1"')
    .refine((value) => /[1-9]/.test(value), 'must be more than zero'),
  unit: z.enum(['umol/L', 'mg/dL']),
});
const ChildPughClass = z.enum(['A', 'B', 'C']);
const BirthDate = DateText.refine((date) => date > '1890-01-01', 'must be after 1890');

const searched = {
  /** Name (typos forgiven), digits of a telephone or a number, birth date. */
  q: text(200).optional(),
};
export const PatientQuery = z.strictObject({ ...Paging, ...searched });
export const SearchPatients = z.strictObject({ ...BodyPaging, ...searched }).meta({ id: 'SearchPatients' });

const patientFields = {
  patientId: Id,
  firstName: z.string(),
  lastName: z.string(),
  firstNameAr: z.string().nullable(),
  lastNameAr: z.string().nullable(),
  birthDate: z.string().nullable().meta({ format: 'date' }),
  birthDatePartial: z.string().nullable(),
  isDeceased: z.boolean(),
  deceasedOn: z.string().nullable().meta({ format: 'date' }),
  sex: SexWord,
  phone: z.string().nullable(),
  nationalId: z.string().nullable(),
  weightKg: z.string().nullable(),
  weightRecordedOn: z.string().nullable().meta({ format: 'date' }),
  egfr: z.string().nullable(),
  egfrRecordedOn: z.string().nullable().meta({ format: 'date' }),
  childPugh: ChildPughClass.nullable(),
  childPughRecordedOn: z.string().nullable().meta({ format: 'date' }),
  heightCm: z.string().nullable(),
  heightRecordedOn: z.string().nullable().meta({ format: 'date' }),
  creatinineUmolL: z.string().nullable(),
  creatinineRecordedOn: z.string().nullable().meta({ format: 'date' }),
  pregnant: z.boolean().nullable(),
  trimester: z.int().nullable(),
  dueDate: z.string().nullable().meta({ format: 'date' }),
  pregnancyRecordedOn: z.string().nullable().meta({ format: 'date' }),
  lactating: z.boolean().nullable(),
  lactationRecordedOn: z.string().nullable().meta({ format: 'date' }),
  allergyStatus: z.enum(['not_asked', 'none_known', 'recorded']),
  language: Language,
  notes: z.string().nullable(),
  isSample: z.boolean(),
  /** When the person was erased: the name is not his, and nothing is written for him any more. */
  erasedAt: Instant.nullable(),
  version: z.int(),
};

export const PatientView = z.object(patientFields).meta({ id: 'Patient' });
export const PatientPage = pageOf(PatientView).meta({ id: 'PatientPage' });

const changeable = {
  firstName: text(200),
  lastName: text(200),
  firstNameAr: text(200).nullish(),
  lastNameAr: text(200).nullish(),
  birthDate: BirthDate,
  sex: SexWord,
  phone: Phone.nullish(),
  nationalId: text(50).nullish(),
  weightKg: Weight.nullish(),
  weightRecordedOn: DateText.nullish(),
  egfr: Egfr.nullish(),
  egfrRecordedOn: DateText.nullish(),
  creatinine: Creatinine.nullish(),
  creatinineRecordedOn: DateText.nullish(),
  /** Hepatic function. */
  childPugh: ChildPughClass.nullish(),
  childPughRecordedOn: DateText.nullish(),
  pregnant: z.boolean().nullish(),
  /** Of the pregnancy, where no due date is known. */
  trimester: z.int().min(1).max(3).nullish(),
  /** Day the birth is expected; the trimester follows from it. */
  dueDate: DateText.nullish(),
  pregnancyRecordedOn: DateText.nullish(),
  lactating: z.boolean().nullish(),
  lactationRecordedOn: DateText.nullish(),
  allergyStatus: SettableAllergyStatus.optional(),
  /** False takes the mark away. */
  isDeceased: z.boolean().optional(),
  /** Where the day is known. */
  deceasedOn: DateText.nullish(),
  language: Language.optional(),
  notes: text(4000, 0).nullish(),
};

export const CreatePatient = z.strictObject(changeable).meta({ id: 'CreatePatient' });

export const UpdatePatient = z
  .strictObject({
    ...changeable,
    version: z.int().min(1),
    firstName: changeable.firstName.optional(),
    lastName: changeable.lastName.optional(),
    birthDate: changeable.birthDate.optional(),
    sex: changeable.sex.optional(),
  })
  .meta({ id: 'UpdatePatient' });
