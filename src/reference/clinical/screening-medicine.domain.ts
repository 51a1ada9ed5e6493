import type { AlertSubject, ScreenedMedicine, ScreeningFacts } from './clinical.types.js';
import type {
  ClinicalKnowledge,
  CompositionLine,
  GroupHierarchy,
  KnownDrug,
  KnownIngredient,
} from './screening-knowledge.domain.js';
import { REASONS, type ScreeningReport } from './screening-report.domain.js';

/** An ingredient inside a medicine. */
export interface Contained {
  readonly ingredientId: number;
  readonly subject: AlertSubject;
  readonly atcCode: string | null;
  /** The lines it comes from; none where the medicine is the bare ingredient. */
  readonly lines: readonly CompositionLine[];
}

/** One statement of how a medicine is taken. */
export interface Intake {
  readonly proposed: boolean;
  readonly dose: ScreenedMedicine['dose'];
  readonly days: number | undefined;
}

/**
 * A medicine ready to be judged. The same product named twice, or named as proposed and as current (a refill), is one
 * medicine: it neither interacts with itself nor duplicates itself.
 */
export interface Medicine {
  /** 'drug:1' or 'ingredient:1'. */
  readonly key: string;
  readonly subject: AlertSubject;
  readonly proposed: boolean;
  readonly route: string | null;
  readonly dosageForm: string | null;
  readonly formFamily: string | null;
  readonly baseUnit: string | null;
  readonly contained: readonly Contained[];
  /** Rule subject keys that cover this medicine, each with the ingredients through which it does. */
  readonly covers: ReadonlyMap<string, ReadonlySet<number>>;
  readonly intakes: readonly Intake[];
}

/** A medicine names a product or ingredient that `reference` does not have: a mistake of the caller, never "no alerts". */
export class UnknownSubject extends Error {}

/** Joins facts and composition; reports medicines that cannot be judged, or only in part. */
export function prepareMedicines(
  facts: ScreeningFacts,
  knowledge: ClinicalKnowledge,
  hierarchy: GroupHierarchy,
  report: ScreeningReport,
): Medicine[] {
  const drugs = new Map(knowledge.drugs.map((drug) => [drug.drugId, drug]));
  const ingredients = new Map(knowledge.ingredients.map((known) => [known.ingredientId, known]));
  const entries = new Map<string, { medicine: ScreenedMedicine; proposed: boolean; intakes: Intake[] }>();
  const take = (medicine: ScreenedMedicine, proposed: boolean): void => {
    const key = keyOf(medicine);
    if (key === undefined) {
      const name = medicine.text ?? '';
      report.notChecked('all', REASONS.text, { kind: 'drug', id: null, name });
      return;
    }
    const entry = entries.get(key) ?? { medicine, proposed, intakes: [] };
    entry.proposed ||= proposed;
    entry.intakes.push({ proposed, dose: medicine.dose, days: medicine.days });
    entries.set(key, entry);
  };
  for (const medicine of facts.proposed) take(medicine, true);
  for (const medicine of facts.current) take(medicine, false);

  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { medicine, proposed, intakes }]) => {
      const drug = medicine.drugId === undefined ? undefined : required(drugs, medicine.drugId, 'product');
      const contained = drug
        ? contentsOf(drug, ingredients)
        : [bareIngredient(required(ingredients, medicine.ingredientId ?? 0, 'ingredient'))];
      const subject: AlertSubject = drug
        ? { kind: 'drug', id: drug.drugId, name: drug.name }
        : (contained[0]?.subject ?? { kind: 'ingredient', id: null, name: '' });
      if (drug) reportCoverage(drug, contained.length, subject, report);
      return {
        key,
        subject,
        proposed,
        route: drug?.route?.toLowerCase() ?? null,
        dosageForm: drug?.dosageForm ?? null,
        formFamily: drug?.formFamily ?? null,
        baseUnit: drug?.baseUnit ?? null,
        contained,
        covers: coverageOf(key, contained, ingredients, hierarchy),
        intakes,
      };
    });
}

const keyOf = (medicine: ScreenedMedicine): string | undefined =>
  medicine.drugId !== undefined
    ? `drug:${medicine.drugId}`
    : medicine.ingredientId !== undefined
      ? `ingredient:${medicine.ingredientId}`
      : undefined;

function required<Known>(known: ReadonlyMap<number, Known>, id: number, what: string): Known {
  const found = known.get(id);
  if (!found) throw new UnknownSubject(`There is no ${what} ${id}.`);
  return found;
}

const subjectOf = (known: KnownIngredient): AlertSubject => ({
  kind: 'ingredient',
  id: known.ingredientId,
  name: known.name,
});

const bareIngredient = (known: KnownIngredient): Contained => ({
  ingredientId: known.ingredientId,
  subject: subjectOf(known),
  atcCode: known.atcCode,
  lines: [],
});

function contentsOf(drug: KnownDrug, ingredients: ReadonlyMap<number, KnownIngredient>): Contained[] {
  const contained = new Map<number, Contained>();
  for (const line of drug.composition) {
    if (line.ingredientId === null) continue;
    const known = required(ingredients, line.ingredientId, 'ingredient');
    contained.set(known.ingredientId, {
      ingredientId: known.ingredientId,
      subject: subjectOf(known),
      atcCode: known.atcCode,
      lines: [...(contained.get(known.ingredientId)?.lines ?? []), line],
    });
  }
  return [...contained.values()];
}

function reportCoverage(
  drug: KnownDrug,
  linked: number,
  subject: AlertSubject,
  report: ScreeningReport,
): void {
  const isMixed = drug.composition.some(({ isMixture }) => isMixture === true);
  if (isMixed) report.notChecked('all', REASONS.mixture, subject);
  if (drug.ingredientStatus === 'unlinked' || (linked === 0 && !isMixed))
    report.notChecked('all', REASONS.unlinked, subject);
  else if (
    drug.ingredientStatus === 'partial' ||
    drug.composition.some(({ ingredientId, isMixture }) => ingredientId === null && isMixture !== true)
  )
    report.notChecked('all', REASONS.partial, subject);
}

function coverageOf(
  key: string,
  contained: readonly Contained[],
  ingredients: ReadonlyMap<number, KnownIngredient>,
  hierarchy: GroupHierarchy,
): ReadonlyMap<string, ReadonlySet<number>> {
  const covers = new Map<string, Set<number>>();
  const cover = (subject: string, ingredientId: number): void => {
    const through = covers.get(subject) ?? new Set<number>();
    covers.set(subject, through.add(ingredientId));
  };
  covers.set(key, new Set());
  for (const { ingredientId } of contained) {
    cover(key, ingredientId);
    cover(`ingredient:${ingredientId}`, ingredientId);
    for (const groupId of hierarchy.upwards(ingredients.get(ingredientId)?.groupIds ?? []))
      cover(`group:${groupId}`, ingredientId);
  }
  return covers;
}
