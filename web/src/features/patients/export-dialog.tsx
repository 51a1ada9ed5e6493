import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { openPrintable } from '../../api/printable';
import type { Problem } from '../../api/problem';
import type { PatientExport } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { toastDone } from '../../ui/toasts';

interface ExportDialogProps {
  patientId: number;
  opened: boolean;
  onClose: () => void;
}

/** Everything held about one person, as a page to print or as data; why it is handed out is kept. */
export function ExportDialog({ patientId, opened, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const done = () => {
    toastDone(t('people.export.done'));
    setReason('');
    onClose();
  };
  const asData = useMutation<PatientExport, Problem>({
    mutationFn: () => api.post<PatientExport>(`/patients/${patientId}/exports`, { reason: reason.trim() }),
    onSuccess: (data) => {
      const json = JSON.stringify(data, null, 2);
      saveFile(`patient-${patientId}.json`, json, 'application/json');
      done();
    },
  });
  const asPage = useMutation<void, Problem>({
    mutationFn: () =>
      openPrintable(`/patients/${patientId}/exports/print`, undefined, { reason: reason.trim() }),
    onSuccess: done,
  });
  const isReady = reason.trim() !== '';
  const isBusy = asData.isPending || asPage.isPending;

  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.export.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) asPage.mutate();
        }}
      >
        <Stack gap="sm">
          <ProblemAlert problem={asData.error ?? asPage.error} />
          <Text size="sm">{t('people.export.hint')}</Text>
          <TextInput
            label={t('people.export.reason')}
            data-autofocus
            required
            maxLength={500}
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="default"
              disabled={!isReady || asPage.isPending}
              loading={asData.isPending}
              onClick={() => asData.mutate()}
            >
              {t('people.export.json')}
            </Button>
            <Button type="submit" disabled={!isReady || asData.isPending} loading={asPage.isPending}>
              {t('people.export.page')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
