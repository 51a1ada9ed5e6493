import { SNOMED } from '../reading/fhir-codes.domain.js';
import type { FhirResource, OtherNumber, ResourceType } from './fhir-resource.types.js';

/** Code systems and namespaces of ours. */
export const SYSTEMS = {
  patient: 'urn:meditory:patient',
  nationalId: 'urn:meditory:national-id',
  licence: 'urn:meditory:prescriber-licence',
  rxNumber: 'urn:meditory:rx-number',
  drug: 'urn:meditory:drug',
  ingredient: 'urn:meditory:ingredient',
  allergenGroup: 'urn:meditory:ingredient-group',
  alertKind: 'urn:meditory:alert-kind',
} as const;

/** Where codes of other systems that the catalogue holds come from. */
const MEDICINE_URLS: ReadonlyMap<string, string> = new Map([
  ['rxcui', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['unii', 'http://fdasis.nlm.nih.gov'],
  ['atc', 'http://www.whocc.no/atc'],
  ['snomed', SNOMED],
  ['cas', 'urn:oid:2.16.840.1.113883.6.61'],
]);

/** The object without what is undefined, null, or an empty list: FHIR has no empty elements. */
export function element<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  ) as T;
}

/** A resource with its version; `versionId` is what ETag says. */
export function resource(
  resourceType: ResourceType,
  id: string,
  version: number,
  elements: object,
  lastUpdated?: Date | string | null,
): FhirResource {
  return element({
    resourceType,
    id,
    meta: element({ versionId: String(version), lastUpdated: instantOf(lastUpdated) }),
    ...elements,
  });
}

export function instantOf(value: Date | string | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return value instanceof Date ? value.toISOString() : new Date(value).toISOString();
}

/** A concept of one code, with its words. */
export const concept = (system: string, code: string, display?: string, text?: string): object => ({
  coding: [element({ system, code, display })],
  ...(text === undefined ? {} : { text }),
});

/** Codes of the catalogue's own lists under the names FHIR has for their systems. */
export const medicineCodings = (
  codes: readonly { readonly system: string; readonly code: string }[],
): { system: string; code: string }[] =>
  codes.flatMap(({ system, code }) => {
    const url = MEDICINE_URLS.get(system);
    return url === undefined ? [] : [{ system: url, code }];
  });

export const reference = (type: string, id: number | string, display?: string | null): object =>
  element({ reference: `${type}/${id}`, type, display });

/**
 * A decimal of ours as JSON's number. Amounts here have at most fifteen digits, which a double holds exactly as they are
 * written.
 */
export const decimal = (text: string): number => Number(text);

export const identifiers = (
  own: readonly (OtherNumber | undefined)[],
  other: readonly OtherNumber[],
): object[] =>
  [...own, ...other].flatMap((number) => (number ? [{ system: number.system, value: number.value }] : []));
