import type { z } from 'zod';

import type { CdsServices, HOOKS } from './cds-hooks.schemas.js';
import { OBSERVATION_CODES } from '../reading/fhir-person.domain.js';

/**
 * Both hooks have one service id: a client then takes away the cards of selecting an order when the same service answers
 * on signing it ("update stale guidance").
 */
export const SERVICE_ID = 'meditory-medication-check';

const OF_PATIENT = 'patient={{context.patientId}}';

/** What is asked of the client's FHIR server, by reads and searches of the subset the specification recommends. */
const PREFETCH: Readonly<Record<string, string>> = {
  patient: 'Patient/{{context.patientId}}',
  medications: `MedicationRequest?${OF_PATIENT}&status=active,on-hold&_count=200`,
  statements: `MedicationStatement?${OF_PATIENT}&status=active,intended,on-hold&_count=200`,
  dispenses: `MedicationDispense?${OF_PATIENT}&status=completed,in-progress&_count=200`,
  allergies: `AllergyIntolerance?${OF_PATIENT}&_count=200`,
  conditions: `Condition?${OF_PATIENT}&clinical-status=active,recurrence,relapse&_count=200`,
  observations: `Observation?${OF_PATIENT}&code=${Object.values(OBSERVATION_CODES)
    .flat()
    .map((code) => `http://loinc.org|${code}`)
    .join(',')}&_sort=-date&_count=50`,
};

const USAGE =
  'FHIR R4. Needs a bearer token of a Meditory user with the right to read the catalogue. Judges what is sent along and fetches nothing: each prefetch key that is left out is named in a card as not checked. Medication resources that orders refer to must be contained in them or in draftOrders.';

const WHEN: Readonly<Record<(typeof HOOKS)[number], string>> = {
  'order-select': 'the orders selected',
  'order-sign': 'the orders about to be signed',
};

/** The answer of discovery. */
export function describeServices(): z.output<typeof CdsServices> {
  return {
    services: (['order-select', 'order-sign'] as const).map((hook) => ({
      hook,
      id: SERVICE_ID,
      title: 'Medication check',
      description: `Checks ${WHEN[hook]} for interactions, allergies, duplicate ingredients, contraindications (age, sex, pregnancy, breast-feeding, renal function, conditions) and dose limits, and says what it could not check.`,
      usageRequirements: USAGE,
      prefetch: PREFETCH,
    })),
  };
}
