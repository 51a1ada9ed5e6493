import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../../ui/hotkeys/key-button';

interface DidYouMeanProps {
  suggestion: string;
  onTake: (query: string) => void;
}

/** What was probably meant, one key away; what was found by close spelling is listed below it already. */
export function DidYouMean({ suggestion, onTake }: DidYouMeanProps) {
  const { t } = useTranslation();
  return (
    <Group gap={8} role="status">
      <Text size="sm">{t('drugs.didYouMean')}</Text>
      <KeyButton
        combo="Alt+M"
        label={t('drugs.takeSuggestion')}
        size="compact-sm"
        variant="light"
        onPress={() => onTake(suggestion)}
      >
        <bdi>{suggestion}</bdi>
      </KeyButton>
    </Group>
  );
}
