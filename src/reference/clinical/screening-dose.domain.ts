import type { AlertSubject, ScreeningFacts, Severity } from './clinical.types.js';
import {
  exact,
  ingredientDose,
  isMore,
  isWithin,
  larger,
  plus,
  show,
  times,
  ZERO,
  type Exact,
} from './dose-amount.domain.js';
import type { Remarks, Stale } from './person-today.domain.js';
import { formFits, isLocalRoute, isRoute } from './route-reach.domain.js';
import { ageOf, hasCondition } from './screening-contraindications.domain.js';
import type { DoseRule } from './screening-knowledge.domain.js';
import type { Contained, Intake, Medicine } from './screening-medicine.domain.js';
import { REASONS, type Reason, type ScreeningReport } from './screening-report.domain.js';

/** A medicine and how it holds the ingredient of the rule at hand. */
interface Holder {
  readonly medicine: Medicine;
  readonly contained: Contained;
}

/**
 * Dose limits: single dose, frequency, course and its length of what is proposed; daily dose (and per kilogram) over every
 * medicine that holds the ingredient. Over a limit for a dose is major; too often or too long is moderate.
 */
export function checkDoses(
  facts: ScreeningFacts,
  remarks: Remarks,
  medicines: readonly Medicine[],
  rules: readonly DoseRule[],
  report: ScreeningReport,
): void {
  const reach = new LimitReach();
  for (const rule of rules) {
    const holders = medicines.flatMap((medicine) => {
      const contained = medicine.contained.find(({ ingredientId }) => ingredientId === rule.ingredientId);
      return contained &&
        routeFits(rule.route, medicine.route) &&
        formFits(rule.form === null ? null : [rule.form], medicine)
        ? [{ medicine, contained }]
        : [];
    });
    const proposed = holders.filter(({ medicine }) => medicine.proposed);
    if (proposed.length === 0) continue;
    const whom = isFor(rule, facts);
    for (const { medicine } of proposed) reach.note(medicine, rule, whom !== false);
    for (const what of consulted(rule, whom !== false))
      for (const reason of remarks.get(what) ?? [])
        report.notChecked('dose', reason, ...proposed.map(({ medicine }) => medicine.subject));
    if (whom === false) continue;
    if (whom !== true) {
      report.notChecked('dose', whom, ...proposed.map(({ medicine }) => medicine.subject));
      continue;
    }
    for (const holder of proposed) {
      checkSingle(facts, rule, holder, report);
      checkFrequency(rule, holder, report);
      checkDuration(rule, holder, report);
      checkCourse(rule, holder, report);
    }
    if (rule.maxDailyDose !== null || rule.maxDailyPerKg !== null) checkDaily(facts, rule, holders, report);
  }
  reportWithoutLimits(medicines, rules, reach, report);
}

/** Which limits could be held against a medicine: of its route and form, and of those the ones for this person. */
class LimitReach {
  private readonly fitting = new Set<string>();
  private readonly concerning = new Set<string>();
  private readonly needingDose = new Set<string>();

  /** A limit that fits the medicine; `isFor`: it is for this person, or that cannot be told. */
  note(medicine: Medicine, rule: DoseRule, isFor: boolean): void {
    const key = keyOf(medicine, rule.ingredientId);
    this.fitting.add(key);
    if (isFor) this.concerning.add(key);
    if (limitsDose(rule)) this.needingDose.add(medicine.key);
  }

  /** Why no limit could be held against the ingredient in the medicine, though there are some; undefined: one could. */
  gapOf(medicine: Medicine, ingredientId: number): Reason | undefined {
    const key = keyOf(medicine, ingredientId);
    if (!this.fitting.has(key)) return REASONS.limitsOfOtherRoute;
    return this.concerning.has(key) ? undefined : REASONS.limitsForOthers;
  }

