import { useTranslation } from 'react-i18next';

// The server's words are part of its contract; screens translate them.
const REASONS = {
  'the ingredients of this product are not known': 'unlinked',
  'only some ingredients of this product are known': 'partial',
  'this product contains a mixture that no rule can know': 'mixture',
  'no rule of this kind is known for this ingredient': 'noRules',
  'this medicine is recorded in words only': 'text',
  'nobody has asked about allergies': 'allergyNotAsked',
  'an allergy is recorded in words only': 'allergyNotCoded',
  'a condition is recorded in words only': 'conditionNotCoded',
  'a condition is coded less exactly than a rule needs': 'conditionTooWide',
  'the birth date is not known': 'birthDate',
  'the sex is not known': 'sex',
  'the weight is not known': 'weight',
  'nobody has asked about pregnancy': 'pregnancy',
  'the trimester of the pregnancy is not known': 'trimester',
  'nobody has asked about breast-feeding': 'lactation',
  'renal function is not known': 'egfr',
  'renal function is not computed from creatinine without a birth date': 'egfrOfNoAge',
  'renal function is not computed from creatinine where the sex is not known': 'egfrOfNoSex',
  'renal function is not computed from creatinine below 18 years of age': 'egfrOfChild',
  'renal function is not computed from creatinine in pregnancy': 'egfrOfPregnancy',
  'renal function is not computed from creatinine in acute kidney failure or dialysis': 'egfrUnsteady',
  'renal function is not computed from a creatinine outside of 10 to 3000 µmol/L': 'egfrImplausible',
  'hepatic function is not known': 'hepatic',
  'the weight was taken too long ago': 'weightOld',
  'renal function was measured too long ago': 'egfrOld',
  'hepatic function was judged too long ago': 'hepaticOld',
  'what is known about pregnancy was recorded too long ago': 'pregnancyOld',
  'the due date of the pregnancy has passed': 'dueDatePassed',
  'the trimester was recorded too long ago': 'trimesterOld',
  'what is known about breast-feeding was recorded too long ago': 'lactationOld',
  'a rule on organ function names neither a limit nor a condition': 'noThreshold',
  'the dose is not stated': 'doseNotStated',
  'how often the dose is taken is not stated': 'frequencyNotStated',
  'how long it is taken is not stated': 'daysNotStated',
  'the dose limits known for this ingredient are for other patients': 'limitsForOthers',
  'the dose limits known for this ingredient are for another route or form': 'limitsOfOtherRoute',
  'the dose cannot be compared with the limit in its unit': 'unitsNotComparable',
} as const;

function isKnown(reason: string): reason is keyof typeof REASONS {
  return Object.hasOwn(REASONS, reason);
}

/** The one reason with figures in it: what renal function was judged by where nobody measured it. */
const COMPUTED = /^renal function was computed as (\S+) mL\/min\/1\.73 m² from the creatinine of (\S+)$/;

/** Why a check could not be made, in the user's language; a reason not known here is shown as it came. */
export function NotCheckedReason({ reason }: { reason: string }) {
  const { t } = useTranslation();
  const [, egfr, day] = COMPUTED.exec(reason) ?? [];
  if (egfr !== undefined && day !== undefined)
    return (
      <bdi>{t('notChecked.egfrComputed', { egfr: `\u2066${egfr}\u2069`, day: `\u2066${day}\u2069` })}</bdi>
    );
  return <bdi>{isKnown(reason) ? t(`notChecked.${REASONS[reason]}`) : reason}</bdi>;
}
