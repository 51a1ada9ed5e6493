import type {
  ScreenedMedicine,
  ScreenedPatient,
  ScreeningFacts,
  Severity,
} from '../../src/reference/clinical/clinical.types.js';
import type {
  ClinicalKnowledge,
  CompositionLine,
  ContraindicationRule,
  DoseRule,
} from '../../src/reference/clinical/screening-knowledge.domain.js';
import type { TestDatabase } from '../support/db.js';

/** A product of a small world: what is in it, e.g. `{ in: ['paracetamol 500 mg'], route: 'oral' }`. */
export interface SketchedDrug {
  /** '<ingredient>' or '<ingredient> <amount> <unit>' or '<ingredient> <amount> <unit>/<per amount> <per unit>'. */
  readonly in: readonly string[];
  readonly route?: string | null;
  readonly baseUnit?: string;
  readonly status?: 'linked' | 'partial' | 'unlinked';
}

/**
 * A small world for judging rules without a database. Subjects are written '@group', '#Drug' or 'ingredient'; ids are
 * given in the order of mention, so the same sketch is the same world.
 */
export interface Sketch {
  /** Group → the wider group it lies in, or null. */
  readonly groups?: Readonly<Record<string, string | null>>;
  /** Ingredient → groups it is a member of. */
  readonly ingredients: Readonly<Record<string, readonly string[]>>;
  readonly drugs?: Readonly<Record<string, SketchedDrug>>;
  readonly interactions?: readonly (readonly [a: string, b: string, severity: Severity])[];
  readonly allergyRules?: readonly (readonly [allergen: string, cross: string, severity: Severity])[];
  readonly contraindications?: readonly ({ of: string; severity?: Severity } & Partial<ContraindicationRule> &
    Pick<ContraindicationRule, 'kind'>)[];
  readonly doses?: readonly ({ of: string } & Partial<DoseRule>)[];
}

/** The world of a sketch, and how to say its medicines. */
export interface SketchedWorld {
  readonly knowledge: ClinicalKnowledge;
  /** 'warfarin' or '#Brufen', optionally with a dose: `med('#Brufen', '2 tablet', '3')`. */
  med(name: string, dose?: string, frequencyPerDay?: string, days?: number): ScreenedMedicine;
  /** Allergy by '@group', 'ingredient' or any other words. */
  allergy(name: string): ScreenedPatient['allergies'][number];
}

function lineOf(text: string, ids: ReadonlyMap<string, number>): CompositionLine {
  const [, name = text, amount, unit, perAmount, perUnit] =
    /^(.*?)(?: ([\d.]+) ([^\s/]+)(?:\/([\d.]+) (\S+))?)?$/.exec(text) ?? [];
  return {
    ingredientId: ids.get(name) ?? null,
    amount: amount ?? null,
    unit: unit ?? null,
    perAmount: perAmount ?? null,
    perUnit: perUnit ?? null,
  };
}

