import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { UserRow } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';

const METHODS = ['in-person', 'document', 'call-back', 'vouched-for'] as const;
type Method = (typeof METHODS)[number];

interface ResetFactorsProps {
  user: UserRow;
  onClose: () => void;
}

/** Takes the second factors of somebody away, and asks how it was made sure that it is him. */
export function ResetFactorsDialog({ user, onClose }: ResetFactorsProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('access.resetFactorsOf', { name: user.fullName })}>
      <ResetFactorsForm user={user} onClose={onClose} />
    </Dialog>
  );
}

function ResetFactorsForm({ user, onClose }: ResetFactorsProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [method, setMethod] = useState<Method>('in-person');
  const [note, setNote] = useState('');
  const reset = useMutation<void, Problem>({
    mutationFn: () =>
      api.delete(`/users/${user.userId}/mfa`, {
        method,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      toastDone(t('access.factorsRemoved'));
      await queryClient.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    reset.mutate();
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('access.resetFactorsHint')}
        </Text>
        <ProblemAlert problem={reset.error} notSaved={t('access.notChanged')} />
        <Radio.Group
          label={t('access.identityCheck')}
          value={method}
          onChange={(value) => setMethod(METHODS.find((one) => one === value) ?? 'in-person')}
        >
          <Stack gap="xs" mt="xs">
            {METHODS.map((one, index) => (
              <Radio
                key={one}
                value={one}
                label={t(`access.identity.${one}`)}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t(method === 'vouched-for' ? 'access.voucher' : 'access.identityNote')}
          value={note}
          maxLength={500}
          autosize
          minRows={2}
          required={method === 'vouched-for'}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot isSaving={reset.isPending} onCancel={onClose} saveLabel={t('access.resetFactors')} />
      </Stack>
    </form>
  );
}
