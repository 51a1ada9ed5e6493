import type {
  KnownAllergen,
  KnownMedicine,
  KnownPart,
  Strength,
} from '../../../reference/coding/coding.types.js';
import type { CheckedPerson, Gap, NamedMedicine } from '../reading/reading.types.js';
import type { CheckedMedicine } from './cds-hooks.types.js';
import { icd10Of, labelOf } from '../reading/fhir-codes.domain.js';
import type { NamedAllergy } from '../reading/fhir-allergies.domain.js';
import { ofIngredient } from '../reading/fhir-dosage.domain.js';
import { isActive, saysPregnant } from '../reading/fhir-person.domain.js';
import type { FhirCondition } from '../reading/fhir.types.js';

/** Entries screening is handed at most of what is proposed, and of what is taken. */
const MOST_ENTRIES = 300;
const MOST_ALLERGIES = 200;
const MOST_CONDITIONS = 500;

/** A medicine of the request and what the catalogue takes it for. */
export interface UnderstoodMedicine {
  readonly named: NamedMedicine;
  readonly drugId: number | undefined;
  readonly parts: readonly KnownPart[];
}

type Known = KnownMedicine | undefined;

/**
 * What a medicine is: a product or the ingredients of its own name or code; and where neither means anything, the
 * ingredients its Medication resource lists. Says what of it means nothing here.
 */
export function understand(
  named: NamedMedicine,
  own: Known,
  listed: readonly Known[],
): { medicine: UnderstoodMedicine; gaps: Gap[] } {
  if (own?.kind === 'product') return { medicine: { named, drugId: own.drugId, parts: [] }, gaps: [] };
  const parts = new Map<number, KnownPart>();
  const missing: string[] = [];
  const add = (part: KnownPart, strength: Strength | null): void => {
    parts.set(part.ingredientId, { ...part, strength: parts.has(part.ingredientId) ? null : strength });
  };
  listed.forEach((known, index) => {
    const ingredient = named.ingredients[index];
    if (known?.kind !== 'ingredients') missing.push(ingredient?.label ?? named.label);
    else
      for (const part of known.parts)
        add(part, known.parts.length === 1 ? (ingredient?.strength ?? part.strength) : null);
  });
  const byName = own?.kind === 'ingredients' ? own : undefined;
  const isListWhole = listed.length > 0 && missing.length === 0;
  for (const part of byName?.parts ?? [])
    if (!parts.has(part.ingredientId)) parts.set(part.ingredientId, part);
  // A list that is understood in full says what the name could not.
  const unknown = isListWhole
    ? []
    : byName && byName.unknown.length === 0
      ? []
      : [...missing, ...(byName?.unknown ?? [])];
  const gaps: Gap[] = [];
  if (parts.size > 0 && unknown.length > 0)
    gaps.push({
      reason: `only some ingredients of this medicine are known, not: ${unknown.join(', ')}`,
      about: [named.label],
    });
  if (byName?.isContradictory)
    gaps.push({
      reason: 'the codes and names of this medicine mean different ingredients; all of them were checked',
      about: [named.label],
    });
  return { medicine: { named, drugId: undefined, parts: [...parts.values()] }, gaps };
}

function entriesOf({ named, drugId, parts }: UnderstoodMedicine): CheckedMedicine[] {
  if (drugId !== undefined) return named.intakes.map((intake) => ({ drugId, ...intake }));
  if (parts.length === 0) return [{ ingredient: named.label }];
  return parts.flatMap(({ ingredientId, strength }) =>
    named.intakes.map((intake) => ({
      ingredientId,
      ...ofIngredient(intake, strength, parts.length === 1),
    })),
  );
}

/** The entries of screening for these medicines; those beyond what it takes are named as not checked. */
export function medicineEntries(medicines: readonly UnderstoodMedicine[]): {
  entries: CheckedMedicine[];
  gaps: Gap[];
} {
  const entries: CheckedMedicine[] = [];
  const left: string[] = [];
  for (const medicine of medicines) {
    const own = entriesOf(medicine);
    if (entries.length + own.length > MOST_ENTRIES) left.push(medicine.named.label);
    else entries.push(...own);
  }
  return {
    entries,
    gaps:
      left.length === 0 ? [] : [{ reason: 'there are more medicines than are checked at once', about: left }],
  };
}

/** An allergy as screening takes it. */
export type CheckedAllergy =
  { readonly ingredientId: number } | { readonly ingredient: string } | { readonly text: string };

/** Allergies for screening; undefined stays so: nobody asked. */
export function allergyEntries(
  allergies: readonly NamedAllergy[] | undefined,
  known: readonly KnownAllergen[],
): { entries: CheckedAllergy[] | undefined; gaps: Gap[] } {
  const entries = allergies?.slice(0, MOST_ALLERGIES).map(({ label }, index): CheckedAllergy => {
    const allergen = known[index];
    if (allergen?.kind === 'ingredient') return { ingredientId: allergen.ingredientId };
    return allergen?.kind === 'name' ? { ingredient: allergen.name } : { text: label };
  });
  const left = (allergies ?? []).slice(MOST_ALLERGIES).map(({ label }) => label);
  return {
    entries,
    gaps:
      left.length === 0 ? [] : [{ reason: 'there are more allergies than are checked at once', about: left }],
  };
}

/** The conditions that stand, and the person they make: a condition may say that a patient is pregnant. */
export function conditionEntries(
  conditions: readonly FhirCondition[],
  person: CheckedPerson,
): { person: CheckedPerson; entries: { icd10: string | null; name: string }[]; gaps: Gap[] } {
  const active = conditions.filter(isActive);
  const entries = active.slice(0, MOST_CONDITIONS).map(({ code }) => {
    const icd10 = icd10Of(code);
    return { icd10: icd10 ?? null, name: labelOf(code) ?? icd10 ?? 'a condition without a name' };
  });
  const left = active.slice(MOST_CONDITIONS).map(({ code }) => labelOf(code) ?? 'a condition without a name');
  const isPregnant = active.some((condition) => saysPregnant(condition, icd10Of(condition.code)));
  return {
    person: isPregnant ? { ...person, pregnant: true } : person,
    entries,
    gaps:
      left.length === 0
        ? []
        : [{ reason: 'there are more conditions than are checked at once', about: left }],
  };
}
