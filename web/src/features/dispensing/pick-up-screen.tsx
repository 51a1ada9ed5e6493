import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Patient } from '../../api/types';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Card, Page } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { PatientPicker } from '../shared/patient-picker';
import { usePrescription } from '../prescriptions/prescription-queries';
import { useStation } from './dispensing-queries';
import { PickUpBags } from './pick-up-bags';

const route = getRouteApi('/dispensing/pick-up');

/** Hands over what waits: the bag is scanned or the patient found, one more particular is asked for, everything ready goes along. */
export function PickUpScreen() {
  const { fillId, patientId } = route.useSearch();
  if (patientId !== undefined) return <OfPatient key={patientId} patientId={patientId} />;
  if (fillId !== undefined) return <OfFill key={fillId} fillId={fillId} />;
  return <Find />;
}

function Find() {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ combo: 'F2', label: t('prescriptions.toPatient'), run: () => field.current?.focus() }]);
  return (
    <Page title={t('willCall.pickUpTitle')}>
      <Card>
        <Stack gap="sm">
          <PatientPicker
            ref={field}
            label={t('willCall.whose')}
            combo="F2"
            autoFocus
            value={null}
            onChange={(patient) => patient && void navigate({ search: { patientId: patient.patientId } })}
          />
          <EmptyView title={t('willCall.scanBag')} hint={t('willCall.scanBagHint')} />
        </Stack>
      </Card>
    </Page>
  );
}

/** The patient of a bag that was scanned. */
function OfFill({ fillId }: { fillId: number }) {
  const station = useStation(fillId);
  const prescriptionId = station.data?.fill.prescriptionId;
  const prescription = usePrescription(prescriptionId ?? 0, { enabled: prescriptionId !== undefined });
  if (station.isError) return <ErrorView error={station.error} retry={() => void station.refetch()} />;
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!prescription.data) return <LoadingRows />;
  return <OfPatient patientId={prescription.data.patientId} />;
}

function OfPatient({ patientId }: { patientId: number }) {
  const { t } = useTranslation();
  const patient = useQuery({
    queryKey: keys.patient(patientId),
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${patientId}`, undefined, signal),
  });
  if (patient.isError) return <ErrorView error={patient.error} retry={() => void patient.refetch()} />;
  return (
    <Page title={t('willCall.pickUpTitle')}>
      {patient.data ? <PickUpBags patient={patient.data} /> : <LoadingRows />}
      <Text size="sm" c="dimmed">
        {t('willCall.scanNext')}
      </Text>
    </Page>
  );
}
