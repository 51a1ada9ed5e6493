import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FormulaSummary } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { CompoundingTabs } from './compounding-tabs';
import { useFormulas } from './compounding-queries';

const route = getRouteApi('/compounding/formulas');
const PAGE_SIZE = 20;

/** What is compounded here, by name. */
export function FormulasScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q, page, status } = route.useSearch();
  const navigate = route.useNavigate();
  const formulas = useFormulas({ q, status, page: page ?? 1, limit: PAGE_SIZE });
  const mayWrite = can('Compound') && can('VerifyPrescription');
  return (
    <ListScreen
      title={t('compounding.formulas')}
      actions={
        mayWrite && (
          <KeyButton
            combo="F9"
            label={t('compounding.newFormula')}
            onPress={() => void navigate({ to: '/compounding/formulas/new' })}
          />
        )
      }
      above={<CompoundingTabs />}
      search={{
        value: q,
        label: t('compounding.findFormula'),
        placeholder: t('compounding.findFormula'),
        focusLabel: t('prescriptions.focusSearch'),
        onSearch: (wanted) =>
          void navigate({ search: (before) => ({ ...before, q: wanted, page: undefined }), replace: true }),
      }}
      filters={
        <NativeSelect
          aria-label={t('compounding.state')}
          value={status ?? ''}
          onChange={(event) => {
            const wanted = event.currentTarget.value || undefined;
            void navigate({ search: (before) => ({ ...before, status: wanted, page: undefined }) });
          }}
          data={[
            { value: '', label: t('compounding.anyFormula') },
            { value: 'active', label: t('compounding.formulaStatus.active') },
            { value: 'retired', label: t('compounding.formulaStatus.retired') },
          ]}
        />
      }
      result={formulas}
      columns={useColumns()}
      rowKey={(row) => row.formulaId}
      empty={{ title: t('compounding.noFormula'), hint: t('compounding.noFormulaHint') }}
      onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
    />
  );
}

function useColumns(): Column<FormulaSummary>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'name',
      header: t('compounding.preparation'),
      cell: (row) => (
        <Link
          to="/compounding/formulas/$formulaId"
          params={{ formulaId: String(row.formulaId) }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{localName(row, i18n.language)}</bdi>
        </Link>
      ),
    },
    {
      id: 'yield',
      header: t('compounding.yield'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.yieldQuantity} unit={row.baseUnit} />,
    },
    {
      id: 'use',
      header: t('compounding.beyondUse'),
      cell: (row) => (
        <>
          {t('compounding.days', { count: row.beyondUseDays })} · {t(`storage.${row.storage}`)}
        </>
      ),
    },
    {
      id: 'items',
      header: t('compounding.ingredients'),
      numeric: true,
      cell: (row) => <Ltr>{row.itemCount}</Ltr>,
    },
    {
      id: 'price',
      header: t('compounding.priceOfYield'),
      numeric: true,
      cell: (row) =>
        Number.parseFloat(row.price) > 0 ? <MoneyText value={row.price} /> : t('compounding.noPriceYet'),
    },
    { id: 'state', header: t('compounding.state'), cell: (row) => <Marks formula={row} /> },
  ];
}

function Marks({ formula }: { formula: FormulaSummary }) {
  const { t } = useTranslation();
  return (
    <span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}>
      {formula.status === 'retired' && (
        <StatusBadge tone="neutral">{t('compounding.formulaStatus.retired')}</StatusBadge>
      )}
      {formula.ingredientStatus !== 'linked' && (
        <StatusBadge tone="warn">{t('compounding.notChecked')}</StatusBadge>
      )}
      {formula.hazardous && <StatusBadge tone="stop">{t('compounding.hazardous')}</StatusBadge>}
      {formula.requiresCheck && <StatusBadge tone="info">{t('compounding.twoPeople')}</StatusBadge>}
      {formula.controlledSchedule !== null && (
        <StatusBadge tone="warn">
          {t('compounding.controlled', { schedule: formula.controlledSchedule })}
        </StatusBadge>
      )}
    </span>
  );
}
