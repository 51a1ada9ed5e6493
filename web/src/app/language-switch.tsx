import { Button, useDirection } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, LANGUAGES, switchLanguage } from '../i18n/i18n';

/** Switches between English and Arabic; the button is written in the language it leads to. */
export function LanguageSwitch() {
  useTranslation();
  const { setDirection } = useDirection();
  const other = currentLanguage() === 'en' ? 'ar' : 'en';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      leftSection={<IconLanguage size={18} />}
      lang={other}
      onClick={() => {
        void switchLanguage(other).then(() => setDirection(LANGUAGES[other].dir));
      }}
    >
      {LANGUAGES[other].label}
    </Button>
  );
}
