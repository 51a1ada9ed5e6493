import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { BranchSettings, UpdateBranch } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useBranches } from '../admin/admin-queries';
import { localName } from '../shared/names';

/** What each branch asks of its work: every policy with what it means. */
export function BranchesScreen() {
  const { t, i18n } = useTranslation();
  const branches = useBranches();
  const [open, setOpen] = useState<BranchSettings>();
  const columns: Column<BranchSettings>[] = [
    {
      id: 'name',
      header: t('branch.name'),
      cell: (row) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          aria-label={t('branch.change', { name: localName(row, i18n.language) })}
          onClick={() => setOpen(row)}
        >
          <bdi>{localName(row, i18n.language)}</bdi>
        </button>
      ),
    },
    { id: 'code', header: t('branch.code'), cell: (row) => <Ltr>{row.code}</Ltr> },
    {
      id: 'jurisdiction',
      header: t('branch.jurisdiction'),
      cell: (row) => <span>{t(`branch.jurisdictions.${row.jurisdiction}`)}</span>,
    },
    {
      id: 'policy',
      header: t('branch.dispensingPolicy'),
      cell: (row) => <span>{t(`branch.dispensing.${row.dispensingPolicy}`)}</span>,
    },
    {
      id: 'scan',
      header: t('branch.scanPolicy'),
      cell: (row) => <span>{t(`branch.scan.${row.scanPolicy}`)}</span>,
    },
    {
      id: 'state',
      header: t('users.state'),
      cell: (row) =>
        row.active ? (
          <StatusBadge tone="ok">{t('branch.open')}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t('branch.closed')}</StatusBadge>
        ),
    },
  ];
  return (
    <Page title={t('branch.title')} hint={t('branch.hint')}>
      <Card flush>
        {branches.isPending && <LoadingRows />}
        {branches.isError && <ErrorView error={branches.error} retry={() => void branches.refetch()} />}
        {branches.data?.data.length === 0 && <EmptyView title={t('branch.empty')} />}
        {branches.data && branches.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('branch.title')}
              columns={columns}
              rows={branches.data.data}
              rowKey={(row) => row.branchId}
            />
          </div>
        )}
      </Card>
      <Dialog
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        size="xl"
        title={open ? localName(open, i18n.language) : t('branch.title')}
      >
        {open && <PolicyForm key={open.branchId} branch={open} onClose={() => setOpen(undefined)} />}
      </Dialog>
    </Page>
  );
}

/** Policies that are on or off. */
const FLAGS = ['twoPersonRule', 'clinicalReview', 'pickUpIdentifiers', 'nearMissNames'] as const;

type Draft = Pick<
  BranchSettings,
  | (typeof FLAGS)[number]
  | 'dispensingPolicy'
  | 'scanPolicy'
  | 'counsellingPolicy'
  | 'earlyRefillShare'
  | 'prescriptionValidMonths'
  | 'jurisdiction'
>;

function useUpdateBranch(branch: BranchSettings, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<BranchSettings, Problem, Omit<UpdateBranch, 'version'>>({
    mutationFn: (change) =>
      api.patch<BranchSettings>(`/branches/${branch.branchId}`, { ...change, version: branch.version }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.branches });
      onDone();
    },
  });
}

function PolicyForm({ branch, onClose }: { branch: BranchSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(branch);
  const [months, setMonths] = useState(String(branch.prescriptionValidMonths));
  const update = useUpdateBranch(branch, () => {
    toastDone(t('branch.saved'));
    onClose();
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const { twoPersonRule, clinicalReview, pickUpIdentifiers, nearMissNames } = draft;
    const { dispensingPolicy, scanPolicy, counsellingPolicy, earlyRefillShare, jurisdiction } = draft;
    update.mutate({
      twoPersonRule,
      clinicalReview,
      pickUpIdentifiers,
      nearMissNames,
      dispensingPolicy,
      scanPolicy,
      counsellingPolicy,
      earlyRefillShare,
      jurisdiction,
      prescriptionValidMonths: Number.parseInt(months, 10),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <ProblemAlert problem={update.error} notSaved={t('branch.notSaved')} />
        <SimpleGrid cols={2} spacing="md">
          <Choice
            name="jurisdiction"
            options={['none', 'EG', 'US']}
            value={draft.jurisdiction}
            text={(one) => t(`branch.jurisdictions.${one}`)}
            onChange={(jurisdiction) => change({ jurisdiction })}
            isFirst
          />
          <Choice
            name="dispensingPolicy"
            options={['counter', 'station']}
            value={draft.dispensingPolicy}
            text={(one) => t(`branch.dispensing.${one}`)}
            onChange={(dispensingPolicy) => change({ dispensingPolicy })}
          />
          <Choice
            name="scanPolicy"
            options={['off', 'product', 'lot']}
            value={draft.scanPolicy}
            text={(one) => t(`branch.scan.${one}`)}
            onChange={(scanPolicy) => change({ scanPolicy })}
          />
          <Choice
            name="counsellingPolicy"
            options={['optional', 'first_fill', 'always']}
            value={draft.counsellingPolicy}
            text={(one) => t(`branch.counselling.${one}`)}
            onChange={(counsellingPolicy) => change({ counsellingPolicy })}
          />
          <DecimalInput
            label={t('branch.earlyRefillShare')}
            description={t('branch.help.earlyRefillShare')}
            required
            value={draft.earlyRefillShare}
            onChange={(earlyRefillShare) => change({ earlyRefillShare })}
            error={fieldError(update.error, '/earlyRefillShare')}
          />
          <TextInput
            label={t('branch.prescriptionValidMonths')}
            description={t('branch.help.prescriptionValidMonths')}
            required
            inputMode="numeric"
            pattern="[0-9]{1,2}"
            dir="ltr"
            value={months}
            onChange={(event) => setMonths(event.currentTarget.value)}
            error={fieldError(update.error, '/prescriptionValidMonths')}
          />
        </SimpleGrid>
        <SimpleGrid cols={2} spacing="md">
          {FLAGS.map((flag) => (
            <Checkbox
              key={flag}
              label={t(`branch.${flag}`)}
              description={t(`branch.help.${flag}`)}
              checked={draft[flag]}
              onChange={(event) => change({ [flag]: event.currentTarget.checked })}
            />
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('branch.atOnce')}
        </Text>
        <FormFoot isSaving={update.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface ChoiceProps<Value extends string> {
  name: 'jurisdiction' | 'dispensingPolicy' | 'scanPolicy' | 'counsellingPolicy';
  options: readonly Value[];
  value: Value;
  text: (value: Value) => string;
  onChange: (value: Value) => void;
  isFirst?: boolean;
}

function Choice<Value extends string>({ name, options, value, text, onChange, isFirst }: ChoiceProps<Value>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`branch.${name}`)}
      description={t(`branch.help.${name}`)}
      value={value}
      onChange={(event) => onChange(options.find((one) => one === event.currentTarget.value) ?? value)}
      data={options.map((one) => ({ value: one, label: text(one) }))}
      {...(isFirst ? { 'data-autofocus': true } : {})}
    />
  );
}
