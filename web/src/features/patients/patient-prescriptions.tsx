import { Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionRow } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StopDialog } from '../prescriptions/stop-dialog';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { usePatientPrescriptions } from './patient-queries';

interface PatientPrescriptionsProps {
  patientId: number;
  /** Opens a fill of the prescription; nothing where nothing may be filled. */
  onRefill?: (prescriptionId: number) => void;
  /** Whether it may be said that a medicine is no longer taken. */
  mayStop?: boolean;
}

/** The patient's prescriptions, newest first; R fills the one that has the focus, O says that one transferred away is no longer taken. */
export function PatientPrescriptions({ patientId, onRefill, mayStop = false }: PatientPrescriptionsProps) {
  const { t } = useTranslation();
  const [selected, setSelected] = useState<number>();
  const [stopping, setStopping] = useState<number>();
  const prescriptions = usePatientPrescriptions(patientId);
  const isSelectedAway = prescriptions.data?.data.some(
    (row) => row.prescriptionId === selected && row.status === 'transferred',
  );
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
          onFocus={() => setSelected(row.prescriptionId)}
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
    <>
      {(onRefill ?? isSelectedAway) && (
        <Group px="md" pt={8}>
          {onRefill && (
            <KeyButton
              combo="R"
              label={t('people.refill')}
              variant="default"
              size="xs"
              disabled={selected === undefined}
              onPress={() => selected !== undefined && onRefill(selected)}
            />
          )}
          {mayStop && isSelectedAway && (
            <KeyButton
              combo="O"
              label={t('people.stop.open')}
              variant="default"
              size="xs"
              onPress={() => setStopping(selected)}
            />
          )}
        </Group>
      )}
      <StopDialog prescriptionId={stopping} onClose={() => setStopping(undefined)} />
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
            {...(selected === undefined ? {} : { selectedKey: selected })}
          />
        </div>
      )}
    </>
  );
}
