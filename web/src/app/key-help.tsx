import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyBinding, liveKeys, useKeys } from '../ui/hotkeys/hotkeys';
import { lazyPart } from '../ui/lazy-part';

const KeyHelpDialog = lazyPart(() => import('./key-help-dialog').then((module) => module.KeyHelpDialog));

/** F1 or ? lists the keys that act on the screen now. */
export function KeyHelp() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<readonly KeyBinding[]>();
  const open = () => setShown(liveKeys());
  useKeys([
    { combo: 'F1', label: t('keys.help'), run: open },
    { combo: '?', label: '', run: open },
  ]);
  return (
    <KeyHelpDialog opened={shown !== undefined} keys={shown ?? []} onClose={() => setShown(undefined)} />
  );
}
