import {
  concept,
  element,
  identifiers,
  medicineCodings,
  reference,
  resource,
  SYSTEMS,
} from './elements.domain.js';
import type { FhirResource } from './fhir-resource.types.js';
import type {
  AllergyRow,
  ConditionRow,
  PatientRow,
  PractitionerRow,
  ReportedMedicineRow,
} from './fhir-rows.types.js';

/** Stands in a name where the record must have one and none was given; FHIR leaves such a part out. */
const NO_NAME = '—';

const part = (name: string | null): string | undefined =>
  name === null || name === NO_NAME ? undefined : name;

/** Names as FHIR has them: the first as written on the record, the Arabic one beside it where it is another. */
function names(person: Pick<PatientRow, 'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr'>): object[] {
  const one = (use: string, given: string | null, family: string | null): object[] => {
    const [first, last] = [part(given), part(family)];
    if (first === undefined && last === undefined) return [];
    const text = [first, last].filter((name) => name !== undefined).join(' ');
    return [element({ use, text, family: last, given: first === undefined ? [] : [first] })];
  };
  const main = one('official', person.firstName, person.lastName);
  const isSame = person.firstNameAr === person.firstName && person.lastNameAr === person.lastName;
  const arabic = isSame ? [] : one('usual', person.firstNameAr, person.lastNameAr);
  return [...main, ...arabic];
}

const phones = (phone: string | null): object[] =>
  phone === null ? [] : [{ system: 'phone', value: phone }];

export function toPatient(row: PatientRow): FhirResource {
  return resource('Patient', String(row.patientId), row.version, {
    identifier: identifiers(
      [
        { system: SYSTEMS.patient, value: String(row.patientId) },
        row.nationalId === null ? undefined : { system: SYSTEMS.nationalId, value: row.nationalId },
      ],
      row.identifiers,
    ),
    active: row.mergedInto === null,
    name: names(row),
    telecom: phones(row.phone),
    gender: row.sex,
    birthDate: row.birthDate ?? row.birthDatePartial,
    ...(row.deceasedOn !== null
      ? { deceasedDateTime: row.deceasedOn }
      : row.isDeceased
        ? { deceasedBoolean: true }
        : {}),
    link:
      row.mergedInto === null ? [] : [{ other: reference('Patient', row.mergedInto), type: 'replaced-by' }],
    communication: [
      {
        language: concept('urn:ietf:bcp:47', row.language, row.language === 'ar' ? 'Arabic' : 'English'),
        preferred: true,
      },
    ],
  });
}

export function toPractitioner(row: PractitionerRow): FhirResource {
  return resource('Practitioner', String(row.prescriberId), row.version, {
    identifier: identifiers([{ system: SYSTEMS.licence, value: row.licenceNumber }], row.identifiers),
    active: row.active,
    name: names(row),
    telecom: phones(row.phone),
    qualification: row.specialty === null ? [] : [{ code: { text: row.specialty } }],
  });
}

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

/** "No known allergy": the answer of a patient who was asked, kept on the patient and shown as FHIR shows it. */
const NONE_KNOWN = concept('http://snomed.info/sct', '716186003', 'No known allergy', 'No known allergies');

export const noneKnownId = (patientId: number): string => `none-${patientId}`;

export function toAllergy(row: AllergyRow): FhirResource {
  const patient = reference('Patient', row.patientId);
  if (row.allergyId < 0)
    return resource('AllergyIntolerance', noneKnownId(row.patientId), row.version, {
      clinicalStatus: concept(CLINICAL, 'active'),
      code: NONE_KNOWN,
      patient,
    });
  const isError = row.status === 'entered_in_error';
  const coding = [
    ...(row.ingredientId === null
      ? []
      : [{ system: SYSTEMS.ingredient, code: String(row.ingredientId), display: row.substance }]),
    ...(row.groupCode === null
      ? []
      : [{ system: SYSTEMS.allergenGroup, code: row.groupCode, display: row.substance }]),
    ...medicineCodings(row.codes),
  ];
  return resource('AllergyIntolerance', String(row.allergyId), row.version, {
    ...(isError
      ? { verificationStatus: concept(VERIFICATION, 'entered-in-error') }
      : { clinicalStatus: concept(CLINICAL, row.status) }),
    criticality: row.severity === 'severe' ? 'high' : undefined,
    code: element({ coding, text: row.substance }),
    patient,
    recordedDate: row.recordedAt.toISOString(),
    reaction:
      row.reaction === null
        ? []
        : [
            element({
              manifestation: [{ text: row.reaction }],
              severity: row.severity === 'unknown' ? undefined : row.severity,
            }),
          ],
  });
}

export function toCondition(row: ConditionRow): FhirResource {
  return resource('Condition', String(row.conditionId), row.version, {
    ...(row.status === 'entered_in_error'
      ? { verificationStatus: concept(CONDITION_VERIFICATION, 'entered-in-error') }
      : { clinicalStatus: concept(CONDITION_CLINICAL, row.status) }),
    code: element({
      coding: row.icd10 === null ? [] : [{ system: 'http://hl7.org/fhir/sid/icd-10', code: row.icd10 }],
      text: row.name,
    }),
    subject: reference('Patient', row.patientId),
    onsetDateTime: row.onsetDate,
    recordedDate: row.recordedAt.toISOString(),
  });
}

/** A medicine from elsewhere: what the patient or another program said is taken. */
export function toMedicationStatement(row: ReportedMedicineRow): FhirResource {
  const coding = [
    ...(row.drugId === null ? [] : [{ system: SYSTEMS.drug, code: String(row.drugId), display: row.name }]),
    ...(row.ingredientId === null
      ? []
      : [{ system: SYSTEMS.ingredient, code: String(row.ingredientId), display: row.name }]),
  ];
  return resource('MedicationStatement', String(row.medicationId), row.version, {
    status: row.fhirStatus,
    medicationCodeableConcept: element({ coding, text: row.name }),
    subject: reference('Patient', row.patientId),
    effectivePeriod:
      row.startedOn === null && row.endedOn === null
        ? undefined
        : element({ start: row.startedOn, end: row.endedOn }),
    dateAsserted: row.recordedAt.toISOString(),
    dosage: row.dose === null ? [] : [{ text: row.dose }],
  });
}
