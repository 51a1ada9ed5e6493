import type { AlertSubject, Severity } from './clinical.types.js';
import type { InteractionRule } from './screening-knowledge.domain.js';
import { isLocalRoute, routeReach } from './route-reach.domain.js';
import type { Contained, Medicine } from './screening-medicine.domain.js';
import { LOCAL_HINT, REASONS, SEVERITIES, type ScreeningReport } from './screening-report.domain.js';

/** Routes by which a second product with the same ingredient may be meant: the dose in the body hardly adds up. */
const APART = new Set('nasal inhalation oromucosal'.split(' '));

const addsUp = ({ route }: Medicine): boolean => route === null || !(isLocalRoute(route) || APART.has(route));

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
 * each other: a fixed combination is made that way on purpose. Every rule that fits is reported, each with its own reason;
 * only of rules about the very same two subjects, which come from several rule sets, the gravest speaks.
 */
export function checkInteractions(
  medicines: readonly Medicine[],
  rules: readonly InteractionRule[],
  report: ScreeningReport,
): void {
  const covered = new Map<string, Medicine[]>();
  for (const medicine of medicines)
    for (const subject of medicine.covers.keys()) {
      const others = covered.get(subject);
      if (others) others.push(medicine);
      else covered.set(subject, [medicine]);
    }
  // Rule sets may each speak of the same two subjects: of two medicines the gravest of them speaks.
  const bySubjects = new Map<string, InteractionRule[]>();
  for (const rule of rules) {
    const key = `${rule.subjectA} ${rule.subjectB}`;
    const others = bySubjects.get(key);
    if (others) others.push(rule);
    else bySubjects.set(key, [rule]);
  }
  for (const alike of bySubjects.values())
    for (const a of covered.get(alike[0]?.subjectA ?? '') ?? [])
      for (const b of covered.get(alike[0]?.subjectB ?? '') ?? []) {
        if (a.key === b.key || !(a.proposed || b.proposed)) continue;
        let gravest: Meeting | undefined;
        for (const rule of alike) {
          const meeting = meetingOf(rule, a, b);
          if (meeting && (!gravest || speaksBefore(meeting, gravest))) gravest = meeting;
        }
        if (gravest) addInteraction(gravest, report);
      }
}

/** Two medicines and a rule that fits them. */
interface Meeting {
  readonly rule: InteractionRule;
  readonly a: Medicine;
  readonly b: Medicine;
  readonly culprits: ReadonlySet<number>;
  readonly severity: Severity;
  /** One of them acts where it is put and the rule does not speak of that. */
  readonly isHint: boolean;
}

function meetingOf(rule: InteractionRule, a: Medicine, b: Medicine): Meeting | undefined {
  const reachA = routeReach(rule.routesA, a.route);
  const reachB = routeReach(rule.routesB, b.route);
  if (reachA === 'none' || reachB === 'none') return undefined;
  const culprits = meetingIngredients(a, rule.subjectA, b, rule.subjectB);
  if (!culprits) return undefined;
  const isHint = reachA === 'hint' || reachB === 'hint';
  return { rule, a, b, culprits, severity: isHint ? 'minor' : rule.severity, isHint };
}

const speaksBefore = (one: Meeting, other: Meeting): boolean =>
  (SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    (one.rule.code < other.rule.code ? -1 : 1)) < 0;

const NONE: ReadonlySet<number> = new Set();

/** Ingredients through which the rule holds between the two; undefined when only one and the same ingredient would. */
function meetingIngredients(
  a: Medicine,
  subjectA: string,
  b: Medicine,
  subjectB: string,
): ReadonlySet<number> | undefined {
  const throughA = a.covers.get(subjectA) ?? NONE;
  const throughB = b.covers.get(subjectB) ?? NONE;
  const isProductA = subjectA.startsWith('drug:');
  const isProductB = subjectB.startsWith('drug:');
  if (isProductA || isProductB)
    return new Set([...(isProductA ? NONE : throughA), ...(isProductB ? NONE : throughB)]);
  const culprits = new Set<number>();
  for (const x of throughA)
    for (const y of throughB) {
      if (x === y) continue;
      culprits.add(x).add(y);
    }
  return culprits.size > 0 ? culprits : undefined;
}

