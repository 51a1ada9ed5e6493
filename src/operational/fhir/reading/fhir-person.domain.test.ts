import { describe, expect, it } from 'vitest';

import { conditionEntries } from '../cds-hooks/check-input.domain.js';
import { readAllergies } from './fhir-allergies.domain.js';
import { readPerson } from './fhir-person.domain.js';
import * as fhir from './fhir.schemas.js';

const TODAY = '2026-11-30';
const LOINC = 'http://loinc.org';

const observed = (code: string, value: object, effectiveDateTime?: string, more: object = {}) =>
  fhir.Observation.parse({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: LOINC, code }] },
    ...value,
    effectiveDateTime,
    ...more,
  });
const quantity = (value: number, unit?: string, comparator?: string) => ({
  valueQuantity: { value, unit, comparator },
});
const coded = (code: string, system = LOINC) => ({
  valueCodeableConcept: { coding: [{ system, code }] },
});
const person = (observations: ReturnType<typeof observed>[], patient: object = {}) =>
  readPerson(fhir.Patient.parse({ resourceType: 'Patient', ...patient }), observations, TODAY);

describe('the person of a call', () => {
  it.each([
    ['male', 'male'],
    ['female', 'female'],
    ['other', 'unknown'],
    ['unknown', 'unknown'],
    [undefined, null],
  ])('is %s', (gender, sex) => {
    expect(person([], { gender }).person.sex).toBe(sex);
  });

  it.each([
    ['1986-01-15', '1986-01-15', 0],
    ['1986-01', null, 1],
    ['1986', null, 1],
    ['1986-02-30', null, 1],
    [undefined, null, 0],
  ])('was born on %s', (birthDate, expected, gaps) => {
    const read = person([], { birthDate });
    expect([read.person.birthDate, read.gaps.length]).toEqual([expected, gaps]);
  });

  it.each<[string, object, string | null]>([
    ['kilograms', quantity(72.5, 'kg'), '72.5'],
    ['grams', quantity(3250, 'g'), '3.25'],
    ['pounds', quantity(100, '[lb_av]'), '45.359237'],
    ['an unknown unit', quantity(11, 'stone'), null],
    ['more than anybody weighs', quantity(700, 'kg'), null],
    ['less than something', quantity(100, 'kg', '<'), null],
    ['words', { valueString: 'heavy' }, null],
  ])('weighs %s', (_, value, expected) => {
    const read = person([observed('29463-7', value)]);
    expect(read.person.weightKg).toBe(expected);
    expect(read.gaps.length).toBe(expected === null ? 1 : 0);
  });

  it('weighs what was measured last, and not something older where that cannot be read', () => {
    const old = observed('29463-7', quantity(70, 'kg'), '2020-01-01');
    const last = observed('3141-9', quantity(80, 'kg'), '2026-01-01T10:00:00+02:00');
    const undated = observed('29463-7', quantity(60, 'kg'));
    expect(person([undated, old, last]).person.weightKg).toBe('80');
    const wrong = observed('29463-7', quantity(90, 'kg'), '2026-02-01', { status: 'entered-in-error' });
    expect(person([wrong, last, old]).person.weightKg).toBe('80');
    const unread = observed('29463-7', quantity(90, 'stone'), '2026-02-01');
    expect(person([unread, last]).person.weightKg).toBeNull();
  });

  it.each<[string, object, string | null]>([
    ['by its normalised unit', quantity(45, 'mL/min/{1.73_m2}'), '45'],
    ['without a unit', quantity(45), '45'],
    ['below 15: not 15', quantity(15, 'mL/min', '<'), '14.999999'],
    ['above 60: at least that', quantity(60, 'mL/min', '>'), '60'],
    ['none at all', quantity(0, 'mL/min'), '0'],
    ['in millilitres a second', quantity(1, 'mL/s'), null],
  ])('has a renal function %s', (_, value, expected) => {
    expect(person([observed('98979-8', value)]).person.egfr).toBe(expected);
  });

  it('has the clearance for a renal function only where no filtration rate was sent', () => {
    const clearance = observed('2164-2', quantity(25, 'mL/min'));
    expect(person([clearance]).person.egfr).toBe('25');
    expect(person([clearance, observed('62238-1', quantity(40))]).person.egfr).toBe('40');
  });

  it.each<[string, ReturnType<typeof observed>[], boolean | null]>([
    ['pregnant', [observed('82810-3', coded('LA15173-0'), '2026-09-01')], true],
    ['pregnant by SNOMED CT', [observed('82810-3', coded('77386006', 'http://snomed.info/sct'))], true],
    ['not', [observed('82810-3', coded('LA26683-5'), '2026-11-20')], false],
    ['not, which was long ago', [observed('82810-3', coded('LA26683-5'), '2026-08-01')], null],
    ['pregnant in another year', [observed('82810-3', coded('LA15173-0'), '2025-09-01')], null],
    ['not known', [observed('82810-3', coded('LA4489-6'))], null],
    [
      'by the newest answer',
      [
        observed('82810-3', coded('LA26683-5'), '2026-11-01'),
        observed('82810-3', coded('LA15173-0'), '2026-11-20'),
      ],
      true,
    ],
    [
      'not known, said last',
      [
        observed('82810-3', coded('LA15173-0'), '2026-11-01'),
        observed('82810-3', coded('LA4489-6'), '2026-11-20'),
      ],
      null,
    ],
    ['not asked', [], null],
  ])('is pregnant: %s', (_, observations, expected) => {
    expect(person(observations).person.pregnant).toBe(expected);
  });

  it('breast-feeds', () => {
    expect(person([observed('63895-7', coded('LA33-6'))]).person.lactating).toBe(true);
    expect(person([observed('63895-7', { valueBoolean: false })]).person.lactating).toBe(false);
    expect(person([]).person.lactating).toBeNull();
  });
});

