import type { ClinicalAlert } from '../../../reference/clinical/clinical.types.js';
import type { UnderstoodMedicine } from './check-input.domain.js';

/**
 * Screening takes an ingredient named twice for one medicine (a refill), and two ingredients of a request for two medicines.
 * Where an order is known by its ingredients alone, that is not so: two different medicines may hold the same one, and two
 * ingredients may be one fixed combination. What follows puts both right.
 */

/** The key by which two entries are the same medicine going on: the same code, or the same name. */
function isSameMedicine({ named: a }: UnderstoodMedicine, { named: b }: UnderstoodMedicine): boolean {
  const codes = new Set(a.words.codes.map(({ system, code }) => `${system}|${code}`));
  if (b.words.codes.some(({ system, code }) => codes.has(`${system}|${code}`))) return true;
  return a.label.toLowerCase() === b.label.toLowerCase();
}

/** Other medicines named in one finding. */
const MOST_NAMES = 5;

/**
 * Ingredients an order shares with other medicines, when both are known by ingredient alone: one finding for an order and
 * ingredient, however many others hold it.
 */
export function repeatedIngredients(
  orders: readonly UnderstoodMedicine[],
  current: readonly UnderstoodMedicine[],
): ClinicalAlert[] {
  const all = [...orders, ...current];
  return orders.flatMap((order, index) => {
    const others = all.slice(index + 1).filter((other) => !isSameMedicine(order, other));
    return order.parts.flatMap(({ ingredientId, name }) => {
      const holding = others.filter(({ parts }) => parts.some((part) => part.ingredientId === ingredientId));
      const labels = [...new Set(holding.map(({ named }) => named.label))];
      return labels.length === 0 ? [] : [repeated(order.named.label, labels, ingredientId, name)];
    });
  });
}

function repeated(
  order: string,
  others: readonly string[],
  ingredientId: number,
  name: string,
): ClinicalAlert {
  const rest = others.length - MOST_NAMES;
  const named = others.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return {
    fingerprint: `duplicate_ingredient|-|ingredient:${ingredientId}`,
    kind: 'duplicate_ingredient',
    severity: 'major',
    subjects: [{ kind: 'ingredient', id: ingredientId, name }],
    message: `${order} and ${named} contain ${name}.`,
    management: 'Supply only one of them unless the prescriber wants both; check the total daily dose.',
    source: 'Meditory: ingredients of the two medicines',
    ruleId: null,
    ruleCode: null,
    ruleVersion: null,
    stops: true,
  };
}

/** True for an interaction between two ingredients of one and the same medicine, neither of which is in another one. */
export function isWithinOne(alert: ClinicalAlert, medicines: readonly UnderstoodMedicine[]): boolean {
  const [first, second] = alert.subjects;
  if (alert.kind !== 'interaction' || first?.kind !== 'ingredient' || second?.kind !== 'ingredient')
    return false;
  const holding = medicines.filter(({ parts }) =>
    parts.some(({ ingredientId }) => ingredientId === first.id || ingredientId === second.id),
  );
  const ids = new Set(holding[0]?.parts.map(({ ingredientId }) => ingredientId));
  return holding.length === 1 && ids.has(first.id ?? 0) && ids.has(second.id ?? 0);
}
