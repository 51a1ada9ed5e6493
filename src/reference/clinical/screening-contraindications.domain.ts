import { ageInMonths } from '../../platform/time/local-date.js';
import type { AlertSubject, ScreenedPatient, ScreeningFacts } from './clinical.types.js';
import { exact, isMore } from './dose-amount.domain.js';
import type { ContraindicationRule } from './screening-knowledge.domain.js';
import type { Medicine } from './screening-medicine.domain.js';
import {
  PATIENT,
  REASONS,
  SEVERITIES,
  type Reason,
  type ScreeningReport,
} from './screening-report.domain.js';

/** Ages, in months, between which pregnancy is asked about: from 12 years up to the 56th birthday. */
const CHILDBEARING = { from: 144, before: 672 };

/** Largest eGFR of each stage of chronic kidney disease (KDIGO), for patients with the diagnosis but no measurement. */
const EGFR_BELOW_OF_STAGE: Readonly<Record<string, string>> = {
  'N18.2': '90',
  'N18.3': '60',
  'N18.4': '30',
  'N18.5': '15',
  'N18.6': '15',
};

/** What a rule says of this person: it applies (with the conditions that make it), it does not, or it cannot be told. */
type Judgement =
  | { readonly applies: true; readonly conditions: readonly AlertSubject[] }
  | { readonly applies: false }
  | { readonly applies: 'unknown'; readonly reason: Reason };

const NO: Judgement = { applies: false };
const YES: Judgement = { applies: true, conditions: [] };
const unknown = (reason: Reason): Judgement => ({ applies: 'unknown', reason });

/** Age in whole months on the day of the screening; null when the birth date is missing or in the future. */
export function ageOf(facts: ScreeningFacts): number | null {
  if (!facts.patient.birthDate) return null;
  const months = ageInMonths(facts.patient.birthDate, facts.today);
  return months < 0 ? null : months;
}

/** Contraindication rules of the ingredients and groups in what is proposed. */
export function checkContraindications(
  facts: ScreeningFacts,
  medicines: readonly Medicine[],
  rules: readonly ContraindicationRule[],
  report: ScreeningReport,
): void {
  const age = ageOf(facts);
  for (const medicine of medicines) {
    if (!medicine.proposed) continue;
    const applying: Applying[] = [];
    for (const rule of rules) {
      const through = medicine.covers.get(rule.subject);
      if (!through) continue;
      const judgement = judge(rule, facts.patient, age);
      if (judgement.applies === 'unknown')
        report.notChecked('contraindication', judgement.reason, medicine.subject);
      else if (judgement.applies) applying.push({ rule, through, conditions: judgement.conditions });
    }
    for (const found of withoutMilderStages(applying)) addContraindication(found, medicine, report);
    reportUncodedConditions(facts.patient, medicine, rules, report);
  }
}

function judge(rule: ContraindicationRule, patient: ScreenedPatient, age: number | null): Judgement {
  const own = judgeKind(rule, patient, age);
  if (own.applies === false) return NO;
  const sex = patient.sex === 'unknown' ? null : (patient.sex ?? null);
  if (rule.sex !== null && sex !== null && rule.sex !== sex) return NO;
  const band = judgeAge(rule, age);
  if (band.applies === false) return NO;
  if (own.applies === 'unknown') return own;
  // Pregnancy and lactation, once stated, speak for themselves; otherwise a rule for one sex needs to know the sex.
  if (rule.sex !== null && sex === null && rule.kind !== 'pregnancy' && rule.kind !== 'lactation')
    return unknown(REASONS.sex);
  return band.applies === 'unknown' ? band : own;
}

function judgeKind(rule: ContraindicationRule, patient: ScreenedPatient, age: number | null): Judgement {
  switch (rule.kind) {
    case 'condition':
    case 'hepatic':
      return rule.icd10 === null ? unknown(REASONS.noThreshold) : judgeCondition(rule.icd10, patient);
    case 'renal':
      return judgeRenal(rule, patient);
    case 'pregnancy':
      return judgeState(patient.pregnant, patient, age, REASONS.pregnancy);
    case 'lactation':
      return judgeState(patient.lactating, patient, age, REASONS.lactation);
    case 'age':
    case 'sex':
      return YES;
  }
}

function judgeAge(rule: ContraindicationRule, age: number | null): Judgement {
  if (rule.ageMinMonths === null && rule.ageMaxMonths === null) return YES;
  if (age === null) return unknown(REASONS.birthDate);
  return age >= (rule.ageMinMonths ?? 0) && age < (rule.ageMaxMonths ?? Infinity) ? YES : NO;
}

