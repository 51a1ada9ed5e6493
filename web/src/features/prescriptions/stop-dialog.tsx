import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { PrescriptionDetail, ReportStop } from '../../api/types';
import { DateText, todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { MixedText } from '../../ui/mixed-text';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { localName } from '../shared/names';
import { usePrescription } from './prescription-queries';

interface StopDialogProps {
  /** A prescription that was transferred; undefined: the dialog is closed. */
  prescriptionId: number | undefined;
  onClose: () => void;
}

/** Asks since when a medicine whose prescription went to another pharmacy is no longer taken. It is said once and stays. */
export function StopDialog({ prescriptionId, onClose }: StopDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={prescriptionId !== undefined} onClose={onClose} title={t('people.stop.title')}>
      {prescriptionId !== undefined && <StopForm prescriptionId={prescriptionId} onClose={onClose} />}
    </Dialog>
  );
}

function StopForm({ prescriptionId, onClose }: { prescriptionId: number; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  const prescription = usePrescription(prescriptionId);
  const [stoppedOn, setStoppedOn] = useState(todayLocal());
  const [note, setNote] = useState('');
  const report = useMutation<PrescriptionDetail, Problem, ReportStop>({
    mutationFn: (body) => api.post<PrescriptionDetail>(`/prescriptions/${prescriptionId}/report-stop`, body),
    onSuccess: async () => {
      // What is taken together has changed: so has what screening says of the patient.
      await Promise.all(
        [keys.prescriptions, keys.patients].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
      toastDone(t('people.stop.saved'));
      onClose();
    },
  });
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  const order = prescription.data;
  if (order?.stop)
    return (
      <Text>
        {t('people.stop.reported')} <DateText value={order.stop.stoppedOn} /> ·{' '}
        <bdi>{order.stop.userName}</bdi>
      </Text>
    );

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    report.mutate({ stoppedOn, ...(note.trim() === '' ? {} : { note: note.trim() }) });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={report.error} notSaved={t('prescriptions.notChanged')} />
        {order && (
          <Text fw={600}>
            <MixedText text={localName({ name: order.drugName, nameAr: order.drugNameAr }, i18n.language)} />
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('people.stop.hint')}
        </Text>
        <TextInput
          type="date"
          label={t('people.stop.on')}
          required
          min={order?.prescribedDate}
          max={todayLocal()}
          value={stoppedOn}
          onChange={(event) => setStoppedOn(event.currentTarget.value)}
          error={fieldError(report.error, '/stoppedOn')}
          data-autofocus
        />
        <Textarea
          label={t('people.stop.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot isSaving={report.isPending} onCancel={onClose} saveLabel={t('people.stop.submit')} />
      </Stack>
    </form>
  );
}
