import { Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';

interface ReasonDialogProps {
  title: string;
  hint: string;
  /** What did not happen, where it is refused. */
  notSaved: string;
  /** False: it may be left empty. */
  isRequired?: boolean;
  opened: boolean;
  onClose: () => void;
  command: { isPending: boolean; error: Problem | null };
  onSubmit: (reason: string) => void;
  children?: ReactNode;
}

/** Asks why, before something is done that stays on record. */
export function ReasonDialog(props: ReasonDialogProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <ReasonForm {...props} />
    </Dialog>
  );
}

function ReasonForm({
  title,
  hint,
  notSaved,
  isRequired = true,
  onClose,
  command,
  onSubmit,
  children,
}: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const said = reason.trim();
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit(said);
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{hint}</Text>
        <ProblemAlert problem={command.error} notSaved={notSaved} />
        {children}
        <TextInput
          label={t('transition.reason')}
          required={isRequired}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={command.isPending}
          onCancel={onClose}
          saveLabel={title}
          disabled={isRequired && said.length < 3}
        />
      </Stack>
    </form>
  );
}