  /** True when some limit of a dose fits the medicine, so that its dose must be known. */
  needsDose(medicine: Medicine): boolean {
    return this.needingDose.has(medicine.key);
  }
}

/** What of the person, of the things that grow old, a limit looks at: the bands that let it be for him, and his weight. */
const consulted = (rule: DoseRule, isFor: boolean): Stale[] => [
  ...(rule.weightMinKg !== null ||
  rule.weightMaxKg !== null ||
  (isFor && (rule.maxSinglePerKg !== null || rule.maxDailyPerKg !== null))
    ? (['weight'] as const)
    : []),
  ...(rule.egfrBelow === null ? [] : (['egfr'] as const)),
];

const keyOf = (medicine: Medicine, ingredientId: number): string => `${medicine.key}|${ingredientId}`;

const limitsDose = (rule: DoseRule): boolean =>
  [rule.maxSingleDose, rule.maxSinglePerKg, rule.maxDailyDose, rule.maxDailyPerKg, rule.maxCourseDose].some(
    (limit) => limit !== null,
  );

/** Whether the limit is for this person; a reason when that cannot be told. */
function isFor(rule: DoseRule, facts: ScreeningFacts): boolean | Reason {
  const { weightKg, egfr, conditions } = facts.patient;
  const { indicationIcd10 } = rule;
  if (indicationIcd10 !== null && !hasCondition(indicationIcd10, facts.patient))
    return conditions.some(({ icd10 }) => icd10 === null) ? REASONS.conditionNotCoded : false;
  if (rule.ageMinMonths !== null || rule.ageMaxMonths !== null) {
    const age = ageOf(facts);
    if (age === null) return REASONS.birthDate;
    if (age < (rule.ageMinMonths ?? 0) || age >= (rule.ageMaxMonths ?? Infinity)) return false;
  }
  if (rule.weightMinKg !== null || rule.weightMaxKg !== null) {
    if (weightKg === null || weightKg === undefined) return REASONS.weight;
    if (!isWithin(weightKg, rule.weightMinKg, rule.weightMaxKg)) return false;
  }
  if (rule.egfrBelow === null) return true;
  if (egfr === null || egfr === undefined) return REASONS.egfr;
  return isMore(exact(rule.egfrBelow), exact(egfr));
}

/**
 * Ingredients whose dose no limit was held against: none is known, or those known are for other people or another route.
 * That nothing was found means just that. Where a limit fits but the dose is not stated, that is said too, though the limit
 * may be for others: a medicine sold without directions has no dose that was judged.
 */
function reportWithoutLimits(
  medicines: readonly Medicine[],
  rules: readonly DoseRule[],
  reach: LimitReach,
  report: ScreeningReport,
): void {
  const limited = new Set(rules.map(({ ingredientId }) => ingredientId));
  for (const medicine of medicines) {
    if (!medicine.proposed) continue;
    for (const { ingredientId, subject } of medicine.contained) {
      const gap = limited.has(ingredientId) ? reach.gapOf(medicine, ingredientId) : REASONS.noRules;
      if (gap !== undefined) report.notChecked('dose', gap, subject);
    }
    if (reach.needsDose(medicine) && medicine.intakes.some(({ proposed, dose }) => proposed && !dose))
      report.notChecked('dose', REASONS.doseNotStated, medicine.subject);
  }
}

/** A medicine without a known route may be taken by the rule's. Without a route of its own a limit is for the whole body. */
function routeFits(ruleRoute: string | null, route: string | null): boolean {
  if (route === null) return true;
  return ruleRoute === null ? !isLocalRoute(route) : isRoute(ruleRoute, route);
}

