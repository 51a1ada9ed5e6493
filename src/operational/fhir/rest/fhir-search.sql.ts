import {
  byAllergenCode,
  byAllergyId,
  byAnyName,
  byCode,
  byDay,
  byFlag,
  byId,
  byNamePart,
  byPatient,
  byPersonNumber,
  byPhone,
  byProductCode,
  byReference,
  type Condition,
} from './fhir-conditions.sql.js';
import { SYSTEMS } from './elements.domain.js';
import type { ResourceType } from './fhir-resource.types.js';
import type { Search } from './search-query.domain.js';

/** How one kind of resource is found: $1 is the branch. */
interface Table {
  readonly columns: string;
  readonly from: string;
  readonly where: string;
  /** Number the rows are paged by. */
  readonly id: string;
  readonly conditions: Readonly<Record<string, Condition>>;
  /** Text each sort goes by, never null. */
  readonly sorts: Readonly<Record<string, string>>;
}

const OTHER_NUMBERS = (type: 'Patient' | 'Practitioner', id: string): string => `
  coalesce((select json_agg(distinct jsonb_build_object('system', i.system, 'value', i.value))
    from operational.fhir_resources r join operational.fhir_identities i using (fhir_resource_id)
    where r.${id} = p.${id} and r.resource_type = '${type}' and i.kind = 'identifier'), '[]') as identifiers`;

const NAMES = `p.first_name as "firstName", p.last_name as "lastName", p.first_name_ar as "firstNameAr", p.last_name_ar as "lastNameAr", p.phone, p.version`;

const names = (type: 'Patient' | 'Practitioner') => ({
  name: byAnyName('p'),
  family: byNamePart('p', 'last_name'),
  given: byNamePart('p', 'first_name'),
  phone: byPhone('p'),
  identifier: byPersonNumber(
    'p',
    type === 'Patient'
      ? {
          id: 'patient_id',
          ownSystem: SYSTEMS.patient,
          column: 'national_id',
          system: SYSTEMS.nationalId,
          type,
        }
      : { id: 'prescriber_id', ownSystem: null, column: 'licence_number', system: SYSTEMS.licence, type },
  ),
});
const NAME_SORTS = { family: `lower(p.last_name)`, given: `lower(p.first_name)` };

/** Codes of an ingredient `i` in systems FHIR has a name for. */
const CODES = `coalesce((select json_agg(json_build_object('system', c.system, 'code', c.code) order by c.system, c.code)
    from reference.ingredient_codes c where c.ingredient_id = i.ingredient_id), '[]')`;

/** Allergies, and for each patient who was asked and knows of none a row that says so (number below zero). */
const ALLERGIES = `(
  select a.allergy_id, a.branch_id, a.patient_id, a.ingredient_id, a.group_id, a.substance_text, a.reaction, a.severity, a.status, a.recorded_at, a.version
  from operational.patient_allergies a where a.branch_id = $1
  union all
  select -q.patient_id, q.branch_id, q.patient_id, null, null, null, null, 'unknown', 'active', null, q.version
  from operational.patients q where q.branch_id = $1 and q.allergy_status = 'none_known' and q.merged_into is null)`;

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const ICD10 = ['http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-cm'];

/** A branch's own words in FHIR's. Ended authority is `stopped`: its actions will not all take place. */
const PRESCRIPTION_STATUS = `case
    when p.status not in ('completed', 'cancelled', 'transferred', 'draft') and p.expires_on < (now() at time zone b.time_zone)::date then 'stopped'
    when p.status in ('pending', 'filled') then 'active'
    when p.status = 'on_hold' then 'on-hold'
    when p.status = 'transferred' then 'stopped'
    when p.status in ('draft', 'completed', 'cancelled') then p.status
    else 'unknown' end`;
const FILL_STATUS = `case f.status
    when 'in_progress' then 'preparation' when 'verified' then 'preparation' when 'ready' then 'in-progress' when 'dispensed' then 'completed'
    when 'returned_to_stock' then 'cancelled' when 'reversed' then 'entered-in-error' else 'unknown' end`;

