import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { ErrorView, LoadingRows } from '../../ui/states';
import { SEVERITIES } from '../shared/clinical';
import { CloseForm } from './close-form';
import { type ClinicalRule, subjectOf, textOf } from './rule-draft.domain';
import { hasSeverity, isWord, RULE_FIELDS, type RuleField, type RuleKindName } from './rule-kinds.domain';
import { RuleForm } from './rule-form';
import { useVersions } from './rule-queries';
import classes from './rules.module.css';

interface RuleDialogProps {
  kind: RuleKindName;
  opened: boolean;
  /** The rule to look at; undefined makes a new one. */
  rule: ClinicalRule | undefined;
  onClose: () => void;
}

type Mode = 'detail' | 'change' | 'close';

/** A rule with its history; from here it is changed or closed. Without one, the form of a new rule. */
export function RuleDialog({ kind, opened, rule, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<Mode>('detail');
  function close(): void {
    setMode('detail');
    onClose();
  }
  const title = !rule ? t('rules.new') : t(`rules.mode.${mode}`);
  return (
    <Dialog opened={opened} onClose={close} size="xl" title={title}>
      {opened && (!rule || mode === 'change') && <RuleForm kind={kind} rule={rule} onClose={close} />}
      {rule && mode === 'close' && <CloseForm kind={kind} rule={rule} onClose={close} />}
      {rule && mode === 'detail' && <Detail kind={kind} rule={rule} onMode={setMode} onClose={close} />}
    </Dialog>
  );
}

interface DetailProps {
  kind: RuleKindName;
  rule: ClinicalRule;
  onMode: (mode: Mode) => void;
  onClose: () => void;
}

function Detail({ kind, rule, onMode, onClose }: DetailProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const mayChange = can('ManageClinicalRules') && rule.validTo === null;
  return (
    <Stack gap="md">
      <dl className={classes['facts']}>
        {RULE_FIELDS[kind].map((field) => (
          <Fact key={field.name} field={field} rule={rule} />
        ))}
        <dt>{t('rules.code')}</dt>
        <dd>
          <Ltr>{rule.code}</Ltr>
        </dd>
      </dl>
      <Versions kind={kind} rule={rule} />
      <Group justify="space-between">
        {mayChange ? (
          <Button variant="default" onClick={() => onMode('close')}>
            {t('rules.close')}
          </Button>
        ) : (
          <span />
        )}
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.back')}
          </Button>
          {mayChange && (
            <Button onClick={() => onMode('change')} data-autofocus>
              {t('rules.change')}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

/** One thing a rule says; what it does not say is left out. */
function Fact({ field, rule }: { field: RuleField; rule: ClinicalRule }) {
  const { t } = useTranslation();
  const value = useShown(field, rule);
  if (value === '') return null;
  return (
    <>
      <dt>{t(`rules.field.${field.name}`)}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  );
}

function useShown(field: RuleField, rule: ClinicalRule): string {
  const { t } = useTranslation();
  if (field.is === 'subject') {
    const subject = subjectOf(rule, field.name);
    return subject ? `${subject.name} (${t(`rules.subjectKind.${subject.kind}`)})` : '';
  }
  const text = textOf(rule, field.name);
  if (field.is !== 'choice') return text;
  const known = field.choices.find((one) => one === text);
  return known !== undefined && isWord(known) ? t(`rules.choice.${known}`) : text;
}

function Versions({ kind, rule }: { kind: RuleKindName; rule: ClinicalRule }) {
  const { t } = useTranslation();
  const versions = useVersions(kind, rule.id);
  const columns: Column<ClinicalRule>[] = [
    { id: 'version', header: t('rules.version'), cell: (row) => <Ltr>{row.version}</Ltr> },
    { id: 'from', header: t('rules.validFrom'), cell: (row) => <DateTimeText value={row.validFrom} /> },
    {
      id: 'to',
      header: t('rules.validTo'),
      cell: (row) => (row.validTo === null ? t('rules.now') : <DateTimeText value={row.validTo} />),
    },
    {
      id: 'changed',
      header: t('rules.changed'),
      cell: (row) => <Changed kind={kind} row={row} before={versions.data?.data} />,
    },
    { id: 'source', header: t('rules.field.source'), cell: (row) => <bdi>{row.source}</bdi> },
  ];
  return (
    <section aria-label={t('rules.versions')}>
      <Title order={3} fz="sm" mb={4}>
        {t('rules.versions')}
      </Title>
      {versions.isPending && <LoadingRows rows={2} />}
      {versions.isError && <ErrorView error={versions.error} retry={() => void versions.refetch()} />}
      {versions.data && (
        <DataTable
          label={t('rules.versions')}
          columns={columns}
          rows={versions.data.data}
          rowKey={(row) => row.id}
        />
      )}
    </section>
  );
}

interface ChangedProps {
  kind: RuleKindName;
  row: ClinicalRule;
  before: readonly ClinicalRule[] | undefined;
}

/** What a version says otherwise than the one before it; the severity with what it was. */
function Changed({ kind, row, before }: ChangedProps) {
  const { t } = useTranslation();
  const earlier = before?.find(({ version }) => version === row.version - 1);
  if (!earlier) return <Text size="sm">{t('rules.first')}</Text>;
  const said = (rule: ClinicalRule, field: RuleField) =>
    field.is === 'subject' ? JSON.stringify(subjectOf(rule, field.name)) : textOf(rule, field.name);
  const changed = RULE_FIELDS[kind]
    .filter((field) => said(row, field) !== said(earlier, field))
    .map((field) => t(`rules.field.${field.name}`));
  const severity = (rule: ClinicalRule) => {
    const known = SEVERITIES.find((one) => one === textOf(rule, 'severity'));
    return known === undefined ? '' : t(`severity.${known}`);
  };
  const isOther = hasSeverity(kind) && textOf(row, 'severity') !== textOf(earlier, 'severity');
  return (
    <Text size="sm">
      {changed.join(', ')}
      {isOther && <> ({t('rules.fromTo', { before: severity(earlier), after: severity(row) })})</>}
    </Text>
  );
}
