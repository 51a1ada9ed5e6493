import { Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OwedFill } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { useOwedFills } from './dispensing-queries';

/** Most rests of each kind on one screen; the oldest come first. */
const MOST = 50;

/** What is owed to patients: first what stock completes now, which Enter begins; then what still waits for a delivery. */
export function OwedScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('willCall.owed.title')} hint={t('willCall.owed.hint')}>
      <Stack gap={12} onKeyDown={moveThroughRows}>
        <Owed completable />
        <Owed completable={false} />
      </Stack>
    </Page>
  );
}

function Owed({ completable }: { completable: boolean }) {
  const { t } = useTranslation();
  const owed = useOwedFills({ completable, limit: MOST });
  const title = t(completable ? 'willCall.owed.inStock' : 'willCall.owed.waiting');
  return (
    <Card flush label={title}>
      <Title order={2} px="md" pt={12} pb={4}>
        {title}
      </Title>
      {owed.isError && <ErrorView error={owed.error} retry={() => void owed.refetch()} />}
      {owed.isPending && <LoadingRows rows={3} />}
      {owed.data &&
        (owed.data.data.length === 0 ? (
          <EmptyView
            title={t(completable ? 'willCall.owed.noneInStock' : 'willCall.owed.noneWaiting')}
            hint={completable ? t('willCall.owed.noneHint') : undefined}
          />
        ) : (
          <Rows title={title} rows={owed.data.data} isBegun={completable} />
        ))}
    </Card>
  );
}

function Rows({ title, rows, isBegun }: { title: string; rows: readonly OwedFill[]; isBegun: boolean }) {
  const { t, i18n } = useTranslation();
  const columns: Column<OwedFill>[] = [
    {
      id: 'go',
      header: t('prescriptions.number'),
      cell: (row) => {
        const params = { prescriptionId: String(row.prescriptionId) };
        return (
          <Link
            className={rowLinkClass}
            data-row-link
            to={isBegun ? '/dispensing/start/$prescriptionId' : '/prescriptions/$prescriptionId'}
            params={params}
          >
            <Ltr>{row.rxNumber}</Ltr>
          </Link>
        );
      },
    },
    {
      id: 'patient',
      header: t('prescriptions.patient'),
      cell: (row) => (
        <bdi>{localName({ name: row.patientName, nameAr: row.patientNameAr }, i18n.language)}</bdi>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    {
      id: 'owed',
      header: t('willCall.owed.quantity'),
      cell: (row) => (
        <strong>
          <QuantityIn value={row.quantityOwed} unit={row.baseUnit} />
        </strong>
      ),
    },
    {
      id: 'stock',
      header: t('willCall.owed.stock'),
      cell: (row) => <QuantityIn value={row.stockOnHand} unit={row.baseUnit} />,
    },
    {
      id: 'since',
      header: t('willCall.owed.since'),
      cell: (row) => (
        <>
          <DateText value={row.owedSince} />{' '}
          <StatusBadge tone={row.daysOwed >= 3 ? 'warn' : 'neutral'}>
            {t('willCall.owed.days', { count: row.daysOwed })}
          </StatusBadge>
        </>
      ),
    },
    { id: 'until', header: t('prescriptions.validTo'), cell: (row) => <DateText value={row.expiresOn} /> },
  ];
  return <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => row.prescriptionId} />;
}
