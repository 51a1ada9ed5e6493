import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

import { foldText } from '../../src/platform/text/fold.js';
import type {
  ScreenedMedicine,
  ScreenedPatient,
  ScreeningFacts,
} from '../../src/reference/clinical/clinical.types.js';
import type {
  ClinicalKnowledge,
  KnownDrug,
} from '../../src/reference/clinical/screening-knowledge.domain.js';
import {
  readStarterRules,
  starterRulesFolder,
  type StarterRules,
} from '../../src/reference/clinical/starter-rules.files.js';
import { aScreenedPatient, someFacts } from '../builders/clinical.js';

/** A row of a file of cases. */
export type CaseRow = Readonly<Record<string, string>>;

/** Reads a file of cases that lies beside this one. */
export function readCases(file: string): CaseRow[] {
  return parse<CaseRow>(readFileSync(new URL(file, import.meta.url), 'utf8'), { columns: true });
}

/** The text of a column; throws where the file has no such column. */
export function field(row: CaseRow, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
}

/** A product written out in a case: `Name{ingredient 500 mg + ingredient 30 mg; route; base unit}`. */
const PRODUCT = /^(.+?)\{([^;}]+)(?:; *([^;}]+))?(?:; *([^}]+))?\}$/;
/** A dose behind a medicine: ` 500 mg x3`, how much at once and how often in 24 hours. */
const DOSE = /^(.+?) ([\d.]+) (mg|mcg|g|iu|ml) x([\d.]+)$/;
const AMOUNT = /^(.+?) ([\d.]+) (mg|mcg|g|iu)$/;

const BIRTHDAY: Readonly<Record<'y' | 'm', (count: number) => string>> = {
  y: (count) => `${2026 - count}-11-30`,
  m: (count) =>
    `${count > 10 ? 2025 : 2026}-${String(count > 10 ? 23 - count : 11 - count).padStart(2, '0')}-15`,
};

/**
 * The shipped rules as the screening knows them, without a database, and how to say cases in it. Ids are given in the
 * order of the files, so the same files are the same world.
 */
export class StarterWorld {
  private readonly ingredientIds = new Map<string, number>();
  private readonly groupIds: ReadonlyMap<string, number>;
  private readonly groupsOf = new Map<number, readonly number[]>();
  private readonly drugs = new Map<string, KnownDrug>();
  private readonly known: Omit<ClinicalKnowledge, 'drugs' | 'withInteractions'>;
  private readonly parents: ReadonlyMap<number, number | null>;

  private constructor(rules: StarterRules) {
    this.groupIds = new Map(rules.groups.map(({ code }, index) => [code, index + 1]));
    for (const [index, { synonyms }] of rules.ingredients.entries())
      for (const { synonym } of synonyms) this.ingredientIds.set(foldText(synonym), index + 1);
    for (const [index, { name, groups }] of rules.ingredients.entries()) {
      this.ingredientIds.set(foldText(name), index + 1);
      this.groupsOf.set(
        index + 1,
        groups.map((code) => this.group(code)),
      );
    }
    this.known = this.knowledgeOf(rules);
    this.parents = new Map(this.known.groups.map(({ groupId, parentGroupId }) => [groupId, parentGroupId]));
  }

  /** Reads the shipped files. */
  static async load(): Promise<StarterWorld> {
    return new StarterWorld(await readStarterRules(starterRulesFolder()));
  }

