import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RetentionRule } from '../../api/erasure-types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { useRetentionRules, useUpdateRetentionRule } from './erasure-queries';

/** How long records of a kind are kept though a patient is erased, and what law says so. */
export function RetentionCard() {
  const { t } = useTranslation();
  const { can } = useSession();
  const rules = useRetentionRules();
  const [edited, setEdited] = useState<RetentionRule>();
  const columns: Column<RetentionRule>[] = [
    {
      id: 'class',
      header: t('people.retention.class'),
      cell: (rule) => t(`people.erasure.class.${rule.recordClass}`),
    },
    { id: 'years', header: t('people.retention.years'), numeric: true, cell: (rule) => rule.years },
    {
      id: 'basis',
      header: t('people.retention.basis'),
      cell: (rule) => (
        <>
          <bdi>{rule.legalBasis}</bdi>
          <Text size="xs" c="dimmed">
            <bdi>{rule.source}</bdi>
          </Text>
        </>
      ),
    },
    ...(can('ManageRetention')
      ? [
          {
            id: 'edit',
            header: t('people.retention.change'),
            cell: (rule: RetentionRule) => (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${t('people.retention.change')}: ${t(`people.erasure.class.${rule.recordClass}`)}`}
                onClick={() => setEdited(rule)}
              >
                {t('people.retention.change')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Card label={t('people.retention.title')}>
      <Title order={2} mb={8}>
        {t('people.retention.title')}
      </Title>
      <Text size="sm" mb={8}>
        {t('people.retention.hint')}
      </Text>
      {rules.isPending && <LoadingRows />}
      {rules.isError && <ErrorView error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data && (
        <DataTable
          label={t('people.retention.title')}
          columns={columns}
          rows={rules.data.data}
          rowKey={(rule) => rule.recordClass}
        />
      )}
      <Dialog
        opened={edited !== undefined}
        onClose={() => setEdited(undefined)}
        title={t('people.retention.change')}
      >
        {edited && <RuleForm rule={edited} onDone={() => setEdited(undefined)} />}
      </Dialog>
    </Card>
  );
}

function RuleForm({ rule, onDone }: { rule: RetentionRule; onDone: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateRetentionRule(rule.recordClass);
  const [years, setYears] = useState(String(rule.years));
  const [legalBasis, setLegalBasis] = useState(rule.legalBasis);
  const [source, setSource] = useState(rule.source);
  const isReady = /^\d{1,3}$/.test(years) && legalBasis.trim().length >= 3 && source.trim().length >= 3;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || update.isPending) return;
        const { version } = rule;
        update.mutate(
          { years: Number(years), legalBasis: legalBasis.trim(), source: source.trim(), version },
          { onSuccess: onDone },
        );
      }}
    >
      <Stack gap="sm">
        <ProblemAlert problem={update.error} />
        <Text fw={600}>{t(`people.erasure.class.${rule.recordClass}`)}</Text>
        <TextInput
          label={t('people.retention.years')}
          data-autofocus
          required
          inputMode="numeric"
          maxLength={3}
          value={years}
          onChange={({ currentTarget: { value } }) => setYears(value)}
        />
        <TextInput
          label={t('people.retention.basis')}
          required
          maxLength={300}
          value={legalBasis}
          onChange={({ currentTarget: { value } }) => setLegalBasis(value)}
        />
        <TextInput
          label={t('people.retention.source')}
          required
          maxLength={500}
          value={source}
          onChange={({ currentTarget: { value } }) => setSource(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={update.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
