import type {
  AlertKind,
  AlertSubject,
  ClinicalAlert,
  NotChecked,
  Screening,
  Severity,
} from './clinical.types.js';
import type { RuleVersion } from './screening-knowledge.domain.js';

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ['contraindicated', 'major', 'moderate', 'minor'];

const KINDS: readonly AlertKind[] = [
  'allergy',
  'contraindication',
  'interaction',
  'duplicate_ingredient',
  'duplicate_therapy',
  'dose',
  'early_refill',
  'look_alike',
];

/** Why a check could not be made. The words are part of the contract: screens translate them. */
export const REASONS = {
  unlinked: 'the ingredients of this product are not known',
  partial: 'only some ingredients of this product are known',
  mixture: 'this product contains a mixture that no rule can know',
  noRules: 'no rule of this kind is known for this ingredient',
  text: 'this medicine is recorded in words only',
  allergyNotAsked: 'nobody has asked about allergies',
  allergyNotCoded: 'an allergy is recorded in words only',
  conditionNotCoded: 'a condition is recorded in words only',
  conditionTooWide: 'a condition is coded less exactly than a rule needs',
  birthDate: 'the birth date is not known',
  sex: 'the sex is not known',
  weight: 'the weight is not known',
  pregnancy: 'nobody has asked about pregnancy',
  trimester: 'the trimester of the pregnancy is not known',
  lactation: 'nobody has asked about breast-feeding',
  egfr: 'renal function is not known',
  egfrOfNoAge: 'renal function is not computed from creatinine without a birth date',
  egfrOfNoSex: 'renal function is not computed from creatinine where the sex is not known',
  egfrOfChild: 'renal function is not computed from creatinine below 18 years of age',
  egfrOfPregnancy: 'renal function is not computed from creatinine in pregnancy',
  egfrUnsteady: 'renal function is not computed from creatinine in acute kidney failure or dialysis',
  egfrImplausible: 'renal function is not computed from a creatinine outside of 10 to 3000 µmol/L',
  hepatic: 'hepatic function is not known',
  weightOld: 'the weight was taken too long ago',
  egfrOld: 'renal function was measured too long ago',
  hepaticOld: 'hepatic function was judged too long ago',
  pregnancyOld: 'what is known about pregnancy was recorded too long ago',
  dueDatePassed: 'the due date of the pregnancy has passed',
  trimesterOld: 'the trimester was recorded too long ago',
  lactationOld: 'what is known about breast-feeding was recorded too long ago',
  noThreshold: 'a rule on organ function names neither a limit nor a condition',
  doseNotStated: 'the dose is not stated',
  frequencyNotStated: 'how often the dose is taken is not stated',
  daysNotStated: 'how long it is taken is not stated',
  limitsForOthers: 'the dose limits known for this ingredient are for other patients',
  limitsOfOtherRoute: 'the dose limits known for this ingredient are for another route or form',
  unitsNotComparable: 'the dose cannot be compared with the limit in its unit',
} as const;

/** What renal function was judged by where nobody measured it, with the figure and the day: said though the check was made. */
export const computedFrom = (egfr: string, measuredOn: string) =>
  `renal function was computed as ${egfr} mL/min/1.73 m² from the creatinine of ${measuredOn}` as const;

export type Reason = (typeof REASONS)[keyof typeof REASONS] | ReturnType<typeof computedFrom>;

/** Said with a rule about the whole body where a medicine acts where it is put. */
export const LOCAL_HINT = ' One of them acts where it is put; little reaches the body.';

/** The person screened, as a subject. */
export const PATIENT: AlertSubject = { kind: 'patient', id: null, name: 'patient' };

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const subjectKey = (subject: AlertSubject): string => `${subject.kind}:${subject.id ?? subject.name}`;

/** A finding before it gets its fingerprint and verdict. */
export interface Finding {
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly subjects: readonly AlertSubject[];
  /** Keys that make this finding the same one next time; the order does not matter. */
  readonly identity: readonly string[];
  readonly message: string;
  readonly management: string;
  readonly source: string;
  readonly rule: RuleVersion | null;
}

/** Different keys in one order, whatever order they came in. */
function inOrder(keys: readonly string[]): string {
  const [first = '', second = ''] = keys;
  if (keys.length === 1 || (keys.length === 2 && first === second)) return first;
  if (keys.length === 2) return first < second ? `${first},${second}` : `${second},${first}`;
  return [...new Set(keys)].sort(byCodePoint).join(',');
}

/**
 * Which of two findings with one fingerprint is told: the graver; at the same gravity the one that says more, such as the
 * larger of two doses, and in the end by its letters, so that the order in which they were found does not matter.
 */
const speaksFor = (finding: Finding, known: ClinicalAlert): boolean =>
  (SEVERITIES.indexOf(finding.severity) - SEVERITIES.indexOf(known.severity) ||
    known.message.length - finding.message.length ||
    byCodePoint(known.message, finding.message)) < 0;

/**
 * Collects what the checks find and what they could not check, and puts it in the one order a screening has: gravest
 * first, then kind, then fingerprint. The same finding reported twice is one alert.
 */
export class ScreeningReport {
  private readonly alerts = new Map<string, ClinicalAlert>();
  private readonly gaps = new Map<
    string,
    { rule: NotChecked['rule']; reason: string; subjects: Map<string, AlertSubject> }
  >();

  /** Adds a finding. The fingerprint holds kind, rule code and subjects, not the version: an edit of a rule's words is the same finding. */
  add(finding: Finding): void {
    const fingerprint = `${finding.kind}|${finding.rule?.code ?? '-'}|${inOrder(finding.identity)}`;
    const known = this.alerts.get(fingerprint);
    if (known && !speaksFor(finding, known)) return;
    this.alerts.set(fingerprint, {
      fingerprint,
      kind: finding.kind,
      severity: finding.severity,
      subjects: finding.subjects,
      message: finding.message,
      management: finding.management,
      source: finding.source,
      ruleId: finding.rule?.id ?? null,
      ruleCode: finding.rule?.code ?? null,
      ruleVersion: finding.rule?.version ?? null,
      stops: finding.severity === 'contraindicated' || finding.severity === 'major',
    });
  }

  /** Notes a check that could not be made; the same gap about several subjects is one line. */
  notChecked(rule: NotChecked['rule'], reason: Reason, ...subjects: readonly AlertSubject[]): void {
    const key = `${rule}|${reason}`;
    const gap = this.gaps.get(key) ?? { rule, reason, subjects: new Map<string, AlertSubject>() };
    for (const subject of subjects) gap.subjects.set(subjectKey(subject), subject);
    this.gaps.set(key, gap);
  }

  /** The verdict in its stable order. */
  finish(): Screening {
    return {
      alerts: [...this.alerts.values()].sort(
        (a, b) =>
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
          KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
          byCodePoint(a.fingerprint, b.fingerprint),
      ),
      notChecked: [...this.gaps.entries()]
        .sort(([keyA, a], [keyB, b]) => gapRank(a.rule) - gapRank(b.rule) || byCodePoint(keyA, keyB))
        .map(([, { rule, reason, subjects }]) => ({
          rule,
          reason,
          subjects: [...subjects.entries()]
            .sort(([a], [b]) => byCodePoint(a, b))
            .map(([, subject]) => subject),
        })),
    };
  }
}

const gapRank = (rule: NotChecked['rule']): number => (rule === 'all' ? -1 : KINDS.indexOf(rule));
