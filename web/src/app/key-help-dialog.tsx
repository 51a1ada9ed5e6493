import { Kbd, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog';
import type { KeyBinding } from '../ui/hotkeys/hotkeys';
import classes from './shell.module.css';

interface KeyHelpDialogProps {
  opened: boolean;
  keys: readonly KeyBinding[];
  onClose: () => void;
}

/** The list of keys that act on the screen now. */
export function KeyHelpDialog({ opened, keys, onClose }: KeyHelpDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog size="xl" opened={opened} onClose={onClose} title={t('keys.title')} closeOnClickOutside>
      <dl className={classes['keys']}>
        {keys.map((binding) => (
          <div key={binding.combo}>
            <dt>
              <Kbd dir="ltr">{binding.combo}</Kbd>
            </dt>
            <dd>{binding.label}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed" mt="sm">
        {t('keys.scanHint')}
      </Text>
    </Dialog>
  );
}