/** One stated dose in the rule's unit; notes why not when it cannot be told. */
function doseIn(rule: DoseRule, holder: Holder, intake: Intake, report: ScreeningReport): Exact | undefined {
  const { medicine, contained } = holder;
  if (!intake.dose) {
    report.notChecked('dose', REASONS.doseNotStated, medicine.subject);
    return undefined;
  }
  const dose = ingredientDose(
    intake.dose,
    {
      baseUnit: medicine.baseUnit,
      onlyIngredient: medicine.contained.length === 1,
      lines: contained.lines,
    },
    rule.unit,
  );
  if (!dose) report.notChecked('dose', REASONS.unitsNotComparable, medicine.subject);
  return dose;
}

function checkSingle(facts: ScreeningFacts, rule: DoseRule, holder: Holder, report: ScreeningReport): void {
  const limits = limitsOf(facts, rule, [holder], report, {
    fixed: rule.maxSingleDose,
    perKg: rule.maxSinglePerKg,
  });
  if (limits.length === 0) return;
  for (const intake of holder.medicine.intakes.filter(({ proposed }) => proposed)) {
    const dose = doseIn(rule, holder, intake, report);
    for (const { limit, words, measure } of limits)
      if (dose && isMore(dose, limit))
        addDose(report, rule, `single${measure}`, [holder], [holder.medicine.key], 'major', {
          found: `a single dose of ${show(dose)} ${rule.unit} is above ${show(limit)} ${rule.unit}${words}`,
          management: 'Lower the single dose or confirm it with the prescriber.',
        });
  }
}

/** A limit, and how to tell it. */
interface Limit {
  readonly limit: Exact;
  readonly words: string;
  readonly measure: '' | '-per-kg';
}

/** A fixed limit and one by weight; notes that the weight is missing where one needs it. */
function limitsOf(
  facts: ScreeningFacts,
  rule: DoseRule,
  holders: readonly Holder[],
  report: ScreeningReport,
  { fixed, perKg }: { readonly fixed: string | null; readonly perKg: string | null },
): Limit[] {
  const limits: Limit[] = fixed === null ? [] : [{ limit: exact(fixed), words: '', measure: '' }];
  if (perKg === null) return limits;
  const { weightKg } = facts.patient;
  if (weightKg === null || weightKg === undefined)
    report.notChecked(
      'dose',
      REASONS.weight,
      ...holders.filter(({ medicine }) => medicine.proposed).map(({ medicine }) => medicine.subject),
    );
  else
    limits.push({
      limit: times(exact(perKg), exact(weightKg)),
      words: ` (${show(exact(perKg))} ${rule.unit}/kg)`,
      measure: '-per-kg',
    });
  return limits;
}

function checkFrequency(rule: DoseRule, holder: Holder, report: ScreeningReport): void {
  if (rule.maxFrequencyPerDay === null) return;
  const limit = exact(rule.maxFrequencyPerDay);
  for (const { dose } of holder.medicine.intakes.filter(({ proposed }) => proposed)) {
    const often = dose?.frequencyPerDay;
    if (often === null || often === undefined)
      report.notChecked('dose', REASONS.frequencyNotStated, holder.medicine.subject);
    else if (isMore(exact(often), limit))
      addDose(report, rule, 'frequency', [holder], [holder.medicine.key], 'moderate', {
        found: `${show(exact(often))} doses in 24 hours are more than ${show(limit)}`,
        management: 'Lengthen the interval or confirm it with the prescriber.',
      });
  }
}

/** The dose of a whole course: daily dose times days. */
function checkCourse(rule: DoseRule, holder: Holder, report: ScreeningReport): void {
  if (rule.maxCourseDose === null) return;
  const limit = exact(rule.maxCourseDose);
  for (const intake of holder.medicine.intakes.filter(({ proposed }) => proposed)) {
    const dose = doseIn(rule, holder, intake, report);
    const often = intake.dose?.frequencyPerDay;
    if (intake.days === undefined) report.notChecked('dose', REASONS.daysNotStated, holder.medicine.subject);
    if (intake.dose && (often === null || often === undefined))
      report.notChecked('dose', REASONS.frequencyNotStated, holder.medicine.subject);
    if (!dose || intake.days === undefined || often === null || often === undefined) continue;
    const course = times(times(dose, exact(often)), exact(String(intake.days)));
    if (isMore(course, limit))
      addDose(report, rule, 'course', [holder], [holder.medicine.key], 'major', {
        found: `${show(course)} ${rule.unit} in ${intake.days} days is above ${show(limit)} ${rule.unit} for a course`,
        management: 'Shorten the course, lower the dose, or confirm it with the prescriber.',
      });
  }
}

