import type { ResourceType } from './fhir-resource.types.js';

export type ParamType = 'token' | 'string' | 'date' | 'reference';

/** A search parameter as the CapabilityStatement names it. */
export interface ParamSpec {
  readonly name: string;
  readonly type: ParamType;
  /** Kind of resource a reference names. */
  readonly target?: ResourceType;
  readonly documentation: string;
}

const param = (name: string, type: ParamType, documentation: string, target?: ResourceType): ParamSpec => ({
  name,
  type,
  documentation,
  ...(target === undefined ? {} : { target }),
});

const ID = param('_id', 'token', 'Id of the resource');
const PATIENT = param('patient', 'reference', 'Whose it is', 'Patient');
const SUBJECT = param('subject', 'reference', 'Whose it is', 'Patient');
const CODE = param('code', 'token', 'Code of the product (urn:meditory:drug, RxNorm, ATC)');
const NAME = [
  param('name', 'string', 'Beginning of any part of a name, in any script'),
  param('family', 'string', 'Beginning of the family name'),
  param('given', 'string', 'Beginning of the given name'),
];
const PHONE = param('phone', 'token', 'Phone number, by its digits');

/** What can be searched by. The statements of fhir-search.sql.ts answer exactly these. */
export const SEARCH_PARAMS: Readonly<Record<ResourceType, readonly ParamSpec[]>> = {
  Patient: [
    ID,
    param('identifier', 'token', 'Patient number, national number, or a number from an imported bundle'),
    ...NAME,
    param('birthdate', 'date', 'Date of birth, where it is known in full'),
    param('gender', 'token', 'male, female or unknown'),
    PHONE,
    param('deceased', 'token', 'true or false'),
  ],
  Practitioner: [
    ID,
    param('identifier', 'token', 'Licence number, or a number from an imported bundle'),
    ...NAME,
    PHONE,
    param('active', 'token', 'true or false'),
  ],
  AllergyIntolerance: [
    ID,
    PATIENT,
    param('clinical-status', 'token', 'active or inactive'),
    param('verification-status', 'token', 'entered-in-error; others are not recorded'),
    param('code', 'token', 'Code of the ingredient or group'),
  ],
  Condition: [
    ID,
    PATIENT,
    SUBJECT,
    param('clinical-status', 'token', 'active or resolved'),
    param('verification-status', 'token', 'entered-in-error; others are not recorded'),
    param('code', 'token', 'ICD-10 code'),
    param('onset-date', 'date', 'Since when'),
  ],
  Medication: [ID, CODE, param('status', 'token', 'active or inactive')],
  MedicationRequest: [
    ID,
    param('identifier', 'token', 'Rx number'),
    PATIENT,
    SUBJECT,
    param('status', 'token', 'active, on-hold, completed, cancelled, stopped or draft'),
    param('intent', 'token', 'Always order'),
    CODE,
    param('medication', 'reference', 'The product', 'Medication'),
    param('requester', 'reference', 'Who wrote it', 'Practitioner'),
    param('authoredon', 'date', 'Day it was written'),
  ],
  MedicationDispense: [
    ID,
    PATIENT,
    SUBJECT,
    param('status', 'token', 'preparation, in-progress, completed, cancelled or entered-in-error'),
    CODE,
    param('medication', 'reference', 'The product', 'Medication'),
    param('prescription', 'reference', 'The prescription', 'MedicationRequest'),
    param('whenprepared', 'date', 'Business day it was filled'),
    param('whenhandedover', 'date', 'Business day it was handed over'),
  ],
  MedicationStatement: [
    ID,
    PATIENT,
    SUBJECT,
    param('status', 'token', 'active or completed'),
    param('effective', 'date', 'Day it was begun'),
  ],
};

/** What results can be sorted by, beside `_id`. */
export const SORTS: Readonly<Record<ResourceType, readonly string[]>> = {
  Patient: ['birthdate', 'family', 'given'],
  Practitioner: ['family', 'given'],
  AllergyIntolerance: [],
  Condition: [],
  Medication: [],
  MedicationRequest: ['authoredon'],
  MedicationDispense: ['whenhandedover'],
  MedicationStatement: [],
};
