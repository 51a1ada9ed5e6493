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
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes } from '../../src/platform/health/health-notes.js';
import { ClinicalService } from '../../src/reference/clinical/clinical.service.js';
import { RulebookKeeper } from '../../src/reference/clinical/rulebook/rulebook-keeper.js';
import { RulebookRepository } from '../../src/reference/clinical/rulebook/rulebook.repository.js';
import { ScreeningRepository } from '../../src/reference/clinical/screening.repository.js';
import type { TestDatabase } from '../support/db.js';

/** A product of a small world: what is in it, e.g. `{ in: ['paracetamol 500 mg'], route: 'oral' }`. */
export interface SketchedDrug {
  /** '<ingredient>' or '<ingredient> <amount> <unit>' or '<ingredient> <amount> <unit>/<per amount> <per unit>'. */
  readonly in: readonly string[];
  readonly route?: string | null;
  readonly form?: string;
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
  readonly atcCodes?: Readonly<Record<string, string>>;
  readonly drugs?: Readonly<Record<string, SketchedDrug>>;
  readonly interactions?: readonly (readonly [
    a: string,
    b: string,
    severity: Severity,
    routes?: { readonly a?: readonly string[]; readonly b?: readonly string[] },
  ])[];
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
    isMixture: false,
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
      atcCode: world.atcCodes?.[name] ?? null,
      groupIds: groups.map((group) => idOf('group', group)),
    })),
    withInteractions: Object.keys(world.ingredients).map((name) => idOf('ingredient', name)),
    drugs: Object.entries(world.drugs ?? {}).map(([name, drug]) => ({
      drugId: idOf('drug', name),
      name,
      route: drug.route === undefined ? 'oral' : drug.route,
      dosageForm: drug.form ?? null,
      formFamily: null,
      baseUnit: drug.baseUnit ?? 'tablet',
      ingredientStatus: drug.status ?? (drug.in.length > 0 ? 'linked' : 'unlinked'),
      composition: drug.in.map((text) => lineOf(text, ids.ingredient)),
    })),
    interactions: (world.interactions ?? []).map(([a, b, severity, routes], index) => {
      const [first, second] = key(a) <= key(b) ? [a, b] : [b, a];
      const of = (name: string): readonly string[] | null => (name === a ? routes?.a : routes?.b) ?? null;
      return {
        ...version(`${a}+${b}`, index),
        subjectA: key(first),
        subjectB: key(second),
        routesA: of(first),
        routesB: of(second),
        severity,
        evidence: 'established',
        mechanism: 'mechanism',
        description: 'Harm.',
        management: 'Avoid.',
      };
    }),
    allergyRules: (world.allergyRules ?? []).map(([allergen, cross, severity], index) => ({
      ...version(`${allergen}>${cross}`, index),
      allergen: key(allergen),
      cross: key(cross),
      severity,
      evidence: 'established',
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
      childPughFrom: null,
      trimesters: null,
      weightMinKg: null,
      weightMaxKg: null,
      routes: null,
      forms: null,
      severity: 'major',
      evidence: 'established',
      message: 'Harm.',
      management: 'Avoid.',
      ...rule,
      subject: key(of),
    })),
    doseRules: (world.doses ?? []).map(({ of, ...rule }, index) => ({
      ...version(`dose:${of}:${index}`, index),
      route: null,
      form: null,
      indicationIcd10: null,
      ageMinMonths: null,
      ageMaxMonths: null,
      weightMinKg: null,
      weightMaxKg: null,
      egfrBelow: null,
      maxSingleDose: null,
      maxSinglePerKg: null,
      maxDailyDose: null,
      maxDailyPerKg: null,
      maxCourseDose: null,
      maxFrequencyPerDay: null,
      unit: 'mg',
      maxDurationDays: null,
      evidence: 'established',
      message: 'Too much.',
      management: null,
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
  version = 1,
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
       severity, version, mechanism, description, management, evidence, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Test mechanism', 'Harm.', 'Avoid.', 'established', 'test source') returning id`,
    [
      `${keyOf(first)}+${keyOf(second)}`,
      first.drugId ?? null,
      first.ingredientId ?? null,
      first.groupId ?? null,
      second.drugId ?? null,
      second.ingredientId ?? null,
      second.groupId ?? null,
      severity,
      version,
    ],
  );
  return rows[0]?.id ?? 0;
}

/** The keeper of rules of a process of its own on the test database: it has no book until it is asked for one. */
export const aRulebookKeeper = (db: TestDatabase): RulebookKeeper =>
  new RulebookKeeper(db.uow, new RulebookRepository(), new HealthNotes(), new HttpAdapterHost());

/** Screening on the test database, without a server around it. */
export const aClinicalService = (db: TestDatabase): ClinicalService =>
  new ClinicalService(new ScreeningRepository(), aRulebookKeeper(db), new RulebookRepository());
