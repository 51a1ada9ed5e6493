import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

interface FormFootProps {
  isSaving: boolean;
  onCancel: () => void;
  /** Text of the button that saves, where it is more than "Save". */
  saveLabel?: string;
  disabled?: boolean;
  /** The form asks for nothing: the cursor begins on the button that saves. */
  isFocused?: boolean;
  /** At the other end, such as a button that deletes. */
  children?: ReactNode;
}

/** The end of a form in a dialog: Cancel and Save, always in the same place. */
export function FormFoot({ isSaving, onCancel, saveLabel, disabled, isFocused, children }: FormFootProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" className={classes['foot']}>
      <div>{children}</div>
      <Group gap="sm">
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={isSaving} disabled={disabled} data-autofocus={isFocused}>
          {saveLabel ?? t('common.save')}
        </Button>
      </Group>
    </Group>
  );
}