export function sketch(world: Sketch): SketchedWorld {
  const numbered = (names: Readonly<Record<string, unknown>> | undefined): Map<string, number> =>
    new Map(Object.keys(names ?? {}).map((name, index) => [name, index + 1]));
  const ids = {
    group: numbered(world.groups),
    ingredient: numbered(world.ingredients),
    drug: numbered(world.drugs),
  };
  const idOf = (kind: keyof typeof ids, name: string): number => {
    const id = ids[kind].get(name);
    if (id === undefined) throw new Error(`the sketch has no ${kind} ${name}`);
    return id;
  };
  const key = (name: string): string =>
    name.startsWith('@')
      ? `group:${idOf('group', name.slice(1))}`
      : name.startsWith('#')
        ? `drug:${idOf('drug', name.slice(1))}`
        : `ingredient:${idOf('ingredient', name)}`;
  const version = (code: string, index: number) => ({
    id: index + 1,
    code,
    version: 1,
    source: 'test source',
  });
  const knowledge: ClinicalKnowledge = {
    groups: Object.entries(world.groups ?? {}).map(([name, parent]) => ({
      groupId: idOf('group', name),
      name,
      parentGroupId: parent === null ? null : idOf('group', parent),
    })),
    ingredients: Object.entries(world.ingredients).map(([name, groups]) => ({
      ingredientId: idOf('ingredient', name),
      name,
      groupIds: groups.map((group) => idOf('group', group)),
    })),
    drugs: Object.entries(world.drugs ?? {}).map(([name, drug]) => ({
      drugId: idOf('drug', name),
      name,
      route: drug.route === undefined ? 'oral' : drug.route,
      baseUnit: drug.baseUnit ?? 'tablet',
      ingredientStatus: drug.status ?? (drug.in.length > 0 ? 'linked' : 'unlinked'),
      composition: drug.in.map((text) => lineOf(text, ids.ingredient)),
    })),
    interactions: (world.interactions ?? []).map(([a, b, severity], index) => {
      const [subjectA = '', subjectB = ''] = [key(a), key(b)].sort();
      const words = { mechanism: 'mechanism', description: 'Harm.', management: 'Avoid.' };
      return { ...version(`${a}+${b}`, index), subjectA, subjectB, severity, ...words };
    }),
    allergyRules: (world.allergyRules ?? []).map(([allergen, cross, severity], index) => ({
      ...version(`${allergen}>${cross}`, index),
      allergen: key(allergen),
      cross: key(cross),
      severity,
      message: 'May cross-react.',
      management: 'Choose another.',
    })),
    contraindications: (world.contraindications ?? []).map(({ of, ...rule }, index) => ({
      ...version(`${rule.kind}:${of}:${rule.icd10 ?? rule.egfrBelow ?? ''}`, index),
      icd10: null,
      conditionName: null,
      sex: null,
      ageMinMonths: null,
      ageMaxMonths: null,
      egfrBelow: null,
      severity: 'major',
      message: 'Harm.',
      management: 'Avoid.',
      ...rule,
      subject: key(of),
    })),
    doseRules: (world.doses ?? []).map(({ of, ...rule }, index) => ({
      ...version(`dose:${of}:${index}`, index),
      route: null,
      ageMinMonths: null,
      ageMaxMonths: null,
      maxSingleDose: null,
      maxDailyDose: null,
      maxDailyPerKg: null,
      unit: 'mg',
      maxDurationDays: null,
      message: 'Too much.',
      ...rule,
      ingredientId: idOf('ingredient', of),
    })),
  };
  return {
    knowledge,
    med: (name, dose, frequencyPerDay, days) => {
      const [amount = '', unit = ''] = dose?.split(' ') ?? [];
      return {
        ...(name.startsWith('#')
          ? { drugId: idOf('drug', name.slice(1)) }
          : { ingredientId: idOf('ingredient', name) }),
        ...(dose ? { dose: { amount, unit, frequencyPerDay: frequencyPerDay ?? null } } : {}),
        ...(days === undefined ? {} : { days }),
      };
    },
    allergy: (name) =>
      name.startsWith('@')
        ? { groupId: idOf('group', name.slice(1)) }
        : ids.ingredient.has(name)
          ? { ingredientId: idOf('ingredient', name) }
          : { text: name },
  };
}

/** A man of forty without allergies, of whom everything that rules ask is known; say what is different. */
export function aScreenedPatient(values: Partial<ScreenedPatient> = {}): ScreenedPatient {
  return {
    birthDate: '1986-01-15',
    sex: 'male',
    weightKg: '80',
    egfr: '95',
    pregnant: false,
    lactating: false,
    allergyStatus: values.allergies?.length ? 'recorded' : 'none_known',
    allergies: [],
    conditions: [],
    ...values,
  };
}

/** Facts of a screening on 2026-11-30. */
export function someFacts(values: Partial<ScreeningFacts> = {}): ScreeningFacts {
  return { patient: aScreenedPatient(), proposed: [], current: [], today: '2026-11-30', ...values };
}

/** Puts an interaction rule between two ingredients or groups into the database and answers its id. */
export async function anInteractionRule(
  db: TestDatabase,
  a: { ingredientId?: number; groupId?: number; drugId?: number },
  b: { ingredientId?: number; groupId?: number; drugId?: number },
  severity: Severity = 'major',
): Promise<number> {
  const keyOf = (side: typeof a): string =>
    side.drugId
      ? `drug:${side.drugId}`
      : side.groupId
        ? `group:${side.groupId}`
        : `ingredient:${side.ingredientId}`;
  const [first, second] = keyOf(a) <= keyOf(b) ? [a, b] : [b, a];
  const { rows } = await db.owner.query<{ id: number }>(
    `insert into reference.drug_interactions (code, drug_a_id, ingredient_a_id, group_a_id, drug_b_id, ingredient_b_id, group_b_id,
       severity, mechanism, description, management, evidence, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'Test mechanism', 'Harm.', 'Avoid.', 'established', 'test source') returning id`,
    [
      `${keyOf(first)}+${keyOf(second)}`,
      first.drugId ?? null,
      first.ingredientId ?? null,
      first.groupId ?? null,
      second.drugId ?? null,
      second.ingredientId ?? null,
      second.groupId ?? null,
      severity,
    ],
  );
  return rows[0]?.id ?? 0;
}
