import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PrescriptionRow } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { usePatientPrescriptions } from './patient-queries';

/** The patient's prescriptions, newest first. */
export function PatientPrescriptions({ patientId }: { patientId: number }) {
  const { t } = useTranslation();
  const prescriptions = usePatientPrescriptions(patientId);
  const columns: Column<PrescriptionRow>[] = [
    {
      id: 'rx',
      header: t('prescriptions.number'),
      cell: (row) => (
        <Link
          to="/prescriptions/$prescriptionId"
          params={{ prescriptionId: String(row.prescriptionId) }}
          className={rowLinkClass}
          data-row-link
        >
          <Ltr>{row.rxNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    { id: 'sig', header: t('prescriptions.sig'), cell: (row) => <bdi>{row.sig}</bdi> },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'refills',
      header: t('prescriptions.refillsLeft'),
      numeric: true,
      cell: (row) => <Ltr>{row.refillsRemaining}</Ltr>,
    },
    { id: 'date', header: t('prescriptions.date'), cell: (row) => <DateText value={row.prescribedDate} /> },
    {
      id: 'status',
      header: t('prescriptions.status'),
      cell: (row) => <PrescriptionStatusBadge prescription={row} />,
    },
  ];
  return (
    <Card flush label={t('prescriptions.title')}>
      <Title order={2} px="md" pt={12} pb={4}>
        {t('prescriptions.title')}
      </Title>
      {prescriptions.isPending && <LoadingRows rows={3} />}
      {prescriptions.isError && (
        <ErrorView error={prescriptions.error} retry={() => void prescriptions.refetch()} />
      )}
      {prescriptions.data?.data.length === 0 && <EmptyView title={t('patients.noPrescriptions')} />}
      {prescriptions.data && prescriptions.data.data.length > 0 && (
        <div onKeyDown={moveThroughRows}>
          <DataTable
            label={t('prescriptions.title')}
            columns={columns}
            rows={prescriptions.data.data}
            rowKey={(row) => row.prescriptionId}
          />
        </div>
      )}
    </Card>
  );
}
