import { useTranslation } from 'react-i18next';
import { type ClinicalRule, subjectOf, textOf } from './rule-draft.domain';
import { RULE_FIELDS, type RuleKindName } from './rule-kinds.domain';

/** What a rule is about, in short: "warfarin + NSAIDs", "cefalexin in allergy to penicillins", "NSAIDs — Gastric ulcer", "paracetamol — 4000 mg". */
export function RuleTitle({ kind, rule }: { kind: RuleKindName; rule: ClinicalRule }) {
  const { t } = useTranslation();
  const names = RULE_FIELDS[kind].flatMap((field) =>
    field.is === 'subject' ? (subjectOf(rule, field.name)?.name ?? []) : [],
  );
  const [allergen = '', cross = ''] = names;
  const head = kind === 'allergy-rules' ? t('rules.crossTitle', { allergen, cross }) : names.join(' + ');
  const more = moreOf(kind, rule, (ruleKind) => t(`rules.choice.${ruleKind}`));
  return (
    <bdi>
      {head}
      {more !== '' && ` — ${more}`}
    </bdi>
  );
}

const KINDS = ['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic'] as const;

function moreOf(
  kind: RuleKindName,
  rule: ClinicalRule,
  nameOf: (ruleKind: (typeof KINDS)[number]) => string,
): string {
  if (kind === 'contraindications') {
    const condition = textOf(rule, 'conditionName');
    if (condition !== '') return condition;
    const known = KINDS.find((one) => one === textOf(rule, 'kind'));
    return known === undefined ? '' : nameOf(known);
  }
  if (kind !== 'dosage-guidelines') return '';
  const limit = ['maxDailyDose', 'maxDailyPerKg', 'maxSingleDose', 'maxSinglePerKg', 'maxCourseDose']
    .map((name) => textOf(rule, name))
    .find((value) => value !== '');
  return limit === undefined ? textOf(rule, 'route') : `${limit} ${textOf(rule, 'unit')}`;
}
