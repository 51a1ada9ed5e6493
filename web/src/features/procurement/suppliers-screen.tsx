import { NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Supplier } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { ProcurementTabs } from './procurement-tabs';
import { useSuppliers } from './procurement-queries';
import { SupplierDialog } from './supplier-dialog';

const route = getRouteApi('/purchasing/suppliers');

/** Who is ordered from, and on which terms. */
export function SuppliersScreen() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<{ supplier: Supplier | undefined }>();
  const isOld = search.status === 'inactive';
  const list = useSuppliers({ q: search.q, active: !isOld, page: search.page ?? 1, limit: 20 });
  const columns: Column<Supplier>[] = [
    {
      id: 'name',
      header: t('procurement.supplier'),
      cell: (row) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          onClick={() => setOpened({ supplier: row })}
        >
          <bdi>{localName(row, i18n.language)}</bdi>
        </button>
      ),
    },
    { id: 'phone', header: t('procurement.field.phone'), cell: (row) => <Ltr>{row.phone ?? ''}</Ltr> },
    { id: 'email', header: t('procurement.field.email'), cell: (row) => <Ltr>{row.email ?? ''}</Ltr> },
    {
      id: 'lead',
      header: t('procurement.field.leadTimeDays'),
      numeric: true,
      cell: (row) => t('procurement.days', { count: row.leadTimeDays }),
    },
    {
      id: 'shelf',
      header: t('procurement.field.minShelfLifeDays'),
      numeric: true,
      cell: (row) => t('procurement.days', { count: row.minShelfLifeDays }),
    },
    {
      id: 'active',
      header: t('stock.status'),
      cell: (row) => (
        <StatusBadge tone={row.active ? 'ok' : 'neutral'}>
          {t(row.active ? 'procurement.active' : 'procurement.inactive')}
        </StatusBadge>
      ),
    },
  ];
  return (
    <>
      <ListScreen
        title={t('procurement.suppliers')}
        above={<ProcurementTabs />}
        actions={
          can('WriteProcurement') && (
            <KeyButton
              combo="F9"
              label={t('procurement.newSupplier')}
              onPress={() => setOpened({ supplier: undefined })}
            />
          )
        }
        search={{
          value: search.q,
          label: t('procurement.findSupplier'),
          placeholder: t('procurement.findSupplier'),
          focusLabel: t('procurement.findSupplier'),
          onSearch: (q) =>
            void navigate({ search: (previous) => ({ ...previous, q, page: undefined }), replace: true }),
        }}
        filters={
          <NativeSelect
            aria-label={t('stock.status')}
            size="md"
            value={isOld ? 'inactive' : ''}
            onChange={(event) =>
              void navigate({
                search: (previous) => ({
                  ...previous,
                  status: event.currentTarget.value || undefined,
                  page: undefined,
                }),
                replace: true,
              })
            }
            data={[
              { value: '', label: t('procurement.active') },
              { value: 'inactive', label: t('procurement.inactive') },
            ]}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.supplierId}
        empty={{ title: t('procurement.noSupplierYet'), hint: t('procurement.noSupplierHint') }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <SupplierDialog
        key={opened?.supplier?.supplierId ?? 0}
        opened={opened !== undefined}
        supplier={opened?.supplier}
        onClose={() => setOpened(undefined)}
      />
    </>
  );
}
