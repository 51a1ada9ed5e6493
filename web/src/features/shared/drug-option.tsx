import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugHit } from '../../api/types';
import { PriceText } from './price-text';
import { StatusBadge } from '../../ui/status-badge';
import { Highlighted } from './highlighted';
import { MatchReason } from './match-reason';
import { IngredientsText } from './names';
import { StockBadge } from './stock-badge';

/** A product as one line of a list to choose from: what tells one pack from another, and why it was found. */
export function DrugOption({ drug }: { drug: DrugHit }) {
  const { t } = useTranslation();
  const isArabicHit = drug.match.highlights.some((one) => one.field === 'nameAr');
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Stack gap={0} miw={0}>
        <Text size="sm" fw={600} truncate>
          <Highlighted text={drug.name} highlights={drug.match.highlights} field="name" />
          {isArabicHit && drug.nameAr !== null && (
            <>
              {' · '}
              <Highlighted text={drug.nameAr} highlights={drug.match.highlights} field="nameAr" />
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          <IngredientsText ingredients={drug.ingredients} />
          {drug.dosageForm !== null && (
            <>
              {' · '}
              <bdi>{drug.dosageForm}</bdi>
            </>
          )}
          {drug.company !== null && (
            <>
              {' · '}
              <bdi>{drug.company}</bdi>
            </>
          )}
        </Text>
      </Stack>
      <Group gap="xs" wrap="nowrap" style={{ whiteSpace: 'nowrap' }}>
        <MatchReason match={drug.match} />
        {drug.status !== 'active' && <StatusBadge tone="stop">{t(`drugStatus.${drug.status}`)}</StatusBadge>}
        <Text size="sm">
          <PriceText value={drug.price} />
        </Text>
        <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
      </Group>
    </Group>
  );
}
