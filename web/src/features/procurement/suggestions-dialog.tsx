import { Checkbox, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuggestionPage, SuggestionsOrdered } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useOrderSuggestions, useSuggestions } from './procurement-queries';

interface SuggestionsProps {
  opened: boolean;
  onClose: () => void;
}

type Suggestion = SuggestionPage['data'][number];

/** Drafts of what is suggested to be bought now, one a supplier. */
export function SuggestionsDialog(props: SuggestionsProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} size="xl" title={t('procurement.fromSuggestions')}>
      <Suggestions {...props} />
    </Dialog>
  );
}

function Suggestions({ onClose }: SuggestionsProps) {
  const { t } = useTranslation();
  const list = useSuggestions();
  if (list.isPending) return <LoadingRows />;
  if (list.isError) return <ErrorView error={list.error} retry={() => void list.refetch()} />;
  const rows = list.data.data.filter(({ packs }) => packs > 0);
  if (rows.length === 0)
    return <EmptyView title={t('procurement.nothingToBuy')} hint={t('procurement.nothingToBuyHint')} />;
  return <SuggestionsForm rows={rows} onClose={onClose} />;
}

function SuggestionsForm({ rows, onClose }: { rows: readonly Suggestion[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<ReadonlySet<number>>(
    () => new Set(rows.filter(({ supplierId }) => supplierId === null).map(({ drugId }) => drugId)),
  );
  const [answer, setAnswer] = useState<SuggestionsOrdered>();
  const order = useOrderSuggestions(setAnswer);
  const chosen = rows.filter(({ drugId }) => !left.has(drugId));
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (answer) return onClose();
    order.mutate({ drugIds: chosen.map(({ drugId }) => drugId), reviewDays: 7, safetyDays: 3 });
  }
  const columns: Column<Suggestion>[] = [
    {
      id: 'take',
      header: t('stock.drug'),
      cell: (row) => (
        <Checkbox
          label={<MixedText text={row.drugName} />}
          checked={!left.has(row.drugId)}
          disabled={row.supplierId === null}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setLeft((before) => {
              const after = new Set(before);
              if (checked) after.delete(row.drugId);
              else after.add(row.drugId);
              return after;
            });
          }}
        />
      ),
    },
    { id: 'packs', header: t('procurement.packs'), numeric: true, cell: (row) => <Ltr>{row.packs}</Ltr> },
    {
      id: 'supplier',
      header: t('procurement.supplier'),
      cell: (row) => <bdi>{row.supplierName ?? t('procurement.noSupplier')}</bdi>,
    },
  ];
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('procurement.suggestionsHint')}</Text>
        <ProblemAlert problem={order.error} notSaved={t('procurement.notSaved')} />
        {answer ? (
          <Notice tone="ok" title={t('procurement.drafted', { count: answer.orders.length })}>
            {answer.left.length > 0 && (
              <Text size="sm">{t('procurement.leftOut', { count: answer.left.length })}</Text>
            )}
          </Notice>
        ) : (
          <DataTable
            label={t('procurement.fromSuggestions')}
            columns={columns}
            rows={rows}
            rowKey={({ drugId }) => drugId}
          />
        )}
        <FormFoot
          isSaving={order.isPending}
          onCancel={onClose}
          saveLabel={answer ? t('common.close') : t('procurement.draftThem', { count: chosen.length })}
          disabled={!answer && chosen.length === 0}
        />
      </Stack>
    </form>
  );
}
