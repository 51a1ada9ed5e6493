import type { AlertSubject } from './clinical.types.js';
import type { InteractionRule } from './screening-knowledge.domain.js';
import type { Medicine } from './screening-medicine.domain.js';
import type { ScreeningReport } from './screening-report.domain.js';

/** Routes that act where they are put. An unknown route counts as systemic: a doubt is not a reason for silence. */
const LOCAL_ROUTES = new Set(
  'topical cutaneous ophthalmic otic nasal inhalation vaginal oromucosal dental'.split(' '),
);

const isSystemic = (medicine: Medicine): boolean => !medicine.route || !LOCAL_ROUTES.has(medicine.route);

/** Runs `visit` once for each two different medicines of which at least one is proposed. */
function forEachPair(
  medicines: readonly Medicine[],
  visit: (first: Medicine, second: Medicine) => void,
): void {
  medicines.forEach((first, index) => {
    for (const second of medicines.slice(index + 1))
      if (first.proposed || second.proposed) visit(first, second);
  });
}

/**
 * Interaction rules over pairs of medicines, either way round. An ingredient does not interact with itself (that is a
 * duplicate), so a rule between two groups needs two different ingredients; nor do the ingredients of one product with
 * each other: a fixed combination is made that way on purpose. Every rule that fits is reported, each with its own reason.
 */
export function checkInteractions(
  medicines: readonly Medicine[],
  rules: readonly InteractionRule[],
  report: ScreeningReport,
): void {
  const covered = new Map<string, Medicine[]>();
  for (const medicine of medicines)
    for (const subject of medicine.covers.keys())
      covered.set(subject, [...(covered.get(subject) ?? []), medicine]);
  for (const rule of rules)
    for (const a of covered.get(rule.subjectA) ?? [])
      for (const b of covered.get(rule.subjectB) ?? []) {
        if (a.key === b.key || !(a.proposed || b.proposed)) continue;
        const culprits = meetingIngredients(a, rule.subjectA, b, rule.subjectB);
        if (culprits) addInteraction(rule, a, b, culprits, report);
      }
}

/** Ingredients through which the rule holds between the two; undefined when only one and the same ingredient would. */
function meetingIngredients(
  a: Medicine,
  subjectA: string,
  b: Medicine,
  subjectB: string,
): ReadonlySet<number> | undefined {
  const throughA = [...(a.covers.get(subjectA) ?? [])];
  const throughB = [...(b.covers.get(subjectB) ?? [])];
  if (subjectA.startsWith('drug:') || subjectB.startsWith('drug:'))
    return new Set([
      ...(subjectA.startsWith('drug:') ? [] : throughA),
      ...(subjectB.startsWith('drug:') ? [] : throughB),
    ]);
  const culprits = new Set<number>();
  for (const x of throughA)
    for (const y of throughB) {
      if (x === y) continue;
      culprits.add(x).add(y);
    }
  return culprits.size > 0 ? culprits : undefined;
}

function addInteraction(
  rule: InteractionRule,
  a: Medicine,
  b: Medicine,
  culprits: ReadonlySet<number>,
  report: ScreeningReport,
): void {
  const [first, second] = a.key < b.key ? [a, b] : [b, a];
  report.add({
    kind: 'interaction',
    severity: rule.severity,
    subjects: [first.subject, second.subject, ...ingredientSubjects([first, second], culprits)],
    identity: [first.key, second.key],
    message: `${first.subject.name} with ${second.subject.name}: ${rule.description}${rule.mechanism ? ` Why: ${rule.mechanism}.` : ''}`,
    management: rule.management,
    source: rule.source,
    rule,
  });
}

/** The ingredients concerned, by id, leaving out those that are named already because the medicine is the ingredient. */
function ingredientSubjects(medicines: readonly Medicine[], ids: ReadonlySet<number>): AlertSubject[] {
  const named = new Set(medicines.map((medicine) => medicine.key));
  const subjects = new Map<number, AlertSubject>();
  for (const { contained } of medicines)
    for (const { ingredientId, subject } of contained)
      if (ids.has(ingredientId) && !named.has(`ingredient:${ingredientId}`))
        subjects.set(ingredientId, subject);
  return [...subjects.entries()].sort(([a], [b]) => a - b).map(([, subject]) => subject);
}

/**
 * The same ingredient in two different medicines. Major, and so a stop, where both act on the whole body (the doses add
 * up); moderate where one acts where it is put, such as a gel beside a tablet.
 */
export function checkDuplicates(medicines: readonly Medicine[], report: ScreeningReport): void {
  forEachPair(medicines, (first, second) => {
    const bothSystemic = isSystemic(first) && isSystemic(second);
    for (const { ingredientId, subject } of first.contained) {
      if (!second.covers.has(`ingredient:${ingredientId}`)) continue;
      report.add({
        kind: 'duplicate_ingredient',
        severity: bothSystemic ? 'major' : 'moderate',
        subjects: [
          first.subject,
          second.subject,
          ...ingredientSubjects([first, second], new Set([ingredientId])),
        ],
        identity: [first.key, second.key, `ingredient:${ingredientId}`],
        message: `${first.subject.name} and ${second.subject.name} both contain ${subject.name}.`,
        management: bothSystemic
          ? 'Supply only one of them unless the prescriber wants both; check the total daily dose.'
          : 'Ask whether both are meant; check the total exposure.',
        source: 'Meditory: composition of the two products',
        rule: null,
      });
    }
  });
}
