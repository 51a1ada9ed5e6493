import type { SubjectIds } from '../rules/versioned-rule.types.js';

/** One side of an interaction: what it is about and the routes the rule holds for there. */
export type Side = SubjectIds & { readonly routes: readonly string[] | null | undefined };

/** The key the database orders a pair by (drug_interactions.subject_a). */
export const subjectKey = ({ drugId, ingredientId, groupId }: SubjectIds): string =>
  drugId !== null
    ? `drug:${drugId}`
    : groupId !== null
      ? `group:${groupId}`
      : `ingredient:${ingredientId ?? ''}`;

/** True when the pair is kept this way round. */
export const isInOrder = (a: SubjectIds, b: SubjectIds): boolean => subjectKey(a) <= subjectKey(b);

/** Both sides in the one order a pair is kept in, as columns of the rule. */
export function inOrder(a: Side, b: Side) {
  const [first, second] = isInOrder(a, b) ? [a, b] : [b, a];
  return {
    drugAId: first.drugId,
    ingredientAId: first.ingredientId,
    groupAId: first.groupId,
    drugBId: second.drugId,
    ingredientBId: second.ingredientId,
    groupBId: second.groupId,
    routesA: first.routes ? [...first.routes] : first.routes,
    routesB: second.routes ? [...second.routes] : second.routes,
  };
}
