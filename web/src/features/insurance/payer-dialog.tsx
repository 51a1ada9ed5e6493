import { Checkbox, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payer } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { useSavePayer } from './insurance-queries';

interface PayerDialogProps {
  opened: boolean;
  payer: Payer | undefined;
  onClose: () => void;
  onSaved: (payer: Payer) => void;
}

/** A new payer, or a change of one. */
export function PayerDialog({ opened, payer, onClose, onSaved }: PayerDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t(payer ? 'payers.edit' : 'payers.new')}>
      {opened && <PayerForm payer={payer} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function PayerForm({ payer, onClose, onSaved }: Omit<PayerDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [name, setName] = useState(payer?.name ?? '');
  const [nameAr, setNameAr] = useState(payer?.nameAr ?? '');
  const [format, setFormat] = useState(payer?.memberFormat ?? '');
  const [active, setActive] = useState(payer?.active ?? true);
  const save = useSavePayer(payer, (saved) => {
    onClose();
    onSaved(saved);
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      name: name.trim(),
      nameAr: orNull(nameAr),
      memberFormat: orNull(format),
      ...(payer ? { active } : {}),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('claims.notSaved')} />
        <TextInput
          label={t('payers.name')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('payers.nameAr')}
          maxLength={200}
          dir="rtl"
          value={nameAr}
          onChange={(event) => setNameAr(event.currentTarget.value)}
        />
        <TextInput
          label={t('payers.memberFormat')}
          description={t('payers.memberFormatHint')}
          maxLength={100}
          dir="ltr"
          value={format}
          onChange={(event) => setFormat(event.currentTarget.value)}
          error={fieldError(save.error, '/memberFormat')}
        />
        {payer && (
          <Checkbox
            label={t('payers.inUse')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
        )}
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
