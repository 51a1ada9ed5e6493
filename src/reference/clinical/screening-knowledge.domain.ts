import type { Severity } from './clinical.types.js';

/** How well a rule is shown. */
export type Evidence = 'established' | 'probable' | 'suspected';

/** A line of a product's composition. Amounts are decimal strings; without a denominator they are for one base unit. */
export interface CompositionLine {
  readonly ingredientId: number | null;
  /** A mixture, such as a plant extract: no rule can know what is in it. */
  readonly isMixture?: boolean;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** A product as far as screening must know it. */
export interface KnownDrug {
  readonly drugId: number;
  readonly name: string;
  readonly route: string | null;
  readonly dosageForm: string | null;
  /** Forms that may stand for one another, such as solid-oral. */
  readonly formFamily: string | null;
  readonly baseUnit: string;
  readonly ingredientStatus: 'linked' | 'partial' | 'unlinked';
  readonly composition: readonly CompositionLine[];
}

/** An ingredient and the groups it is a direct member of. */
export interface KnownIngredient {
  readonly ingredientId: number;
  readonly name: string;
  readonly atcCode: string | null;
  readonly groupIds: readonly number[];
}

/** A group and the wider group it lies in: a rule on the wider one covers this one. */
export interface KnownGroup {
  readonly groupId: number;
  readonly name: string;
  readonly parentGroupId: number | null;
}

/** What every rule row carries: which version judged, and what to tell. */
export interface RuleVersion {
  readonly id: number;
  readonly code: string;
  readonly version: number;
  readonly source: string;
}

/** Two subjects that should not meet; keys are 'drug:1', 'ingredient:1' or 'group:1'. */
export interface InteractionRule extends RuleVersion {
  readonly subjectA: string;
  readonly subjectB: string;
  /** Routes each side holds for; null: whatever acts on the whole body. See routeReach. */
  readonly routesA: readonly string[] | null;
  readonly routesB: readonly string[] | null;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly mechanism: string;
  readonly description: string;
  readonly management: string;
}

/** Whom an allergy also concerns. Keys are 'ingredient:1' or 'group:1'. */
export interface AllergyRule extends RuleVersion {
  readonly allergen: string;
  readonly cross: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly message: string;
  readonly management: string;
}

export type ContraindicationKind =
  'condition' | 'age' | 'pregnancy' | 'lactation' | 'sex' | 'renal' | 'hepatic';

/** Classes of hepatic function, worst last. */
export type ChildPugh = 'A' | 'B' | 'C';

/** Who should not have an ingredient or group. Sex, age, weight, route and form narrow every kind. */
export interface ContraindicationRule extends RuleVersion {
  readonly subject: string;
  readonly kind: ContraindicationKind;
  readonly icd10: string | null;
  readonly conditionName: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly ageMinMonths: number | null;
  /** Itself excluded. */
  readonly ageMaxMonths: number | null;
  /** mL/min/1.73 m². */
  readonly egfrBelow: string | null;
  /** Applies from this class on. */
  readonly childPughFrom: ChildPugh | null;
  /** Trimesters of pregnancy concerned; null: all. */
  readonly trimesters: readonly number[] | null;
  readonly weightMinKg: string | null;
  /** Itself excluded. */
  readonly weightMaxKg: string | null;
  /** Null: whatever acts on the whole body. See routeReach. */
  readonly routes: readonly string[] | null;
  /** Dosage forms or families; null: all. */
  readonly forms: readonly string[] | null;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly message: string;
  readonly management: string;
}

/** Dose limits of an ingredient, in `unit`. */
export interface DoseRule extends RuleVersion {
  readonly ingredientId: number;
  readonly route: string | null;
  /** Dosage form or family; null: any. */
  readonly form: string | null;
  /** For patients with this condition only; null: for all. */
  readonly indicationIcd10: string | null;
  readonly ageMinMonths: number | null;
  /** Itself excluded. */
  readonly ageMaxMonths: number | null;
  readonly weightMinKg: string | null;
  /** Itself excluded. */
  readonly weightMaxKg: string | null;
  /** Renal adjustment: for patients with an eGFR below this only; null: for all. */
  readonly egfrBelow: string | null;
  readonly maxSingleDose: string | null;
  readonly maxSinglePerKg: string | null;
  readonly maxDailyDose: string | null;
  readonly maxDailyPerKg: string | null;
  readonly maxCourseDose: string | null;
  readonly maxFrequencyPerDay: string | null;
  readonly unit: string;
  readonly maxDurationDays: number | null;
  readonly evidence: Evidence;
  readonly message: string;
  readonly management: string | null;
}

/** All that `reference` knows about the subjects of one screening, rules that cannot concern them left out. */
export interface ClinicalKnowledge {
  readonly drugs: readonly KnownDrug[];
  readonly ingredients: readonly KnownIngredient[];
  readonly groups: readonly KnownGroup[];
  readonly interactions: readonly InteractionRule[];
  /** Ingredients of the medicines that any current interaction rule speaks of, whatever the other side. */
  readonly withInteractions: readonly number[];
  readonly allergyRules: readonly AllergyRule[];
  readonly contraindications: readonly ContraindicationRule[];
  readonly doseRules: readonly DoseRule[];
}

/** The group hierarchy, answering which groups something lies in. A cycle in the data ends the walk, never loops. */
export class GroupHierarchy {
  private readonly groups: ReadonlyMap<number, KnownGroup>;

  constructor(groups: readonly KnownGroup[]) {
    this.groups = new Map(groups.map((group) => [group.groupId, group]));
  }

  /** The groups themselves and every group above them. */
  upwards(groupIds: Iterable<number>): ReadonlySet<number> {
    const found = new Set<number>();
    for (const start of groupIds) {
      let at: number | null = start;
      while (at !== null && !found.has(at)) {
        found.add(at);
        at = this.groups.get(at)?.parentGroupId ?? null;
      }
    }
    return found;
  }

  has(groupId: number): boolean {
    return this.groups.has(groupId);
  }

  nameOf(groupId: number): string {
    return this.groups.get(groupId)?.name ?? `group ${groupId}`;
  }
}