/** A code matches itself and the codes below it: rule N18 covers a patient with N18.4, not the other way round. */
function judgeCondition(icd10: string, patient: ScreenedPatient): Judgement {
  const code = icd10.replace('.', '');
  const coded = patient.conditions.flatMap(({ icd10: own, name }) =>
    own === null ? [] : [{ code: own.replace('.', ''), name }],
  );
  const matching = coded.filter((condition) => condition.code.startsWith(code));
  if (matching.length > 0)
    return {
      applies: true,
      conditions: matching.map(({ name }): AlertSubject => ({ kind: 'condition', id: null, name })),
    };
  return coded.some((condition) => code.startsWith(condition.code)) ? unknown(REASONS.conditionTooWide) : NO;
}

function judgeRenal(rule: ContraindicationRule, patient: ScreenedPatient): Judgement {
  const byCode: Judgement = rule.icd10 === null ? NO : judgeCondition(rule.icd10, patient);
  if (byCode.applies === true) return byCode;
  if (rule.egfrBelow === null) return rule.icd10 === null ? unknown(REASONS.noThreshold) : byCode;
  const limit = exact(rule.egfrBelow);
  const staged = patient.conditions.filter(({ icd10 }) => {
    const below = icd10 === null ? undefined : EGFR_BELOW_OF_STAGE[icd10.slice(0, 5)];
    return below !== undefined && !isMore(exact(below), limit);
  });
  if (staged.length > 0)
    return {
      applies: true,
      conditions: staged.map(({ name }): AlertSubject => ({ kind: 'condition', id: null, name })),
    };
  if (patient.egfr === null || patient.egfr === undefined) return unknown(REASONS.egfr);
  return isMore(limit, exact(patient.egfr)) ? YES : NO;
}

/** A state only women are in: asked and answered, or unknown where it is possible at that age. */
function judgeState(
  state: boolean | null | undefined,
  patient: ScreenedPatient,
  age: number | null,
  reason: Reason,
): Judgement {
  if (state === true) return YES;
  if (state === false || patient.sex === 'male') return NO;
  return age !== null && (age < CHILDBEARING.from || age >= CHILDBEARING.before) ? NO : unknown(reason);
}

/** A rule that applies to the person, the ingredients it applies to, and the conditions that make it. */
interface Applying {
  readonly rule: ContraindicationRule;
  readonly through: ReadonlySet<number>;
  readonly conditions: readonly AlertSubject[];
}

const isAboutKidneys = (rule: ContraindicationRule): boolean =>
  rule.kind === 'renal' || (rule.icd10?.startsWith('N18') ?? false);

/**
 * Rules on falling renal function come in steps (below 60, 30, 15; or the stages of N18) and a low value passes all of
 * them: for one subject the gravest step speaks, at the same gravity the one by eGFR, then the lowest.
 */
function withoutMilderStages(applying: readonly Applying[]): Applying[] {
  const kept = new Map<string, Applying>();
  for (const found of applying) {
    const { rule } = found;
    const key = isAboutKidneys(rule) ? `renal|${rule.subject}` : rule.code;
    const other = kept.get(key);
    if (!other || isGraverStep(rule, other.rule)) kept.set(key, found);
  }
  return [...kept.values()];
}

function isGraverStep(a: ContraindicationRule, b: ContraindicationRule): boolean {
  const gravity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (gravity !== 0) return gravity < 0;
  if (a.kind !== b.kind) return a.kind === 'renal';
  if (a.egfrBelow !== b.egfrBelow && a.egfrBelow !== null && b.egfrBelow !== null)
    return isMore(exact(b.egfrBelow), exact(a.egfrBelow));
  return a.code < b.code;
}

function addContraindication(
  { rule, through, conditions }: Applying,
  medicine: Medicine,
  report: ScreeningReport,
): void {
  const ingredients = medicine.contained.filter(
    ({ ingredientId }) => through.has(ingredientId) && medicine.key !== `ingredient:${ingredientId}`,
  );
  const about = rule.conditionName ?? rule.kind;
  report.add({
    kind: 'contraindication',
    severity: rule.severity,
    subjects: [
      medicine.subject,
      ...ingredients.map(({ subject }) => subject),
      ...(conditions.length > 0 ? conditions : [PATIENT]),
    ],
    identity: [medicine.key],
    message: `${medicine.subject.name}, ${about}: ${rule.message}`,
    management: rule.management,
    source: rule.source,
    rule,
  });
}

function reportUncodedConditions(
  patient: ScreenedPatient,
  medicine: Medicine,
  rules: readonly ContraindicationRule[],
  report: ScreeningReport,
): void {
  const concerned = rules.some((rule) => rule.icd10 !== null && medicine.covers.has(rule.subject));
  if (!concerned) return;
  for (const { icd10, name } of patient.conditions)
    if (icd10 === null)
      report.notChecked('contraindication', REASONS.conditionNotCoded, {
        kind: 'condition',
        id: null,
        name,
      });
}
