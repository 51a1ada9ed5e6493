import { Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Patient, PrescriptionRow } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { Card } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { usePrescriptions } from '../prescriptions/prescription-queries';

/** Nothing of a patient waits: where his prescriptions stand instead. */
export function NothingReady({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const prescriptions = usePrescriptions({ patientId: patient.patientId, limit: 10 });
  const columns: Column<PrescriptionRow>[] = [
    {
      id: 'number',
      header: t('prescriptions.number'),
      cell: (row) => (
        <Link
          className={rowLinkClass}
          to="/prescriptions/$prescriptionId"
          params={{ prescriptionId: String(row.prescriptionId) }}
        >
          <bdi dir="ltr">{row.rxNumber}</bdi>
        </Link>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    {
      id: 'status',
      header: t('prescriptions.status'),
      cell: (row) => <PrescriptionStatusBadge prescription={row} />,
    },
  ];
  return (
    <Card flush label={t('willCall.nothing')}>
      <Stack gap={0}>
        <EmptyView title={t('willCall.nothing')} hint={t('willCall.nothingHint')} />
        {prescriptions.isError && (
          <ErrorView error={prescriptions.error} retry={() => void prescriptions.refetch()} />
        )}
        {prescriptions.isPending && <LoadingRows rows={2} />}
        {prescriptions.data && prescriptions.data.data.length > 0 && (
          <DataTable
            label={t('prescriptions.title')}
            columns={columns}
            rows={prescriptions.data.data}
            rowKey={(row) => row.prescriptionId}
          />
        )}
      </Stack>
    </Card>
  );
}
