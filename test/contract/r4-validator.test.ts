// The check of what this server writes must itself be right: HL7's own examples pass it, and broken ones do not.
import { describe, expect, it } from 'vitest';

import { hasR4, r4Errors, r4Examples } from '../support/r4-validator.js';

const TYPES = [
  'Patient',
  'Practitioner',
  'AllergyIntolerance',
  'Condition',
  'Medication',
  'MedicationRequest',
  'MedicationDispense',
  'MedicationStatement',
  'OperationOutcome',
  'DetectedIssue',
];

/** What HL7's examples get wrong by their own definitions: the performer of a dispense is an organization in R4. */
const WRONG_THEMSELVES = new Set([
  'MedicationRequest-medrx0301.json MedicationRequest.dispenseRequest.performer: must not refer to a Practitioner',
]);

if (!hasR4) console.warn('SKIPPED: the R4 definitions are not at ../shared/data/fhir_r4');

describe.skipIf(!hasR4)('the check against the R4 definitions', () => {
  it.each(TYPES)('passes the examples of %s', (type) => {
    const wrong = Object.entries(r4Examples(type)).flatMap(([name, resource]) =>
      r4Errors(resource)
        // Types of elements this server never writes have no definition among the data.
        .filter((error) => !error.includes('there is no definition of'))
        .filter((error) => !WRONG_THEMSELVES.has(`${name} ${error}`))
        .map((error) => `${name} ${error}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    [{ status: undefined }, /status is missing/],
    [{ status: 'open' }, /is not of/],
    [{ authoredOn: '30/11/2026' }, /authoredOn: is not right/],
    [{ subject: { reference: 'Medication/1' } }, /must not refer to a Medication/],
    [{ note: [] }, /empty list/],
    [{ dosageInstruction: { text: 'x' } }, /must be a list/],
    [{ sig: 'x' }, /sig is not an element/],
    [{ medicationReference: { reference: 'Medication/1' } }, /more than once/],
  ])('refuses an order with %j', (change, error) => {
    const order = {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'x' },
      subject: { reference: 'Patient/1' },
    };
    expect(r4Errors(order)).toEqual([]);
    const broken = Object.fromEntries(
      Object.entries({ ...order, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(r4Errors(broken).join('\n')).toMatch(error);
  });
});
