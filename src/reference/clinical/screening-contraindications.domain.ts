import { own } from '../../platform/text/own.js';
import { ageInMonths } from '../../platform/time/local-date.js';
import type { AlertSubject, ScreenedPatient, ScreeningFacts } from './clinical.types.js';
import { exact, isMore, isWithin } from './dose-amount.domain.js';
import type { Remarks, Stale } from './person-today.domain.js';
import { formFits, routeReach } from './route-reach.domain.js';
import type { ContraindicationRule } from './screening-knowledge.domain.js';
import type { Medicine } from './screening-medicine.domain.js';
import {
  LOCAL_HINT,
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
  | {
      readonly applies: true;
      readonly conditions: readonly AlertSubject[];
      /** What was taken for granted, to be on the safe side. */
      readonly assumed?: Reason;
    }
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
  remarks: Remarks,
  medicines: readonly Medicine[],
  rules: readonly ContraindicationRule[],
  report: ScreeningReport,
): void {
  const age = ageOf(facts);
  const bySubject = new Map<string, ContraindicationRule[]>();
  for (const rule of rules) {
    const others = bySubject.get(rule.subject);
    if (others) others.push(rule);
    else bySubject.set(rule.subject, [rule]);
  }
  // What a rule says of a person is the same for every medicine it covers.
  const judged = new Map<ContraindicationRule, Judgement>();
  const judgementOf = (rule: ContraindicationRule): Judgement => {
    const known = judged.get(rule) ?? judge(rule, facts.patient, age);
    judged.set(rule, known);
    return known;
  };
  for (const medicine of medicines) {
    if (!medicine.proposed) continue;
    const applying: Applying[] = [];
    const spokenOf = new Set<number>();
    let asksForConditions = false;
    for (const [subject, through] of medicine.covers)
      for (const rule of bySubject.get(subject) ?? []) {
        for (const ingredientId of through) spokenOf.add(ingredientId);
        asksForConditions ||= rule.icd10 !== null;
        const reach = routeReach(rule.routes, medicine.route);
        if (reach === 'none' || !formFits(rule.forms, medicine)) continue;
        const old =
          remarks.size === 0 ? [] : consulted(rule, facts.patient, age).filter((what) => remarks.has(what));
        for (const reason of old.flatMap((what) => remarks.get(what) ?? []))
          report.notChecked('contraindication', reason, medicine.subject);
        const judgement = judgementOf(rule);
        const gap =
          judgement.applies === 'unknown'
            ? judgement.reason
            : judgement.applies
              ? judgement.assumed
              : undefined;
        if (gap !== undefined && !isSaidBy(old, gap))
          report.notChecked('contraindication', gap, medicine.subject);
        if (judgement.applies !== true) continue;
        const { conditions } = judgement;
        applying.push({ rule, through, conditions, isHint: reach === 'hint' });
      }
    for (const { ingredientId, subject } of medicine.contained)
      if (!spokenOf.has(ingredientId)) report.notChecked('contraindication', REASONS.noRules, subject);
    for (const found of withoutMilderStages(applying)) addContraindication(found, medicine, report);
    if (asksForConditions) reportUncodedConditions(facts.patient, report);
  }
}

/** What of the person, of the things that grow old, a rule looks at; nothing where it is for another sex or age. */
function consulted(rule: ContraindicationRule, patient: ScreenedPatient, age: number | null): Stale[] {
  const isOther =
    (rule.sex === 'male' && patient.sex === 'female') || (rule.sex === 'female' && patient.sex === 'male');
  if (isOther || judgeAge(rule, age).applies === false) return [];
  return [
    ...(rule.weightMinKg === null && rule.weightMaxKg === null ? [] : (['weight'] as const)),
    ...(rule.kind === 'renal' && rule.egfrBelow !== null ? (['egfr'] as const) : []),
    ...(rule.kind === 'hepatic' && rule.childPughFrom !== null ? (['hepatic'] as const) : []),
    ...consultedOfMother(rule, patient, age),
  ];
}

/** True where an answer that is too old says already why something is not known. */
function isSaidBy(old: readonly Stale[], gap: Reason): boolean {
  if (gap === REASONS.lactation) return old.includes('lactation');
  if (gap === REASONS.pregnancy) return old.includes('pregnancy');
  return gap === REASONS.trimester && old.some((what) => what !== 'weight');
}

function consultedOfMother(
  rule: ContraindicationRule,
  patient: ScreenedPatient,
  age: number | null,
): Stale[] {
  const state =
    rule.kind === 'pregnancy' ? patient.pregnant : rule.kind === 'lactation' ? patient.lactating : false;
  if (state !== true && !mayBeAsked(patient, age)) return [];
  if (rule.kind === 'lactation') return ['lactation'];
  if (rule.kind !== 'pregnancy') return [];
  return ['pregnancy', 'dueDate', ...(rule.trimesters === null ? [] : (['trimester'] as const))];
}

