import type { ScreeningFacts } from '../clinical.types.js';
import {
  GroupHierarchy,
  type AllergyRule,
  type ClinicalKnowledge,
  type ContraindicationRule,
  type DoseRule,
  type KnownDrug,
  type KnownGroup,
  type KnownIngredient,
} from '../screening-knowledge.domain.js';
import { PairIndex, type BookPair } from './pair-index.domain.js';

/** An ingredient as the book knows it; `baseId` is what stands for a salt or a merged one. */
export interface BookIngredient extends KnownIngredient {
  readonly baseId: number | null;
}

/** Everything of a book but the pairs: tables short enough to be read as a whole. */
export interface BookTables {
  readonly ingredients: readonly BookIngredient[];
  readonly groups: readonly KnownGroup[];
  readonly allergyRules: readonly AllergyRule[];
  readonly contraindications: readonly ContraindicationRule[];
  readonly doseRules: readonly DoseRule[];
}

/** What the book says about the subjects of one screening; the words of the interactions are looked up by id. */
export interface BookAnswer {
  readonly facts: ScreeningFacts;
  readonly knowledge: Omit<ClinicalKnowledge, 'interactions'>;
  readonly interactionIds: readonly number[];
}

/**
 * The current rules of a database in memory, by subject: a screening asks for the rules of the subjects that cover its
 * medicines.
 */
export class Rulebook {
  private readonly pairs = new PairIndex();
  /** What `isSpokenOf` found, until pairs, groups or ingredients change. */
  private readonly spokenOf = new Map<number, boolean>();
  private ingredients = new Map<number, BookIngredient>();
  private groups = new Map<number, KnownGroup>();
  private hierarchy = new GroupHierarchy([]);
  private allergyRules = new Map<string, AllergyRule[]>();
  private contraindications = new Map<string, ContraindicationRule[]>();
  private doseRules = new Map<number, DoseRule[]>();

  /** Current interaction rules in the book. */
  get size(): number {
    return this.pairs.size;
  }

  /** Adds a current rule; a pair may have one of each rule set. */
  addPair(pair: BookPair): void {
    this.spokenOf.clear();
    this.pairs.add(pair);
  }

  /** Takes out a version that ended; the pair may have its next version, or a rule of another set. */
  removePair(pair: BookPair): void {
    this.spokenOf.clear();
    this.pairs.remove(pair);
  }

  /** Puts tables read anew in the place of the old ones. */
  put(tables: Partial<BookTables>): void {
    this.spokenOf.clear();
    if (tables.ingredients)
      this.ingredients = new Map(tables.ingredients.map((known) => [known.ingredientId, known]));
    if (tables.groups) {
      this.groups = new Map(tables.groups.map((group) => [group.groupId, group]));
      this.hierarchy = new GroupHierarchy(tables.groups);
    }
    if (tables.allergyRules) this.allergyRules = bySubject(tables.allergyRules, ({ allergen }) => allergen);
    if (tables.contraindications)
      this.contraindications = bySubject(tables.contraindications, ({ subject }) => subject);
    if (tables.doseRules) this.doseRules = bySubject(tables.doseRules, ({ ingredientId }) => ingredientId);
  }

  /** What the rules say about these facts, salts and merged ingredients replaced by what stands for them. */
  answer(given: ScreeningFacts, drugs: readonly KnownDrug[]): BookAnswer {
    const facts = this.withStandIns(given);
    const medicines = [...facts.proposed, ...facts.current];
    const taken = new Set<number>();
    for (const { composition } of drugs)
      for (const { ingredientId } of composition) if (ingredientId !== null) taken.add(ingredientId);
    for (const { drugId, ingredientId } of medicines)
      if (drugId === undefined && ingredientId !== undefined) taken.add(ingredientId);
    const allergens = new Set<number>();
    const allergenGroups = new Set<number>();
    for (const { ingredientId, groupId } of facts.patient.allergies) {
      if (ingredientId) allergens.add(ingredientId);
      if (groupId) allergenGroups.add(groupId);
    }
    const covering = this.above(taken);
    const ofAllergies = this.above(allergens, allergenGroups);
    const subjects = new Set([
      ...subjectsOf(taken, covering),
      ...drugs.map(({ drugId }) => `drug:${drugId}`),
    ]);
    return {
      facts,
      knowledge: {
        drugs,
        ingredients: [...new Set([...taken, ...allergens])].flatMap((id) => this.known(id)),
        groups: [...new Set([...covering, ...ofAllergies])].flatMap((id) => this.groups.get(id) ?? []),
        allergyRules: pick(this.allergyRules, subjectsOf(allergens, ofAllergies)).filter(({ cross }) =>
          subjects.has(cross),
        ),
        withInteractions: [...taken].filter((id) => this.isSpokenOf(id)).sort((a, b) => a - b),
        contraindications: pick(this.contraindications, subjects),
        doseRules: pick(this.doseRules, taken),
      },
      interactionIds: this.pairs.among(subjects),
    };
  }

  /** True when any interaction rule is about the ingredient or a group above it. */
  private isSpokenOf(ingredientId: number): boolean {
    const known = this.spokenOf.get(ingredientId);
    if (known !== undefined) return known;
    const isIt = this.hasPairs(ingredientId);
    this.spokenOf.set(ingredientId, isIt);
    return isIt;
  }

  private hasPairs(ingredientId: number): boolean {
    for (const subject of subjectsOf([ingredientId], this.above([ingredientId])))
      if (this.pairs.has(subject)) return true;
    return false;
  }

  private known(id: number): KnownIngredient[] {
    const ingredient = this.ingredients.get(id);
    if (!ingredient) return [];
    const { ingredientId, name, atcCode, groupIds } = ingredient;
    return [{ ingredientId, name, atcCode, groupIds }];
  }

  private above(ingredientIds: Iterable<number>, groupIds: Iterable<number> = []): ReadonlySet<number> {
    const direct = new Set(groupIds);
    for (const id of ingredientIds)
      for (const group of this.ingredients.get(id)?.groupIds ?? []) direct.add(group);
    return this.hierarchy.upwards(direct);
  }

  private withStandIns(facts: ScreeningFacts): ScreeningFacts {
    const replace = <Subject extends { readonly ingredientId?: number | null }>(
      subject: Subject,
    ): Subject => {
      const baseId = this.ingredients.get(subject.ingredientId ?? 0)?.baseId;
      return baseId ? { ...subject, ingredientId: baseId } : subject;
    };
    return {
      ...facts,
      patient: { ...facts.patient, allergies: facts.patient.allergies.map(replace) },
      proposed: facts.proposed.map(replace),
      current: facts.current.map(replace),
    };
  }
}

function* subjectsOf(ingredientIds: Iterable<number>, groupIds: Iterable<number>): Generator<string> {
  for (const id of ingredientIds) yield `ingredient:${id}`;
  for (const id of groupIds) yield `group:${id}`;
}

function bySubject<Rule, Key>(rules: readonly Rule[], keyOf: (rule: Rule) => Key): Map<Key, Rule[]> {
  const map = new Map<Key, Rule[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    const known = map.get(key);
    if (known) known.push(rule);
    else map.set(key, [rule]);
  }
  return map;
}

/** Rules of these subjects in the order of their rows. */
function pick<Key, Rule extends { readonly id: number }>(
  rules: ReadonlyMap<Key, readonly Rule[]>,
  keys: Iterable<Key>,
): Rule[] {
  const found: Rule[] = [];
  for (const key of keys) found.push(...(rules.get(key) ?? []));
  return found.sort((a, b) => a.id - b.id);
}
