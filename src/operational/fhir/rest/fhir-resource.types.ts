/** A FHIR resource on its way out. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** Kinds of resource that can be read and searched. */
export const RESOURCE_TYPES = [
  'Patient',
  'Practitioner',
  'AllergyIntolerance',
  'Condition',
  'Medication',
  'MedicationRequest',
  'MedicationDispense',
  'MedicationStatement',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** A number a resource bears elsewhere. */
export interface OtherNumber {
  readonly system: string;
  readonly value: string;
}
