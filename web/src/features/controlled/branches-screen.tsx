import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchSettings } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useBranches } from '../admin/admin-queries';
import { localName } from '../shared/names';
import { BranchForm } from './branch-form';

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
        {open && <BranchForm key={open.branchId} branch={open} onClose={() => setOpen(undefined)} />}
      </Dialog>
    </Page>
  );
}