describe('conditions of a call', () => {
  const status = (code: string) => ({ coding: [{ code }] });
  const condition = (more: object) => fhir.Condition.parse({ resourceType: 'Condition', ...more });
  const icd = (code: string, system = 'http://hl7.org/fhir/sid/icd-10-cm') => ({
    code: { coding: [{ system, code }] },
  });
  const entries = (...conditions: object[]) => conditionEntries(conditions.map(condition), {}).entries;

  it('have an ICD-10 code of any edition, with its point, or only a name', () => {
    expect(
      entries(
        icd('K25.4'),
        icd('k254'),
        icd('J45', 'http://hl7.org/fhir/sid/icd-10'),
        icd('I10', 'urn:oid:2.16.840.1.113883.6.90'),
      ),
    ).toEqual([
      { icd10: 'K25.4', name: 'code K25.4' },
      { icd10: 'K25.4', name: 'code k254' },
      { icd10: 'J45', name: 'code J45' },
      { icd10: 'I10', name: 'code I10' },
    ]);
    const bySnomed = ['195967001', '160903007'].map((code) => icd(code, 'http://snomed.info/sct'));
    expect(entries({ code: { text: 'Asthma' } }, ...bySnomed, {})).toEqual([
      { icd10: null, name: 'Asthma' },
      { icd10: 'J45.9', name: 'code 195967001' },
      { icd10: null, name: 'code 160903007' },
      { icd10: null, name: 'a condition without a name' },
    ]);
  });

  it('count while they last', () => {
    const clinical = (code: string) => entries({ ...icd('J45'), clinicalStatus: status(code) }).length;
    expect(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'].map(clinical)).toEqual([
      1, 1, 1, 0, 0, 0,
    ]);
    const verified = (code: string) => entries({ ...icd('J45'), verificationStatus: status(code) }).length;
    expect(['confirmed', 'provisional', 'refuted', 'entered-in-error'].map(verified)).toEqual([1, 1, 0, 0]);
    expect(entries({ ...icd('J45'), clinicalStatus: 'resolved' })).toEqual([]);
  });

  it('make a patient pregnant, a complication of pregnancy alone does not', () => {
    const pregnant = (code: string) =>
      conditionEntries([condition(icd(code))], { pregnant: null }).person.pregnant;
    expect(['Z33', 'Z34.9', 'O72.1'].map(pregnant)).toEqual([true, true, null]);
  });
});

describe('allergies of a call', () => {
  const SNOMED = 'http://snomed.info/sct';
  const allergy = (code: object, more: object = {}) =>
    fhir.AllergyIntolerance.parse({ resourceType: 'AllergyIntolerance', code, ...more });
  const by = (code: string) => ({ coding: [{ system: SNOMED, code, display: 'words' }] });
  const labels = (...records: ReturnType<typeof allergy>[]) =>
    readAllergies(records)?.map(({ label }) => label);

  it('are none known only where a record says so', () => {
    expect(readAllergies(undefined)).toBeUndefined();
    expect(labels()).toBeUndefined();
    expect(labels(allergy(by('716186003')))).toEqual([]);
    expect(labels(allergy(by('409137002')))).toEqual([]);
    expect(labels(allergy({ text: 'NKDA' }))).toEqual([]);
    expect(labels(allergy(by('716184000')))).toBeUndefined();
    const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } };
    expect(labels(allergy(by('716186003'), refuted))).toBeUndefined();
  });

  it('are those recorded, whatever else says that there are none', () => {
    expect(labels(allergy(by('716186003')), allergy({ text: 'Penicillin' }))).toEqual(['Penicillin']);
    expect(labels(allergy({ text: 'NKDA since the amoxicillin rash' }))).toEqual([
      'NKDA since the amoxicillin rash',
    ]);
    const reaction = { reaction: [{ substance: { text: 'Amoxicillin' } }, {}] };
    expect(labels(allergy({}, reaction))).toEqual(['Amoxicillin']);
    expect(labels(allergy({}))).toEqual(['an allergy without a name']);
  });
});
