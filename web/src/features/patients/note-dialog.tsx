import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useUpdatePatient } from './patient-queries';

interface NoteDialogProps {
  patient: Patient;
  opened: boolean;
  onClose: () => void;
}

/** What is to be remembered of the patient, in words. Ctrl+Enter saves. */
export function NoteDialog({ patient, opened, onClose }: NoteDialogProps) {
  const { t } = useTranslation();
  const [notes, setNotes] = useState(patient.notes ?? '');
  const update = useUpdatePatient(patient, () => {
    toastDone(t('people.notes.saved'));
    onClose();
  });
  const save = () => update.mutate({ notes: notes.trim() === '' ? null : notes.trim() });

  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.notes.edit')}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <ProblemAlert problem={update.error} notSaved={t('patients.notSaved')} />
          <Textarea
            label={t('people.tab.notes')}
            description={t('people.notes.hint')}
            data-autofocus
            rows={6}
            maxLength={4000}
            value={notes}
            onChange={({ currentTarget: { value } }) => setNotes(value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !event.ctrlKey) return;
              event.preventDefault();
              save();
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
