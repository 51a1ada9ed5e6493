import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { DrugHit, LostSaleNoted, LostSaleRow, NoteLostSale } from '../../api/types';
import { useSession } from '../../session/session';
import type { Column } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { CountText } from '../../ui/money-text';
import { MixedText } from '../../ui/mixed-text';
import { cleanZeros } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { DrugPicker } from '../shared/drug-picker';
import { DrugName } from '../shared/names';
import { QuantityIn, useUnitName } from '../shared/unit-text';
import { useLostSales } from './replenishment-queries';
import { ReplenishmentTabs } from './replenishment-tabs';

const route = getRouteApi('/inventory/replenishment');

/** What was wanted and not in stock, noted by refusals of the till and of fills, and by hand. */
export function LostSales() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { page } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useLostSales({ page: page ?? 1, limit: 20 });
  const [isNoteOpen, setIsNoteOpen] = useState(false);
  return (
    <>
      <ListScreen
        title={t('replenishment.title')}
        hint={t('replenishment.lostHint')}
        above={<ReplenishmentTabs />}
        actions={
          can('Sell') && (
            <KeyButton combo="F9" label={t('replenishment.note')} onPress={() => setIsNoteOpen(true)} />
          )
        }
        result={list}
        columns={useColumns()}
        rowKey={(row) => row.drugId}
        empty={{ title: t('replenishment.noLost'), hint: t('replenishment.noLostHint') }}
        onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      />
      <Dialog opened={isNoteOpen} onClose={() => setIsNoteOpen(false)} title={t('replenishment.note')}>
        <NoteForm onClose={() => setIsNoteOpen(false)} />
      </Dialog>
    </>
  );
}

function useColumns(): Column<LostSaleRow>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <MixedText text={i18n.language === 'ar' ? (row.drugNameAr ?? row.drugName) : row.drugName} />
      ),
    },
    {
      id: 'times',
      header: t('replenishment.times'),
      numeric: true,
      cell: (row) => <CountText value={row.times} />,
    },
    {
      id: 'quantity',
      header: t('replenishment.missing'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'where',
      header: t('replenishment.where'),
      cell: (row) => row.sources.map((source) => t(`replenishment.source.${source}`)).join(' · '),
    },
    { id: 'last', header: t('replenishment.last'), cell: (row) => <DateTimeText value={row.lastAt} /> },
    {
      id: 'now',
      header: t('replenishment.usable'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.available} unit={row.baseUnit} />,
    },
    {
      id: 'onOrder',
      header: t('replenishment.onOrder'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.onOrder} unit={row.baseUnit} />,
    },
  ];
}

/** Notes by hand that somebody left without what he wanted. */
function NoteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const queryClient = useQueryClient();
  const [drug, setDrug] = useState<DrugHit>();
  const [quantity, setQuantity] = useState('');
  const note = useMutation<LostSaleNoted, Problem, NoteLostSale>({
    mutationFn: (body) => api.post<LostSaleNoted>('/inventory/lost-sales', body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: [...keys.stock, 'reorder'] });
      onClose();
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!drug) return;
    note.mutate({
      drugId: drug.drugId,
      source: 'manual',
      ...(quantity === '' ? {} : { quantity: cleanZeros(quantity) }),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={note.error} notSaved={t('replenishment.notNoted')} />
        {drug ? (
          <Group justify="space-between">
            <DrugName drug={drug} />
            <Button size="compact-sm" variant="default" onClick={() => setDrug(undefined)}>
              {t('replenishment.otherProduct')}
            </Button>
          </Group>
        ) : (
          <DrugPicker
            label={t('stock.drug')}
            autoFocus
            value={null}
            clearAfterPick
            onChange={(found) => setDrug(found ?? undefined)}
          />
        )}
        {drug && (
          <DecimalInput
            label={t('replenishment.howMuch', { unit: nameOfUnit(drug.baseUnit, '10') })}
            placeholder={t('replenishment.aPack')}
            value={quantity}
            onChange={setQuantity}
            autoFocus
          />
        )}
        <FormFoot isSaving={note.isPending} onCancel={onClose} disabled={!drug} />
      </Stack>
    </form>
  );
}
