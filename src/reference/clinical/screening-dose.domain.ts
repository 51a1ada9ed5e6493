import type { AlertSubject, ScreeningFacts, Severity } from './clinical.types.js';
import {
  exact,
  ingredientDose,
  isMore,
  larger,
  plus,
  show,
  times,
  ZERO,
  type Exact,
} from './dose-amount.domain.js';
import { ageOf } from './screening-contraindications.domain.js';
import type { DoseRule } from './screening-knowledge.domain.js';
import type { Contained, Intake, Medicine } from './screening-medicine.domain.js';
import { REASONS, type ScreeningReport } from './screening-report.domain.js';

/** Catalogue routes that stand for several finer ones: a rule for one of these concerns the wider word too. */
const FINER_ROUTES: Readonly<Record<string, readonly string[]>> = {
  injection: ['parenteral', 'intravenous', 'intramuscular', 'subcutaneous', 'intrathecal'],
  oral: ['sublingual'],
};

/** A medicine and how it holds the ingredient of the rule at hand. */
interface Holder {
  readonly medicine: Medicine;
  readonly contained: Contained;
}

/**
 * Dose limits: single dose and course length of what is proposed, daily dose (and per kilogram) over every medicine that
 * holds the ingredient. Over a limit for a dose is major; over the length of a course is moderate.
 */
export function checkDoses(
  facts: ScreeningFacts,
  medicines: readonly Medicine[],
  rules: readonly DoseRule[],
  report: ScreeningReport,
): void {
  const age = ageOf(facts);
  for (const rule of rules) {
    const holders = medicines.flatMap((medicine) => {
      const contained = medicine.contained.find(({ ingredientId }) => ingredientId === rule.ingredientId);
      return contained && routeFits(rule.route, medicine.route) ? [{ medicine, contained }] : [];
    });
    const proposed = holders.filter(({ medicine }) => medicine.proposed);
    if (proposed.length === 0) continue;
    const banded = rule.ageMinMonths !== null || rule.ageMaxMonths !== null;
    if (banded && age === null) {
      report.notChecked('dose', REASONS.birthDate, ...proposed.map(({ medicine }) => medicine.subject));
      continue;
    }
    if (banded && age !== null && (age < (rule.ageMinMonths ?? 0) || age >= (rule.ageMaxMonths ?? Infinity)))
      continue;
    for (const holder of proposed) {
      checkSingle(rule, holder, report);
      checkDuration(rule, holder, report);
    }
    if (rule.maxDailyDose !== null || rule.maxDailyPerKg !== null) checkDaily(facts, rule, holders, report);
  }
}

/** A medicine without a known route may be taken by the rule's: the limit is applied rather than skipped. */
function routeFits(ruleRoute: string | null, route: string | null): boolean {
  if (ruleRoute === null || route === null) return true;
  const wanted = ruleRoute.toLowerCase();
  return wanted === route || (FINER_ROUTES[route]?.includes(wanted) ?? false);
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

function checkSingle(rule: DoseRule, holder: Holder, report: ScreeningReport): void {
  if (rule.maxSingleDose === null) return;
  const limit = exact(rule.maxSingleDose);
  for (const intake of holder.medicine.intakes.filter(({ proposed }) => proposed)) {
    const dose = doseIn(rule, holder, intake, report);
    if (dose && isMore(dose, limit))
      addDose(report, rule, 'single', [holder], [holder.medicine.key], 'major', {
        found: `a single dose of ${show(dose)} ${rule.unit} is above ${show(limit)} ${rule.unit}`,
        management: 'Lower the single dose or confirm it with the prescriber.',
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
  const judge = (measure: string, limit: Exact, words: string): void => {
    if (!isMore(total, limit)) return;
    addDose(report, rule, measure, adding, [], 'major', {
      found: `${show(total)} ${rule.unit} in 24 hours is above ${show(limit)} ${rule.unit}${words}`,
      management:
        'Lower the daily dose, or stop one of the medicines that add up to it; confirm with the prescriber.',
    });
  };
  if (rule.maxDailyDose !== null) judge('daily', exact(rule.maxDailyDose), '');
  if (rule.maxDailyPerKg === null) return;
  const { weightKg } = facts.patient;
  if (weightKg === null || weightKg === undefined)
    report.notChecked(
      'dose',
      REASONS.weight,
      ...holders.filter(({ medicine }) => medicine.proposed).map(({ medicine }) => medicine.subject),
    );
  else
    judge(
      'daily-per-kg',
      times(exact(rule.maxDailyPerKg), exact(weightKg)),
      ` (${show(exact(rule.maxDailyPerKg))} ${rule.unit}/kg)`,
    );
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
    management: words.management,
    source: rule.source,
    rule,
  });
}