const PRODUCT = `d.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", d.atc_code as "atcCode",
  case when d.source = 'rxnorm-prescribable' then d.source_id end as rxcui`;
const DIRECTIONS = `p.sig, trim_scale(p.dose_amount)::text as "doseAmount", p.dose_unit as "doseUnit", trim_scale(p.frequency_per_day)::text as "frequencyPerDay"`;

const MEDICINE_CONDITIONS = { code: byProductCode('d'), medication: byReference('d.drug_id') };

const TABLES: Readonly<Record<ResourceType, Table>> = {
  Patient: {
    columns: `p.patient_id as "patientId", ${NAMES}, p.birth_date as "birthDate", p.birth_date_partial as "birthDatePartial", p.sex,
  p.is_deceased as "isDeceased", p.deceased_on as "deceasedOn", p.merged_into as "mergedInto", p.national_id as "nationalId", p.language, ${OTHER_NUMBERS('Patient', 'patient_id')}`,
    from: 'operational.patients p',
    where: 'p.branch_id = $1',
    id: 'p.patient_id',
    conditions: {
      _id: byId('p.patient_id'),
      ...names('Patient'),
      birthdate: byDay('p.birth_date'),
      gender: byCode('p.sex', ['http://hl7.org/fhir/administrative-gender']),
      deceased: byFlag('p.is_deceased'),
    },
    sorts: { ...NAME_SORTS, birthdate: `coalesce(p.birth_date::text, p.birth_date_partial, '9999')` },
  },
  Practitioner: {
    columns: `p.prescriber_id as "prescriberId", ${NAMES}, p.licence_number as "licenceNumber", p.specialty, p.active, ${OTHER_NUMBERS('Practitioner', 'prescriber_id')}`,
    from: 'operational.prescribers p',
    // Prescribers are shared by all branches.
    where: '$1::integer is not null',
    id: 'p.prescriber_id',
    conditions: { _id: byId('p.prescriber_id'), ...names('Practitioner'), active: byFlag('p.active') },
    sorts: NAME_SORTS,
  },
  AllergyIntolerance: {
    columns: `a.allergy_id as "allergyId", a.patient_id as "patientId", a.ingredient_id as "ingredientId", g.code as "groupCode",
  coalesce(i.name, g.name, a.substance_text, '') as substance, ${CODES} as codes, a.reaction, a.severity, a.status, a.recorded_at as "recordedAt", a.version`,
    from: `${ALLERGIES} a left join reference.ingredients i using (ingredient_id) left join reference.ingredient_groups g using (group_id)`,
    where: 'a.branch_id = $1',
    id: 'a.allergy_id',
    conditions: {
      _id: byAllergyId('a.allergy_id'),
      patient: byPatient('a.patient_id'),
      'clinical-status': byCode(`nullif(a.status, 'entered_in_error')`, [CLINICAL]),
      'verification-status': byCode(`case a.status when 'entered_in_error' then 'entered-in-error' end`, [
        VERIFICATION,
      ]),
      code: byAllergenCode('a'),
    },
    sorts: {},
  },
  Condition: {
    columns: `c.condition_id as "conditionId", c.patient_id as "patientId", c.icd10, c.name, c.onset_date as "onsetDate", c.status,
  c.recorded_at as "recordedAt", c.version`,
    from: 'operational.patient_conditions c',
    where: 'c.branch_id = $1',
    id: 'c.condition_id',
    conditions: {
      _id: byId('c.condition_id'),
      patient: byPatient('c.patient_id'),
      subject: byPatient('c.patient_id'),
      'clinical-status': byCode(`nullif(c.status, 'entered_in_error')`, [CONDITION_CLINICAL]),
      'verification-status': byCode(`case c.status when 'entered_in_error' then 'entered-in-error' end`, [
        CONDITION_VERIFICATION,
      ]),
      code: byCode('c.icd10', ICD10),
      'onset-date': byDay('c.onset_date'),
    },
    sorts: {},
  },
  Medication: {
    columns: `d.drug_id as "drugId", d.name, d.atc_code as "atcCode", case when d.source = 'rxnorm-prescribable' then d.source_id end as rxcui,
  d.dosage_form as "dosageForm", y.name as company, case d.status when 'active' then 'active' else 'inactive' end as "fhirStatus", d.version, d.updated_at as "updatedAt",
  coalesce((select json_agg(b.gtin order by b.gtin) from reference.drug_barcodes b where b.drug_id = d.drug_id and b.kind not in ('ndc', 'in_store')), '[]') as barcodes,
  coalesce((select json_agg(json_build_object('ingredientId', x.ingredient_id, 'name', coalesce(i.name, x.raw_text), 'codes', ${CODES},
    'amount', trim_scale(x.amount)::text, 'unit', x.unit, 'perAmount', trim_scale(x.per_amount)::text, 'perUnit', x.per_unit) order by x.position)
    from reference.drug_ingredients x left join reference.ingredients i using (ingredient_id) where x.drug_id = d.drug_id), '[]') as ingredients`,
    from: 'reference.drugs d left join reference.companies y using (company_id)',
    where: '$1::integer is not null',
    id: 'd.drug_id',
    conditions: {
      _id: byId('d.drug_id'),
      code: byProductCode('d'),
      status: byCode(`case d.status when 'active' then 'active' else 'inactive' end`, [
        'http://hl7.org/fhir/CodeSystem/medication-status',
      ]),
    },
    sorts: {},
  },
  MedicationRequest: {
    columns: `p.prescription_id as "prescriptionId", p.rx_number as "rxNumber", p.patient_id as "patientId", ${PRODUCT},
  p.prescriber_id as "prescriberId", r.first_name || ' ' || r.last_name as "prescriberName", trim_scale(p.quantity)::text as quantity,
  p.days_supply as "daysSupply", ${DIRECTIONS}, p.refills_authorized as "refillsAuthorized", p.prescribed_date as "prescribedDate",
  p.expires_on as "expiresOn", p.daw_code as "dawCode", p.notes, p.updated_at as "updatedAt", p.version, ${PRESCRIPTION_STATUS} as "fhirStatus"`,
    from: `operational.prescriptions p join operational.branches b using (branch_id) join reference.drugs d using (drug_id)
join operational.prescribers r using (prescriber_id)`,
    where: 'p.branch_id = $1',
    id: 'p.prescription_id',
    conditions: {
      _id: byId('p.prescription_id'),
      identifier: byCode('p.rx_number', [SYSTEMS.rxNumber]),
      patient: byPatient('p.patient_id'),
      subject: byPatient('p.patient_id'),
      status: byCode(PRESCRIPTION_STATUS, ['http://hl7.org/fhir/CodeSystem/medicationrequest-status']),
      intent: byCode(`'order'`, ['http://hl7.org/fhir/CodeSystem/medicationrequest-intent']),
      ...MEDICINE_CONDITIONS,
      requester: byReference('p.prescriber_id'),
      authoredon: byDay('p.prescribed_date'),
    },
    sorts: { authoredon: 'p.prescribed_date::text' },
  },
  MedicationDispense: {
    columns: `f.fill_id as "fillId", f.fill_number as "fillNumber", f.prescription_id as "prescriptionId", p.patient_id as "patientId", ${PRODUCT},
  trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply", ${DIRECTIONS}, f.filled_at as "preparedAt", f.dispensed_at as "dispensedAt",
  f.drug_id <> p.drug_id as "isSubstituted", f.version, ${FILL_STATUS} as "fhirStatus"`,
    from: `operational.fills f join operational.prescriptions p using (prescription_id) join operational.branches b on b.branch_id = f.branch_id
join reference.drugs d on d.drug_id = f.drug_id`,
    where: 'f.branch_id = $1',
    id: 'f.fill_id',
    conditions: {
      _id: byId('f.fill_id'),
      patient: byPatient('p.patient_id'),
      subject: byPatient('p.patient_id'),
      status: byCode(FILL_STATUS, ['http://terminology.hl7.org/CodeSystem/medicationdispense-status']),
      ...MEDICINE_CONDITIONS,
      prescription: byReference('f.prescription_id'),
      whenprepared: byDay('(f.filled_at at time zone b.time_zone)::date'),
      whenhandedover: byDay('f.dispensed_on'),
    },
    sorts: { whenhandedover: `coalesce(f.dispensed_on::text, '9999')` },
  },
  MedicationStatement: {
    columns: `m.medication_id as "medicationId", m.patient_id as "patientId", m.drug_id as "drugId", m.ingredient_id as "ingredientId",
  coalesce(d.name, i.name, m.medication_text) as name, m.dose, m.started_on as "startedOn", m.ended_on as "endedOn", m.recorded_at as "recordedAt", m.version,
  case when m.ended_on < (now() at time zone b.time_zone)::date then 'completed' else 'active' end as "fhirStatus"`,
    from: `operational.patient_medications m join operational.branches b using (branch_id) left join reference.drugs d using (drug_id)
left join reference.ingredients i using (ingredient_id)`,
    where: 'm.branch_id = $1',
    id: 'm.medication_id',
    conditions: {
      _id: byId('m.medication_id'),
      patient: byPatient('m.patient_id'),
      subject: byPatient('m.patient_id'),
      status: byCode(
        `case when m.ended_on < (now() at time zone b.time_zone)::date then 'completed' else 'active' end`,
        ['http://hl7.org/fhir/CodeSystem/medication-statement-status'],
      ),
      effective: byDay('m.started_on'),
    },
    sorts: {},
  },
};