  private knowledgeOf(rules: StarterRules): Omit<ClinicalKnowledge, 'drugs' | 'withInteractions'> {
    const key = (kind: 'ingredient' | 'group', name: string): string =>
      kind === 'group' ? `group:${this.group(name)}` : `ingredient:${this.ingredient(name)}`;
    const version = <Row extends { code: string; source: string }>({ code, source }: Row, index: number) => ({
      id: index + 1,
      code,
      version: 1,
      source,
    });
    const routes = new Map(rules.routes.map((row) => [row.code, row]));
    const routesOn = (code: string, subject: string): readonly string[] | null => {
      const named = routes.get(code);
      return named?.subject === subject ? named.routes : null;
    };
    return {
      groups: rules.groups.map(({ code, name, parent_code }) => ({
        groupId: this.group(code),
        name,
        parentGroupId: parent_code === null ? null : this.group(parent_code),
      })),
      ingredients: rules.ingredients.map(({ name, atc_code }, index) => ({
        ingredientId: index + 1,
        name,
        atcCode: atc_code,
        groupIds: this.groupsOf.get(index + 1) ?? [],
      })),
      interactions: rules.interactions.map((row, index) => ({
        ...version(row, index),
        subjectA: key(row.a_kind, row.a),
        subjectB: key(row.b_kind, row.b),
        routesA: routesOn(row.code, row.a),
        routesB: routesOn(row.code, row.b),
        severity: row.severity,
        evidence: row.evidence,
        mechanism: row.mechanism,
        description: row.effect,
        management: row.management,
      })),
      allergyRules: rules.allergyRules.map((row, index) => ({
        ...version(row, index),
        allergen: key(row.allergen_kind, row.allergen),
        cross: key(row.cross_kind, row.cross),
        severity: row.severity,
        evidence: row.evidence,
        message: row.message,
        management: row.management,
      })),
      contraindications: rules.contraindications.map((row, index) => ({
        ...version(row, index),
        subject: key(row.subject_kind, row.subject),
        kind: row.condition_kind,
        icd10: row.icd10,
        conditionName: row.condition_name,
        sex: row.sex,
        ageMinMonths: row.age_min_months,
        ageMaxMonths: row.age_max_months,
        egfrBelow: row.egfr_below,
        childPughFrom: row.child_pugh_from,
        trimesters: row.trimesters?.map(Number) ?? null,
        weightMinKg: row.weight_min_kg,
        weightMaxKg: row.weight_max_kg,
        routes: row.routes ?? routesOn(row.code, row.subject),
        forms: row.forms,
        severity: row.severity,
        evidence: row.evidence,
        message: row.message,
        management: row.management,
      })),
      doseRules: rules.dosageGuidelines.map((row, index) => ({
        ...version(row, index),
        ingredientId: this.ingredient(row.ingredient),
        route: row.route,
        form: row.form,
        indicationIcd10: row.indication_icd10,
        ageMinMonths: row.age_min_months,
        ageMaxMonths: row.age_max_months,
        weightMinKg: row.weight_min_kg,
        weightMaxKg: row.weight_max_kg,
        egfrBelow: row.egfr_below,
        maxSingleDose: row.max_single_dose,
        maxSinglePerKg: row.max_single_per_kg,
        maxDailyDose: row.max_daily_dose,
        maxDailyPerKg: row.max_daily_per_kg,
        maxCourseDose: row.max_course_dose,
        maxFrequencyPerDay: row.max_frequency_per_day,
        unit: row.unit,
        maxDurationDays: row.max_duration_days,
        evidence: row.evidence,
        message: row.message,
        management: row.management,
      })),
    };
  }

  /** What the rules know about the facts; as in the database, rules that cannot concern them are left out. */
  knowledge(facts: ScreeningFacts): ClinicalKnowledge {
    const drugs = [...this.drugs.values()].filter(({ drugId }) =>
      [...facts.proposed, ...facts.current].some((medicine) => medicine.drugId === drugId),
    );
    const named = [
      ...facts.proposed,
      ...facts.current,
      ...facts.patient.allergies,
      ...drugs.flatMap(({ composition }) => composition),
    ];
    const ids = new Set(named.flatMap(({ ingredientId }) => ingredientId ?? []));
    const groups = facts.patient.allergies.flatMap(({ groupId }) => groupId ?? []);
    const keys = new Set([...ids].flatMap((id) => [...this.keysOf(id)]));
    for (const id of groups) for (const key of this.upwards([id])) keys.add(key);
    const { interactions, allergyRules, contraindications, doseRules } = this.known;
    const spokenOf = new Set(interactions.flatMap(({ subjectA, subjectB }) => [subjectA, subjectB]));
    return {
      drugs,
      withInteractions: [...ids].filter((id) =>
        [...this.keysOf(id)].some((subject) => spokenOf.has(subject)),
      ),
      groups: this.known.groups,
      ingredients: this.known.ingredients.filter(({ ingredientId }) => ids.has(ingredientId)),
      interactions: interactions.filter(({ subjectA, subjectB }) => keys.has(subjectA) && keys.has(subjectB)),
      allergyRules: allergyRules.filter(({ allergen, cross }) => keys.has(allergen) && keys.has(cross)),
      contraindications: contraindications.filter(({ subject }) => keys.has(subject)),
      doseRules: doseRules.filter(({ ingredientId }) => ids.has(ingredientId)),
    };
  }

  /** All the rules, for counting. */
  get rules(): Omit<ClinicalKnowledge, 'drugs' | 'withInteractions'> {
    return this.known;
  }

  /** The ingredient of a name or synonym; throws where the catalogue has none. */
  ingredient(name: string): number {
    const id = this.ingredientIds.get(foldText(name));
    if (id === undefined) throw new Error(`the catalogue has no ingredient "${name}"`);
    return id;
  }

  /** Whether the catalogue knows the name. */
  knows(name: string): boolean {
    return this.ingredientIds.has(foldText(name));
  }