function checkDuration(rule: DoseRule, holder: Holder, report: ScreeningReport): void {
  if (rule.maxDurationDays === null) return;
  for (const { days } of holder.medicine.intakes.filter(({ proposed }) => proposed)) {
    if (days === undefined) report.notChecked('dose', REASONS.daysNotStated, holder.medicine.subject);
    else if (days > rule.maxDurationDays)
      addDose(report, rule, 'duration', [holder], [holder.medicine.key], 'moderate', {
        found: `${days} days is longer than ${rule.maxDurationDays} days`,
        management: 'Shorten the course or confirm it with the prescriber.',
      });
  }
}

function checkDaily(
  facts: ScreeningFacts,
  rule: DoseRule,
  holders: readonly Holder[],
  report: ScreeningReport,
): void {
  let total = ZERO;
  const adding: Holder[] = [];
  for (const holder of holders) {
    const daily = dailyOf(rule, holder, report);
    if (daily.numerator > 0n) adding.push(holder);
    total = plus(total, daily);
  }
  const limits = limitsOf(facts, rule, holders, report, {
    fixed: rule.maxDailyDose,
    perKg: rule.maxDailyPerKg,
  });
  for (const { limit, words, measure } of limits)
    if (isMore(total, limit))
      addDose(report, rule, `daily${measure}`, adding, [], 'major', {
        found: `${show(total)} ${rule.unit} in 24 hours is above ${show(limit)} ${rule.unit}${words}`,
        management:
          'Lower the daily dose, or stop one of the medicines that add up to it; confirm with the prescriber.',
      });
}

/**
 * What a medicine gives in a day. A product both proposed and current is the same medicine going on (a refill): the
 * larger of the two counts, not their sum.
 */
function dailyOf(rule: DoseRule, holder: Holder, report: ScreeningReport): Exact {
  const sums = { proposed: ZERO, current: ZERO };
  for (const intake of holder.medicine.intakes) {
    const dose = doseIn(rule, holder, intake, report);
    if (!dose || !intake.dose) continue;
    const { frequencyPerDay } = intake.dose;
    if (frequencyPerDay === null || frequencyPerDay === undefined) {
      report.notChecked('dose', REASONS.frequencyNotStated, holder.medicine.subject);
      continue;
    }
    const when = intake.proposed ? 'proposed' : 'current';
    sums[when] = plus(sums[when], times(dose, exact(frequencyPerDay)));
  }
  return larger(sums.proposed, sums.current);
}

/** The daily finding is about the ingredient, whoever adds to it, so that one more product does not make it another. */
function addDose(
  report: ScreeningReport,
  rule: DoseRule,
  measure: string,
  holders: readonly Holder[],
  medicineKeys: readonly string[],
  severity: Severity,
  words: { readonly found: string; readonly management: string },
): void {
  const first = holders[0];
  if (!first) return;
  const subjects = new Map<string, AlertSubject>();
  for (const { medicine } of holders) subjects.set(medicine.key, medicine.subject);
  subjects.set(`ingredient:${rule.ingredientId}`, first.contained.subject);
  report.add({
    kind: 'dose',
    severity,
    subjects: [...subjects.values()],
    identity: [measure, `ingredient:${rule.ingredientId}`, ...medicineKeys],
    message: `${first.contained.subject.name}: ${words.found}. ${rule.message}`,
    management: rule.management ?? words.management,
    source: rule.source,
    rule,
  });
}