/** A page of one kind of resource, one row more than asked for, and the number of all matches. */
export function searchStatements(
  type: ResourceType,
  branchId: number,
  search: Search,
): { find: string; count: string; findValues: unknown[]; countValues: unknown[] } {
  const { columns, from, where, id, conditions, sorts } = TABLES[type];
  const values: unknown[] = [branchId];
  const next = (value: unknown): string => `$${values.push(value)}`;
  const all = [
    where,
    ...search.filters.map((filter) => {
      const condition = conditions[filter.name];
      if (!condition) throw new Error(`no statement answers the parameter ${filter.name} of ${type}`);
      return condition(filter, next);
    }),
  ].join('\n and ');
  const countValues = [...values];
  const direction = search.isDescending ? 'desc' : 'asc';
  const beyond = search.isDescending ? '<' : '>';
  const sort = sorts[search.sort];
  const { cursor } = search;
  const after =
    cursor === undefined
      ? ''
      : sort === undefined
        ? `\n and ${id} ${beyond} ${next(cursor.id)}::integer`
        : `\n and ((${sort}) collate "C", ${id}) ${beyond} (${next(cursor.value ?? '')}::text collate "C", ${next(cursor.id)}::integer)`;
  const order =
    sort === undefined ? `${id} ${direction}` : `(${sort}) collate "C" ${direction}, ${id} ${direction}`;
  return {
    find: `select /* fhir.find${type} */ ${columns}, ${id} as "pageId", ${sort ?? 'null::text'} as "sortValue"
from ${from}
where ${all}${after}
order by ${order} limit ${next(search.count + 1)}`,
    findValues: values,
    count: `select /* fhir.count${type} */ count(*) as total from ${from} where ${all}`,
    countValues,
  };
}

/** Records in the audit trail that the records of patients ($1) were read; one row for each. */
export const LOG_PATIENTS_READ = `
select /* fhir.logPatientsRead */ operational.log_read('patients', p.patient_id::text, p.branch_id)
from operational.patients p where p.patient_id = any ($1::integer[]) and p.branch_id = $2 order by p.patient_id`;

/** Records in the audit trail that a prescription was read. */
export const LOG_PRESCRIPTION_READ = `
select /* fhir.logPrescriptionRead */ operational.log_read('prescriptions', p.prescription_id::text, p.branch_id)
from operational.prescriptions p where p.prescription_id = $1 and p.branch_id = $2`;
