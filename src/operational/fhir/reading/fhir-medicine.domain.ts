import { addDays, isCalendarDate } from '../../../platform/time/local-date.js';
import type { MedicineWords } from '../../../reference/coding/coding.types.js';
import type { NamedMedicine } from './reading.types.js';
import { labelOf, medicineCodes, namesOf, plainText } from './fhir-codes.domain.js';
import { readIntakes, strengthOf } from './fhir-dosage.domain.js';
import type { FhirConcept, FhirMedication, FhirMedicationUse, FhirReference } from './fhir.types.js';

/** How far a Medication's ingredients are followed into further Medication resources. */
const DEEPEST = 3;
/** Ingredients of one medicine that are looked at. */
const MOST_INGREDIENTS = 30;
/** How long a dispensed medicine counts as taken when its supply is not stated. */
const SUPPLY_DAYS = 90;

const words = (concept: FhirConcept | undefined): MedicineWords => ({
  codes: medicineCodes(concept),
  names: namesOf(concept),
});

/** The resource a reference means: contained ("#a"), or sent along ("Medication/a", a URL that ends so, "urn:uuid:a"). */
function referenced(
  reference: FhirReference | undefined,
  use: FhirMedicationUse,
  others: ReadonlyMap<string, FhirMedication>,
): FhirMedication | undefined {
  const target = reference?.reference;
  if (target === undefined) return undefined;
  if (target.startsWith('#')) return use.contained.find(({ id }) => id === target.slice(1));
  const bare = target.replace(/\/_history\/.*$/, '');
  return others.get(bare) ?? others.get(/Medication\/[^/]+$/.exec(bare)?.[0] ?? '');
}

type Ingredient = NamedMedicine['ingredients'][number];

/** The ingredients a Medication lists; those that are Medications again are followed, each once, not deeper than three. */
function ingredientsOf(
  medication: FhirMedication,
  use: FhirMedicationUse,
  others: ReadonlyMap<string, FhirMedication>,
): Ingredient[] {
  const found: Ingredient[] = [];
  const seen = new Set<FhirMedication>();
  const visit = (at: FhirMedication, depth: number): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const { itemCodeableConcept, itemReference, strength } of at.ingredient ?? []) {
      if (found.length >= MOST_INGREDIENTS) return;
      const target = referenced(itemReference, use, others);
      if (target && depth < DEEPEST && (target.ingredient ?? []).length > 0) {
        visit(target, depth + 1);
        continue;
      }
      const concept = itemCodeableConcept ??
        target?.code ?? { coding: undefined, text: itemReference?.display };
      found.push({
        label: labelOf(concept) ?? 'an ingredient without a name',
        words: { ...words(concept), isIngredient: true },
        strength: strengthOf(strength?.numerator, strength?.denominator),
      });
    }
  };
  visit(medication, 1);
  return found;
}

/** 'Medication/a' and the full address for each Medication sent along. */
export function medicationsByReference(
  medications: readonly { readonly fullUrl: string | undefined; readonly resource: FhirMedication }[],
): ReadonlyMap<string, FhirMedication> {
  const found = new Map<string, FhirMedication>();
  for (const { fullUrl, resource } of medications) {
    if (resource.id !== undefined) found.set(`Medication/${resource.id}`, resource);
    if (fullUrl !== undefined) found.set(fullUrl, resource);
  }
  return found;
}

/** A medicine by the names and codes of its order; undefined where it refers to a Medication that was not sent. */
export function nameMedicine(
  use: FhirMedicationUse,
  others: ReadonlyMap<string, FhirMedication>,
  weightKg: string | null | undefined,
): NamedMedicine | undefined {
  const { medicationCodeableConcept: concept, medicationReference: reference } = use;
  const medication = referenced(reference, use, others);
  const display = reference?.display === undefined ? [] : [plainText(reference.display, 1000)];
  const own = words(concept ?? medication?.code);
  const named = { codes: own.codes, names: [...new Set([...own.names, ...display])] };
  const ingredients = medication ? ingredientsOf(medication, use, others) : [];
  if (named.codes.length === 0 && named.names.length === 0 && ingredients.length === 0) return undefined;
  const label = labelOf(concept) ?? labelOf(medication?.code) ?? named.names[0] ?? ingredients[0]?.label;
  return {
    label: plainText(label ?? 'a medicine without a name'),
    words: named,
    ingredients,
    intakes: readIntakes(use, weightKg),
    reference: use.id === undefined ? null : `${use.resourceType}/${use.id}`,
  };
}

const OVER = new Set([
  ...['cancelled', 'completed', 'entered-in-error', 'stopped', 'not-taken', 'declined', 'draft', 'ended'],
]);

/** True for an order that asks for a medicine: not withdrawn, and not one to leave something off. */
export const asksForMedicine = ({ status, doNotPerform }: FhirMedicationUse): boolean =>
  doNotPerform !== true && !['cancelled', 'completed', 'entered-in-error', 'stopped'].includes(status ?? '');

/**
 * True for a record of a medicine that is taken now. One on hold counts: it may be given again any day. What was dispensed
 * is taken until its supply is used up.
 */
export function isTakenNow(use: FhirMedicationUse, today: string): boolean {
  const { status, intent, doNotPerform, resourceType } = use;
  if (doNotPerform === true || intent === 'proposal' || intent === 'option') return false;
  if (resourceType !== 'MedicationDispense') return !OVER.has(status ?? '');
  if (status !== 'completed') return !OVER.has(status ?? '');
  const day = (use.whenHandedOver ?? use.whenPrepared)?.slice(0, 10);
  if (day === undefined || !isCalendarDate(day)) return true;
  const supply = readIntakes({ ...use, dosageInstruction: undefined, dosage: undefined }, null)[0]?.days;
  return addDays(day, supply ?? SUPPLY_DAYS) >= today;
}