  /** The catalogue's own name of an ingredient, whatever it is called. */
  nameOf(name: string): string {
    return this.nameById(this.ingredient(name));
  }

  /** The name of an ingredient by its id in this world. */
  nameById(id: number): string {
    const known = this.known.ingredients[id - 1];
    if (!known) throw new Error(`this world has no ingredient ${id}`);
    return known.name;
  }

  /** Keys under which rules concern an ingredient: its own and those of its groups with the groups above them. */
  subjectsOf(name: string): ReadonlySet<string> {
    return this.keysOf(this.ingredient(name));
  }

  private keysOf(id: number): ReadonlySet<string> {
    return new Set([`ingredient:${id}`, ...this.upwards(this.groupsOf.get(id) ?? [])]);
  }

  private upwards(groupIds: readonly number[]): string[] {
    const keys: string[] = [];
    for (const groupId of groupIds)
      for (let at: number | null = groupId; at !== null; at = this.parents.get(at) ?? null)
        keys.push(`group:${at}`);
    return keys;
  }

  /** A medicine as a case writes it: an ingredient, or a product with its composition, and a dose where one is given. */
  medicine(text: string): ScreenedMedicine {
    const [, bare = text, amount, unit, frequencyPerDay] = DOSE.exec(text) ?? [];
    const dose =
      amount === undefined || unit === undefined
        ? {}
        : { dose: { amount, unit, frequencyPerDay: frequencyPerDay ?? null } };
    const [, name, composition = '', route, baseUnit] = PRODUCT.exec(bare) ?? [];
    return name === undefined
      ? { ingredientId: this.ingredient(bare), ...dose }
      : { drugId: this.product(name, composition, route, baseUnit), ...dose };
  }

  private product(name: string, composition: string, route = 'oral', baseUnit = 'tablet'): number {
    const known = this.drugs.get(name);
    if (known) return known.drugId;
    const drugId = this.drugs.size + 1;
    const lines = composition.split(' + ').map((part) => {
      const [, ingredient = part, amount = null, unit = null] = AMOUNT.exec(part.trim()) ?? [];
      return { ingredientId: this.ingredient(ingredient), amount, unit, perAmount: null, perUnit: null };
    });
    this.drugs.set(name, {
      drugId,
      name,
      route,
      dosageForm: null,
      formFamily: null,
      baseUnit,
      ingredientStatus: 'linked',
      composition: lines,
    });
    return drugId;
  }

  /** Facts of a case: the man of forty of `aScreenedPatient`, changed as its patient column says. */
  facts(row: CaseRow): ScreeningFacts {
    const medicines = (column: string): ScreenedMedicine[] =>
      listOf(field(row, column)).map((text) => this.medicine(text));
    return someFacts({
      patient: this.patient(field(row, 'patient')),
      proposed: medicines('proposed'),
      current: medicines('current'),
    });
  }

  private patient(text: string): ScreenedPatient {
    const said = new Map(
      text
        .split(';')
        .filter(Boolean)
        .map((part) => {
          const [name = '', value = ''] = part.trim().split('=');
          return [name, value];
        }),
    );
    const isWoman = said.get('sex') === 'f' || said.has('pregnant') || said.has('lactating');
    const [, count = '40', unit = 'y'] = /^(\d+)([ym])$/.exec(said.get('age') ?? '') ?? [];
    const allergy = said.get('allergy');
    const allergies =
      allergy === undefined
        ? []
        : [
            allergy.startsWith('@')
              ? { groupId: this.group(allergy.slice(1)) }
              : { ingredientId: this.ingredient(allergy) },
          ];
    const condition = said.get('cond');
    return aScreenedPatient({
      birthDate: BIRTHDAY[unit === 'm' ? 'm' : 'y'](Number(count)),
      sex: isWoman ? 'female' : 'male',
      pregnant: said.has('pregnant'),
      lactating: said.has('lactating'),
      allergies,
      conditions: condition === undefined ? [] : [{ icd10: condition, name: condition }],
      ...(said.has('egfr') ? { egfr: said.get('egfr') ?? null } : {}),
      ...(said.has('weight') ? { weightKg: said.get('weight') ?? null } : {}),
    });
  }

  private group(code: string): number {
    const id = this.groupIds.get(code);
    if (id === undefined) throw new Error(`there is no group "${code}"`);
    return id;
  }
}

/** Splits at commas outside a composition; an ingredient whose own name holds a comma stands alone. */
function listOf(text: string): string[] {
  return text
    .split(/,(?![^{]*\})/)
    .map((part) => part.trim())
    .filter(Boolean);
}
