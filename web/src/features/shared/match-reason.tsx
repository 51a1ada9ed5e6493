import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugHit, MatchKind } from '../../api/types';

/** Found by its own name: nothing to explain. */
const BY_NAME: readonly (MatchKind | null)[] = [null, 'exact', 'prefix', 'brand'];

/** Why a product was found when its name does not show it: "other name: APAP"; `after` parts it from what follows. */
export function MatchReason({ match, after }: { match: DrugHit['match']; after?: string }) {
  const { t } = useTranslation();
  const { kind } = match;
  if (kind === null || BY_NAME.includes(kind)) return null;
  const found = match.highlights.find((one) => one.field !== 'name' && one.field !== 'nameAr');
  return (
    <Text span size="xs" c="dimmed">
      {t(`matchKind.${kind}`)}
      {found && found.text.length <= 40 && (
        <>
          {': '}
          <bdi dir="auto">{found.text}</bdi>
        </>
      )}
      {after}
    </Text>
  );
}
