import type { Severity } from './clinical.types.js';

/** A line of a product's composition. Amounts are decimal strings; without a denominator they are for one base unit. */
export interface CompositionLine {
  readonly ingredientId: number | null;
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
  readonly baseUnit: string;
  readonly ingredientStatus: 'linked' | 'partial' | 'unlinked';
  readonly composition: readonly CompositionLine[];
}

/** An ingredient and the groups it is a direct member of. */
export interface KnownIngredient {
  readonly ingredientId: number;
  readonly name: string;
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
  readonly severity: Severity;
  readonly mechanism: string;
  readonly description: string;
  readonly management: string;
}

/** Whom an allergy also concerns. Keys are 'ingredient:1' or 'group:1'. */
export interface AllergyRule extends RuleVersion {
  readonly allergen: string;
  readonly cross: string;
  readonly severity: Severity;
  readonly message: string;
  readonly management: string;
}

export type ContraindicationKind =
  'condition' | 'age' | 'pregnancy' | 'lactation' | 'sex' | 'renal' | 'hepatic';

/** Who should not have an ingredient or group. Sex and age narrow every kind. */
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
  readonly severity: Severity;
  readonly message: string;
  readonly management: string;
}

/** Dose limits of an ingredient, in `unit`. */
export interface DoseRule extends RuleVersion {
  readonly ingredientId: number;
  readonly route: string | null;
  readonly ageMinMonths: number | null;
  /** Itself excluded. */
  readonly ageMaxMonths: number | null;
  readonly maxSingleDose: string | null;
  readonly maxDailyDose: string | null;
  readonly maxDailyPerKg: string | null;
  readonly unit: string;
  readonly maxDurationDays: number | null;
  readonly message: string;
}

/** All that `reference` knows about the subjects of one screening, rules that cannot concern them left out. */
export interface ClinicalKnowledge {
  readonly drugs: readonly KnownDrug[];
  readonly ingredients: readonly KnownIngredient[];
  readonly groups: readonly KnownGroup[];
  readonly interactions: readonly InteractionRule[];
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