function judge(rule: ContraindicationRule, patient: ScreenedPatient, age: number | null): Judgement {
  const own = judgeKind(rule, patient, age);
  if (own.applies === false) return NO;
  const sex = patient.sex === 'unknown' ? null : (patient.sex ?? null);
  if (rule.sex !== null && sex !== null && rule.sex !== sex) return NO;
  const band = judgeAge(rule, age);
  if (band.applies === false) return NO;
  const weight = judgeWeight(rule, patient);
  if (weight.applies === false) return NO;
  if (own.applies === 'unknown') return own;
  // Pregnancy and lactation, once stated, speak for themselves; otherwise a rule for one sex needs to know the sex.
  if (rule.sex !== null && sex === null && rule.kind !== 'pregnancy' && rule.kind !== 'lactation')
    return unknown(REASONS.sex);
  if (band.applies === 'unknown') return band;
  return weight.applies === 'unknown' ? weight : own;
}

function judgeKind(rule: ContraindicationRule, patient: ScreenedPatient, age: number | null): Judgement {
  switch (rule.kind) {
    case 'condition':
      return rule.icd10 === null ? unknown(REASONS.noThreshold) : judgeCondition(rule.icd10, patient);
    case 'hepatic':
      return judgeHepatic(rule, patient);
    case 'renal':
      return judgeRenal(rule, patient);
    case 'pregnancy':
      return judgeTrimester(rule, patient, judgeState(patient.pregnant, patient, age, REASONS.pregnancy));
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

function judgeWeight(rule: ContraindicationRule, { weightKg }: ScreenedPatient): Judgement {
  if (rule.weightMinKg === null && rule.weightMaxKg === null) return YES;
  if (weightKg === null || weightKg === undefined) return unknown(REASONS.weight);
  return isWithin(weightKg, rule.weightMinKg, rule.weightMaxKg) ? YES : NO;
}

/** A pregnancy of unknown trimester is taken for the one that matters, and it is said that it was. */
function judgeTrimester(rule: ContraindicationRule, patient: ScreenedPatient, own: Judgement): Judgement {
  if (own.applies !== true || rule.trimesters === null) return own;
  if (patient.trimester === null || patient.trimester === undefined)
    return { applies: true, conditions: [], assumed: REASONS.trimester };
  return rule.trimesters.includes(patient.trimester) ? own : NO;
}

/** By the class of hepatic function where a rule names one and it is known, or by a coded disease. */
function judgeHepatic(rule: ContraindicationRule, patient: ScreenedPatient): Judgement {
  const byCode: Judgement = rule.icd10 === null ? NO : judgeCondition(rule.icd10, patient);
  if (byCode.applies === true) return byCode;
  if (rule.childPughFrom === null) return rule.icd10 === null ? unknown(REASONS.noThreshold) : byCode;
  const { childPugh } = patient;
  if (childPugh === null || childPugh === undefined) return unknown(REASONS.hepatic);
  return childPugh >= rule.childPughFrom ? YES : NO;
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

/** True when the patient has the condition, or a more exact one, by code. */
export const hasCondition = (icd10: string, patient: ScreenedPatient): boolean =>
  judgeCondition(icd10, patient).applies === true;

function judgeRenal(rule: ContraindicationRule, patient: ScreenedPatient): Judgement {
  const byCode: Judgement = rule.icd10 === null ? NO : judgeCondition(rule.icd10, patient);
  if (byCode.applies === true) return byCode;
  if (rule.egfrBelow === null) return rule.icd10 === null ? unknown(REASONS.noThreshold) : byCode;
  const limit = exact(rule.egfrBelow);
  const staged = patient.conditions.filter(({ icd10 }) => {
    const below = icd10 === null ? undefined : own(EGFR_BELOW_OF_STAGE, icd10.slice(0, 5));
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
  return state === false || !mayBeAsked(patient, age) ? NO : unknown(reason);
}

/** True where a person may be pregnant or breast-feeding as far as sex and age tell. */
const mayBeAsked = ({ sex }: ScreenedPatient, age: number | null): boolean =>
  sex !== 'male' && (age === null || (age >= CHILDBEARING.from && age < CHILDBEARING.before));

/** A rule that applies to the person, the ingredients it applies to, and the conditions that make it. */
interface Applying {
  readonly rule: ContraindicationRule;
  readonly through: ReadonlySet<number>;
  readonly conditions: readonly AlertSubject[];
  /** The medicine acts where it is put, and the rule is about the whole body. */
  readonly isHint: boolean;
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
  { rule, through, conditions, isHint }: Applying,
  medicine: Medicine,
  report: ScreeningReport,
): void {
  const ingredients = medicine.contained.filter(
    ({ ingredientId }) => through.has(ingredientId) && medicine.key !== `ingredient:${ingredientId}`,
  );
  const about = rule.conditionName ?? rule.kind;
  report.add({
    kind: 'contraindication',
    severity: isHint ? 'minor' : rule.severity,
    subjects: [
      medicine.subject,
      ...ingredients.map(({ subject }) => subject),
      ...(conditions.length > 0 ? conditions : [PATIENT]),
    ],
    identity: [medicine.key],
    message: `${medicine.subject.name}, ${about}: ${rule.message}${isHint ? LOCAL_HINT : ''}`,
    management: rule.management,
    source: rule.source,
    rule,
  });
}

function reportUncodedConditions(patient: ScreenedPatient, report: ScreeningReport): void {
  for (const { icd10, name } of patient.conditions)
    if (icd10 === null)
      report.notChecked('contraindication', REASONS.conditionNotCoded, {
        kind: 'condition',
        id: null,
        name,
      });
}
