import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ControlledMaximum, DrugHit } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { DrugPicker } from '../shared/drug-picker';
import { useUnitName } from '../shared/unit-text';
import { useEndMaximum, useMaxima, useSetMaximum } from './controlled-queries';
import { ControlledTabs } from './controlled-tabs';

const route = getRouteApi('/controlled/maxima');

/** What one prescription may hold of a controlled product, where the law counts a person's cap in times of it. */
export function MaximaScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const nameOfUnit = useUnitName();
  const maxima = useMaxima({ page, limit: 50 });
  const [open, setOpen] = useState<{ maximum: ControlledMaximum | undefined }>();
  const mayWrite = can('ManageDrugCatalog');
  const columns: Column<ControlledMaximum>[] = [
    {
      id: 'drug',
      header: t('prescriptions.drug'),
      cell: (row) =>
        mayWrite ? (
          <button
            type="button"
            className={rowLinkClass}
            data-row-link
            aria-label={t('maxima.change', { name: row.drugName })}
            onClick={() => setOpen({ maximum: row })}
          >
            <bdi>{row.drugName}</bdi>
          </button>
        ) : (
          <bdi>{row.drugName}</bdi>
        ),
    },
    {
      id: 'place',
      header: t('maxima.law'),
      cell: (row) => <span>{t(`branch.jurisdictions.${row.jurisdiction}`)}</span>,
    },
    {
      id: 'quantity',
      header: t('maxima.quantity'),
      numeric: true,
      cell: (row) => (
        <>
          <QuantityText value={row.quantity} /> {nameOfUnit(row.baseUnit)}
        </>
      ),
    },
    { id: 'source', header: t('maxima.source'), cell: (row) => <bdi>{row.source}</bdi> },
    {
      id: 'by',
      header: t('maxima.by'),
      cell: (row) => (
        <>
          <bdi>{row.setBy}</bdi> · <DateTimeText value={row.setAt} />
        </>
      ),
    },
  ];
  return (
    <Page
      title={t('maxima.title')}
      actions={
        mayWrite && (
          <KeyButton combo="F9" label={t('maxima.add')} onPress={() => setOpen({ maximum: undefined })} />
        )
      }
    >
      <ControlledTabs />
      <Text size="sm" c="dimmed" maw={820}>
        {t('maxima.help')}
      </Text>
      <Card flush isBusy={maxima.isPlaceholderData}>
        {maxima.isPending && <LoadingRows />}
        {maxima.isError && <ErrorView error={maxima.error} retry={() => void maxima.refetch()} />}
        {maxima.data?.data.length === 0 && (
          <EmptyView title={t('maxima.empty')} hint={t('maxima.emptyHint')} />
        )}
        {maxima.data && maxima.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('maxima.title')}
              columns={columns}
              rows={maxima.data.data}
              rowKey={(row) => `${row.jurisdiction}${row.drugId}`}
            />
            <Pager
              meta={maxima.data.meta}
              onPage={(next) => void navigate({ search: { page: next }, replace: true })}
            />
          </div>
        )}
      </Card>
      <Dialog
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.maximum?.drugName ?? t('maxima.add')}
      >
        {open && <MaximumForm maximum={open.maximum} onClose={() => setOpen(undefined)} />}
      </Dialog>
    </Page>
  );
}

interface MaximumFormProps {
  maximum: ControlledMaximum | undefined;
  onClose: () => void;
}

function MaximumForm({ maximum, onClose }: MaximumFormProps) {
  const { t } = useTranslation();
  const [drug, setDrug] = useState<DrugHit | null>(null);
  const [jurisdiction, setJurisdiction] = useState<ControlledMaximum['jurisdiction']>(
    maximum?.jurisdiction ?? 'EG',
  );
  const [quantity, setQuantity] = useState(maximum?.quantity ?? '');
  const [source, setSource] = useState(maximum?.source ?? '');
  const done = (text: string) => () => {
    toastDone(text);
    onClose();
  };
  const save = useSetMaximum(done(t('maxima.saved')));
  const end = useEndMaximum(done(t('maxima.ended')));
  const drugId = maximum?.drugId ?? drug?.drugId;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (drugId !== undefined) save.mutate({ drugId, jurisdiction, quantity, source: source.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error ?? end.error} notSaved={t('maxima.notSaved')} />
        {!maximum && (
          <DrugPicker label={t('prescriptions.drug')} required autoFocus value={drug} onChange={setDrug} />
        )}
        <Group grow align="flex-start">
          <NativeSelect
            label={t('maxima.law')}
            disabled={maximum !== undefined}
            value={jurisdiction}
            onChange={(event) => setJurisdiction(event.currentTarget.value === 'US' ? 'US' : 'EG')}
            data={(['EG', 'US'] as const).map((value) => ({
              value,
              label: t(`branch.jurisdictions.${value}`),
            }))}
          />
          <DecimalInput
            label={t('maxima.quantity')}
            required
            value={quantity}
            onChange={setQuantity}
            error={fieldError(save.error, '/quantity')}
            data-autofocus={maximum ? true : undefined}
          />
        </Group>
        <TextInput
          label={t('maxima.source')}
          description={t('maxima.sourceHint')}
          required
          minLength={3}
          maxLength={300}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={drugId === undefined}>
          {maximum && (
            <Button
              variant="default"
              color="red"
              loading={end.isPending}
              title={t('maxima.endHint')}
              onClick={() => end.mutate(maximum)}
            >
              {t('maxima.end')}
            </Button>
          )}
        </FormFoot>
      </Stack>
    </form>
  );
}
