import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertSeverity, DrugRules } from '../../../api/types';
import { Ltr } from '../../../ui/ltr';
import { MixedText } from '../../../ui/mixed-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { StatusBadge } from '../../../ui/status-badge';
import { SeverityBadge } from '../../shared/clinical';
import { useDrugRules } from '../catalog-queries';
import classes from '../catalog.module.css';

type Kind = 'interactions' | 'allergies' | 'contraindications' | 'dosage';
type Through = DrugRules['interactions'][number]['through'];

/** Clinical rules that concern the product, by kind, gravest first; what no rule can know is said first. */
export function Rules({ drugId }: { drugId: number }) {
  const { t } = useTranslation();
  const rules = useDrugRules(drugId);
  if (rules.isError) return <ErrorView error={rules.error} retry={() => void rules.refetch()} />;
  if (!rules.data) return <LoadingRows rows={3} />;
  const { interactions, allergies, contraindications, dosage, meta } = rules.data;
  const total = meta.interactions + meta.allergies + meta.contraindications + meta.dosage;
  return (
    <Stack gap={16} p="md">
      {meta.notCovered.length > 0 && (
        <Group gap={8}>
          <StatusBadge tone="warn">{t('drugs.notCovered')}</StatusBadge>
          <Text size="sm">
            <bdi dir="auto">{meta.notCovered.join(', ')}</bdi>
          </Text>
        </Group>
      )}
      {total === 0 && <EmptyView title={t('drugs.noRules')} hint={t('drugs.noRulesHint')} />}
      <Section kind="contraindications" total={meta.contraindications}>
        {contraindications.map((rule) => (
          <Rule
            key={rule.id}
            severity={rule.severity}
            head={
              <>
                <bdi>{rule.conditionName ?? t('drugs.contraindication')}</bdi>
                {rule.icd10 !== null && (
                  <>
                    {' '}
                    <Ltr>{rule.icd10}</Ltr>
                  </>
                )}
              </>
            }
            through={rule.through}
            text={rule.message}
            management={rule.management}
            source={rule.source}
          />
        ))}
      </Section>
      <Section kind="interactions" total={meta.interactions}>
        {interactions.map((rule) => (
          <Rule
            key={rule.id}
            severity={rule.severity}
            head={<bdi>{rule.with.name}</bdi>}
            through={rule.through}
            text={rule.description}
            management={rule.management}
            source={rule.source}
          />
        ))}
      </Section>
      <Section kind="allergies" total={meta.allergies}>
        {allergies.map((rule) => (
          <Rule
            key={rule.id}
            severity={rule.severity}
            head={<bdi>{rule.allergen.name}</bdi>}
            through={rule.through}
            text={rule.message}
            management={rule.management}
            source={rule.source}
          />
        ))}
      </Section>
      <Section kind="dosage" total={meta.dosage}>
        {dosage.map((rule) => (
          <Rule
            key={rule.id}
            head={<DoseLimits rule={rule} />}
            through={rule.through}
            text={rule.message}
            source={rule.source}
          />
        ))}
      </Section>
    </Stack>
  );
}

function Section({ kind, total, children }: { kind: Kind; total: number; children: ReactNode[] }) {
  const { t } = useTranslation();
  if (total === 0) return null;
  return (
    <section aria-label={t(`drugs.rules.${kind}`)}>
      <Group gap={8} mb={6}>
        <Title order={2}>{t(`drugs.rules.${kind}`)}</Title>
        <Text size="sm" c="dimmed">
          {children.length < total ? (
            t('drugs.shownOf', { shown: children.length, total })
          ) : (
            <Ltr>{total}</Ltr>
          )}
        </Text>
      </Group>
      <ul className={classes['rules']}>{children}</ul>
    </section>
  );
}

interface RuleProps {
  severity?: AlertSeverity;
  head: ReactNode;
  /** What of the product the rule is about. */
  through: Through;
  text: string;
  management?: string;
  source: string;
}

function Rule({ severity, head, through, text, management, source }: RuleProps) {
  const { t } = useTranslation();
  return (
    <li>
      <Group gap={8}>
        {severity && <SeverityBadge severity={severity} />}
        <Text size="sm" fw={600}>
          {head}
        </Text>
        <Text size="xs" c="dimmed">
          {t('drugs.through')} <bdi>{through.name}</bdi>
        </Text>
      </Group>
      <Text size="sm">
        <MixedText text={text} /> {management !== undefined && <MixedText text={management} />}{' '}
        <Text span size="xs" c="dimmed">
          {t('alerts.source')} <bdi>{source}</bdi>
        </Text>
      </Text>
    </li>
  );
}

const MONTHS_A_YEAR = 12;
/** Below two years an age is said in months: a limit for infants must not read "0 years". */
const MONTHS_COUNTED = 24;

function DoseLimits({ rule }: { rule: DrugRules['dosage'][number] }) {
  const { t } = useTranslation();
  const ageOf = (months: number): string =>
    months < MONTHS_COUNTED || months % MONTHS_A_YEAR !== 0
      ? t('drugs.dose.months', { count: months })
      : t('drugs.dose.years', { count: months / MONTHS_A_YEAR });
  const { ageMinMonths: from, ageMaxMonths: to } = rule;
  const parts = [
    from === null || from === 0 ? undefined : t('drugs.dose.from', { age: ageOf(from) }),
    to === null ? undefined : t('drugs.dose.under', { age: ageOf(to) }),
    rule.maxSingleDose === null
      ? undefined
      : t('drugs.dose.single', { dose: `${rule.maxSingleDose} ${rule.unit}` }),
    rule.maxDailyDose === null
      ? undefined
      : t('drugs.dose.daily', { dose: `${rule.maxDailyDose} ${rule.unit}` }),
    rule.maxDailyPerKg === null
      ? undefined
      : t('drugs.dose.perKg', { dose: `${rule.maxDailyPerKg} ${rule.unit}` }),
    rule.maxDurationDays === null ? undefined : t('drugs.dose.days', { count: rule.maxDurationDays }),
  ];
  return <MixedText text={parts.filter((part) => part !== undefined).join(' · ')} />;
}
