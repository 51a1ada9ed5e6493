import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { CreatePrescriber, Prescriber, UpdatePrescriber } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';

interface PrescriberDialogProps {
  /** Whose entry is changed; none: a new one is made. */
  prescriber: Prescriber | undefined;
  opened: boolean;
  onClose: () => void;
}

const FIELDS = [
  { name: 'firstName', required: true },
  { name: 'lastName', required: true },
  { name: 'firstNameAr', required: false },
  { name: 'lastNameAr', required: false },
  { name: 'licenceNumber', required: true },
  { name: 'authorityNumber', required: false },
  { name: 'specialty', required: false },
  { name: 'phone', required: false },
] as const;
type Field = (typeof FIELDS)[number]['name'];

/** Fields written from left to right in every language. */
const LTR: ReadonlySet<Field> = new Set(['licenceNumber', 'authorityNumber', 'phone']);

/** Enters a prescriber, or changes what is known of one. */
export function PrescriberDialog({ prescriber, opened, onClose }: PrescriberDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Partial<Record<Field, string>>>(() =>
    Object.fromEntries(FIELDS.map(({ name }) => [name, prescriber?.[name] ?? ''])),
  );
  const [validUntil, setValidUntil] = useState(prescriber?.licenceValidUntil ?? '');
  const [isActive, setIsActive] = useState(prescriber?.active ?? true);
  const save = useMutation<Prescriber, Problem, CreatePrescriber>({
    mutationFn: (body) => {
      if (!prescriber) return api.post<Prescriber>('/prescribers', body);
      const change: UpdatePrescriber = { ...body, active: isActive, version: prescriber.version };
      return api.patch<Prescriber>(`/prescribers/${prescriber.prescriberId}`, change);
    },
    onSuccess: async () => {
      toastDone(t('people.prescriber.saved'));
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.prescriberLists });
    },
  });
  const of = (name: Field): string => (draft[name] ?? '').trim();
  const isComplete = FIELDS.every(({ name, required }) => !required || of(name) !== '');

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete) return;
    const optional = (name: Field): string | null => (of(name) === '' ? null : of(name));
    save.mutate({
      firstName: of('firstName'),
      lastName: of('lastName'),
      firstNameAr: optional('firstNameAr'),
      lastNameAr: optional('lastNameAr'),
      licenceNumber: of('licenceNumber'),
      authorityNumber: optional('authorityNumber'),
      licenceValidUntil: validUntil === '' ? null : validUntil,
      specialty: optional('specialty'),
      phone: optional('phone'),
    });
  }

  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(prescriber ? 'people.prescriber.change' : 'people.prescriber.new')}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={save.error} notSaved={t('patients.notSaved')} />
          <SimpleGrid cols={2} spacing="sm">
            {FIELDS.map(({ name, required }, at) => (
              <TextInput
                key={name}
                label={t(`people.prescriber.${name}`)}
                required={required}
                maxLength={200}
                {...(at === 0 ? { 'data-autofocus': true } : {})}
                {...(LTR.has(name) ? { dir: 'ltr' as const } : {})}
                value={draft[name] ?? ''}
                onChange={({ currentTarget: { value } }) => setDraft({ ...draft, [name]: value })}
              />
            ))}
            <TextInput
              label={t('people.prescriber.licenceValidUntil')}
              type="date"
              value={validUntil}
              onChange={({ currentTarget: { value } }) => setValidUntil(value)}
            />
          </SimpleGrid>
          {prescriber && (
            <Checkbox
              label={t('people.prescriber.active')}
              checked={isActive}
              onChange={({ currentTarget: { checked } }) => setIsActive(checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isComplete}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
