import { useTranslation } from 'react-i18next';
import type { MatchKind } from '../../api/types';
import { Text } from '@mantine/core';

/** Why a hit matched, in a word. */
export function MatchBadge({ kind }: { kind: MatchKind | null }) {
  const { t } = useTranslation();
  return (
    <Text span size="sm" c="dimmed">
      {kind === null ? t('common.none') : t(`matchKind.${kind}`)}
    </Text>
  );
}
