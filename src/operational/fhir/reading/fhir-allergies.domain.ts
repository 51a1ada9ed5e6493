import type { MedicineWords } from '../../../reference/coding/coding.types.js';
import { codesIn, labelOf, medicineCodes, namesOf, SNOMED, statusCode } from './fhir-codes.domain.js';
import type { FhirAllergy, FhirConcept } from './fhir.types.js';

/** "No known allergy" and "no known drug allergy": asked, and none. Those of latex, food or pollen say nothing of medicines. */
const NONE_KNOWN: ReadonlySet<string> = new Set(['716186003', '409137002']);
/** SNOMED CT "no known …" of things that are not medicines. */
const NONE_OF_ANOTHER_SORT: ReadonlySet<string> = new Set([
  '716184000',
  '428607008',
  '429625007',
  '428197003',
]);

/** An allergy as the client's record names it. */
export interface NamedAllergy {
  readonly label: string;
  readonly words: MedicineWords;
}

const isStanding = ({ clinicalStatus, verificationStatus }: FhirAllergy): boolean =>
  !['refuted', 'entered-in-error'].includes(statusCode(verificationStatus) ?? '') &&
  !['inactive', 'resolved'].includes(statusCode(clinicalStatus) ?? '');

/** "No known allergies" in words, for records without a code. */
const NONE_IN_WORDS = /^\s*(?:nka|nkda|no known (?:drug |medication |medicine )?allerg(?:y|ies))\s*$/i;

const saysNone = (concept: FhirConcept | undefined): boolean =>
  codesIn(concept, SNOMED).some((code) => NONE_KNOWN.has(code)) ||
  (medicineCodes(concept).length === 0 && namesOf(concept).some((name) => NONE_IN_WORDS.test(name)));

const saysNoneOfAnotherSort = (concept: FhirConcept | undefined): boolean =>
  codesIn(concept, SNOMED).some((code) => NONE_OF_ANOTHER_SORT.has(code));

/** What a record of an allergy says, whether it stands or not: of an allergen, or that none is known. */
export type AllergyReading =
  | { readonly kind: 'allergen'; readonly allergy: NamedAllergy }
  | { readonly kind: 'none-known' }
  /** "No known allergy" to food, latex or the like: says nothing of medicines. */
  | { readonly kind: 'none-of-another-sort' };

/** Reads one record; an allergen without a name is one still. */
export function readAllergy({ code, reaction }: FhirAllergy): AllergyReading {
  if (saysNone(code)) return { kind: 'none-known' };
  if (saysNoneOfAnotherSort(code)) return { kind: 'none-of-another-sort' };
  const concepts = [code, ...(reaction ?? []).map(({ substance }) => substance)];
  const label = concepts.map(labelOf).find((words) => words !== undefined);
  return {
    kind: 'allergen',
    allergy: {
      label: label ?? 'an allergy without a name',
      words: { codes: concepts.flatMap(medicineCodes), names: concepts.flatMap(namesOf) },
    },
  };
}

/**
 * The allergies that stand, refuted and withdrawn ones left out. Undefined: nothing says whether anybody asked, which is not
 * the same as an empty list (somebody asked, and none are known).
 */
export function readAllergies(records: readonly FhirAllergy[] | undefined): NamedAllergy[] | undefined {
  const standing = (records ?? []).filter(isStanding);
  const readings = standing.map(readAllergy);
  const named = readings.flatMap((reading) => (reading.kind === 'allergen' ? [reading.allergy] : []));
  if (named.length > 0) return named;
  return readings.some(({ kind }) => kind === 'none-known') ? [] : undefined;
}