function addInteraction(meeting: Meeting, report: ScreeningReport): void {
  const { rule, a, b, culprits, severity, isHint } = meeting;
  const [first, second] = a.key < b.key ? [a, b] : [b, a];
  report.add({
    kind: 'interaction',
    severity,
    subjects: [first.subject, second.subject, ...ingredientSubjects(first, second, culprits)],
    identity: [first.key, second.key],
    message: `${first.subject.name} with ${second.subject.name}: ${rule.description}${rule.mechanism ? ` Why: ${rule.mechanism}.` : ''}${isHint ? LOCAL_HINT : ''}`,
    management: rule.management,
    source: rule.source,
    rule,
  });
}

/** The ingredients concerned, by id, leaving out those that are named already because the medicine is the ingredient. */
function ingredientSubjects(first: Medicine, second: Medicine, ids: Iterable<number>): AlertSubject[] {
  const isNamed = ({ subject }: Medicine, id: number): boolean =>
    subject.kind === 'ingredient' && subject.id === id;
  const found: AlertSubject[] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    if (isNamed(first, id) || isNamed(second, id)) continue;
    const isIt = (contained: Contained): boolean => contained.ingredientId === id;
    const contained = first.contained.find(isIt) ?? second.contained.find(isIt);
    if (contained) found.push(contained.subject);
  }
  return found;
}

/**
 * The same ingredient in two different medicines. Major, and so a stop, where both act on the whole body (the doses add
 * up); moderate where one acts where it is put, such as a gel beside a tablet.
 */
export function checkDuplicates(medicines: readonly Medicine[], report: ScreeningReport): void {
  forEachPair(medicines, (first, second) => {
    const bothSystemic = addsUp(first) && addsUp(second);
    for (const { ingredientId, subject } of first.contained) {
      if (!second.covers.has(`ingredient:${ingredientId}`)) continue;
      report.add({
        kind: 'duplicate_ingredient',
        severity: bothSystemic ? 'major' : 'moderate',
        subjects: [first.subject, second.subject, ...ingredientSubjects(first, second, [ingredientId])],
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

/** The sort of medicine two ingredients are of: level 4 of the ATC tree. Codes that end in X hold what is left over. */
const therapyOf = (atcCode: string | null): string | undefined => {
  const level4 = atcCode !== null && atcCode.length >= 7 ? atcCode.slice(0, 5) : undefined;
  return level4?.endsWith('X') === true ? undefined : level4;
};

/**
 * Two medicines of one sort with different ingredients, both acting on the whole body. It is shown and does not stop: some
 * are meant, such as two insulins.
 */
export function checkDuplicateTherapy(medicines: readonly Medicine[], report: ScreeningReport): void {
  const sorts = new Map(
    medicines
      .flatMap(({ contained }) => contained)
      .map((contained) => [contained, therapyOf(contained.atcCode)]),
  );
  forEachPair(medicines.filter(addsUp), (first, second) => {
    for (const one of first.contained)
      for (const other of second.contained) {
        const therapy = sorts.get(one);
        if (therapy === undefined || therapy !== sorts.get(other)) continue;
        if (one.ingredientId === other.ingredientId) continue;
        report.add({
          kind: 'duplicate_therapy',
          severity: 'moderate',
          subjects: [
            first.subject,
            second.subject,
            ...ingredientSubjects(first, second, [one.ingredientId, other.ingredientId]),
          ],
          identity: [first.key, second.key, `atc:${therapy}`],
          message: `${first.subject.name} and ${second.subject.name} are medicines of the same sort (ATC ${therapy}).`,
          management: 'Ask whether both are meant.',
          source: 'WHO ATC classification, level 4',
          rule: null,
        });
      }
  });
}

/** Ingredients no interaction rule speaks of: that nothing was found means that nothing is known. */
export function reportWithoutInteractions(
  medicines: readonly Medicine[],
  withInteractions: readonly number[],
  report: ScreeningReport,
): void {
  if (medicines.length < 2) return;
  const spokenOf = new Set(withInteractions);
  for (const { contained } of medicines)
    for (const { ingredientId, subject } of contained)
      if (!spokenOf.has(ingredientId)) report.notChecked('interaction', REASONS.noRules, subject);
}
