import type { z } from 'zod';

import type * as fhir from './fhir.schemas.js';

export type FhirConcept = z.output<typeof fhir.CodeableConcept>;
export type FhirReference = z.output<typeof fhir.Reference>;
export type FhirQuantity = z.output<typeof fhir.Quantity>;
export type FhirDosage = z.output<typeof fhir.Dosage>;
export type FhirMedication = z.output<typeof fhir.Medication>;
export type FhirPatient = z.output<typeof fhir.Patient>;
export type FhirAllergy = z.output<typeof fhir.AllergyIntolerance>;
export type FhirCondition = z.output<typeof fhir.Condition>;
export type FhirObservation = z.output<typeof fhir.Observation>;

/** An order or a record of a medicine, with the Medication resources that came inside it. */
export type FhirMedicationUse = Omit<z.output<typeof fhir.MedicationUse>, 'contained'> & {
  readonly contained: readonly FhirMedication[];
};
