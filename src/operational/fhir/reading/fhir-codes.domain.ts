import { own } from '../../../platform/text/own.js';
import type { MedicineCode, MedicineCodeSystem } from '../../../reference/coding/coding.types.js';
import type { FhirConcept } from './fhir.types.js';
import { ICD10_OF_SNOMED } from './snomed-conditions.domain.js';

const MEDICINE_SYSTEMS: Readonly<Record<string, MedicineCodeSystem>> = {
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxcui',
  'urn:oid:2.16.840.1.113883.6.88': 'rxcui',
  'http://hl7.org/fhir/sid/ndc': 'ndc',
  'urn:oid:2.16.840.1.113883.6.69': 'ndc',
  'http://www.whocc.no/atc': 'atc',
  'urn:oid:2.16.840.1.113883.6.73': 'atc',
  'http://fdasis.nlm.nih.gov': 'unii',
  'urn:oid:2.16.840.1.113883.4.9': 'unii',
  'http://snomed.info/sct': 'snomed',
  'urn:oid:2.16.840.1.113883.6.96': 'snomed',
  'urn:oid:2.16.840.1.113883.6.61': 'cas',
};

export const SNOMED = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';

/** ICD-10 of WHO and its national editions (icd-10-cm, icd-10-gm, …). */
const ICD10_SYSTEM =
  /^https?:\/\/hl7\.org\/fhir\/sid\/icd-10(?:-[a-z]+)?$|^urn:oid:2\.16\.840\.1\.113883\.6\.(?:3|90)$|^http:\/\/fhir\.de\/CodeSystem\/bfarm\/icd-10-gm$/;

/** Text a person wrote, on one line, without control characters and half surrogate pairs, cut to `max`. */
export function plainText(text: string, max = 200): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
  if (line.length <= max) return line;
  return `${line
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}

/** Codes of a medicine or substance in systems the catalogue knows, in the order sent. */
export function medicineCodes(concept: FhirConcept | undefined): MedicineCode[] {
  return (concept?.coding ?? []).flatMap(({ system, code }) => {
    const known = own(MEDICINE_SYSTEMS, system ?? '');
    return known === undefined || code === undefined || code.length > 40 ? [] : [{ system: known, code }];
  });
}

/** The words of a concept: its text, then what its codes are called. */
export function namesOf(concept: FhirConcept | undefined): string[] {
  const names = [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)];
  return [...new Set(names.flatMap((name) => (name === undefined ? [] : [plainText(name, 1000)])))].filter(
    (name) => name !== '',
  );
}

/** How a concept is shown: its words, or failing those its code. */
export function labelOf(concept: FhirConcept | undefined): string | undefined {
  const [name] = namesOf(concept);
  const code = concept?.coding?.find((coding) => coding.code !== undefined)?.code;
  const label = name ?? (code === undefined ? undefined : `code ${code}`);
  return label === undefined ? undefined : plainText(label);
}

/** Codes of one system. */
export function codesIn(concept: FhirConcept | undefined, system: string): string[] {
  return (concept?.coding ?? []).flatMap((coding) =>
    coding.system === system && coding.code !== undefined ? [coding.code] : [],
  );
}

/** A status as a code: R4 has a concept, older versions the code itself. */
export function statusCode(status: string | FhirConcept | undefined): string | undefined {
  return typeof status === 'object' ? status.coding?.find(({ code }) => code !== undefined)?.code : status;
}

/** The first ICD-10 code, with its point ("K254" is K25.4); where there is none, that of a diagnosis by SNOMED CT. */
export function icd10Of(concept: FhirConcept | undefined): string | undefined {
  for (const { system, code } of concept?.coding ?? []) {
    if (!ICD10_SYSTEM.test(system ?? '')) continue;
    const match = /^([A-Z]\d{2})\.?([0-9A-Z]{1,4})?$/.exec((code ?? '').trim().toUpperCase());
    if (match) return match[2] === undefined ? match[1] : `${match[1]}.${match[2]}`;
  }
  return codesIn(concept, SNOMED)
    .map((code) => ICD10_OF_SNOMED.get(code))
    .find((code) => code !== undefined);
}
