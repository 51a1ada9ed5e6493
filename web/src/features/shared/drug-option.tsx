import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugHit } from '../../api/types';
import { StatusBadge } from '../../ui/status-badge';
import { LocalName } from './form-names';
import { Highlighted } from './highlighted';
import { MatchReason } from './match-reason';
import { IngredientsText } from './names';
import { PriceText, UnitPriceText } from './price-text';
import { StockBadge } from './stock-badge';

/** A product as one line of a list to choose from: what tells one pack from another, and why it was found. */
export function DrugOption({ drug }: { drug: DrugHit }) {
  const { t } = useTranslation();
  const isArabicHit = drug.match.highlights.some((one) => one.field === 'nameAr');
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Stack gap={0} miw={0}>
        {/* Never cut: in right-to-left text the beginning would go, and 250 mg would read 50 mg. */}
        <Text size="sm" fw={600}>
          <Highlighted text={drug.name} highlights={drug.match.highlights} field="name" />
          {isArabicHit && drug.nameAr !== null && (
            <>
              {' · '}
              <Highlighted text={drug.nameAr} highlights={drug.match.highlights} field="nameAr" />
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={1}>
          <MatchReason match={drug.match} after=" · " />
          <IngredientsText ingredients={drug.ingredients} />
          {drug.dosageForm !== null && (
            <>
              {' · '}
              <LocalName list="dosageForm" name={drug.dosageForm} />
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
        {drug.rxOnly && <StatusBadge tone="info">{t('drugs.rxShort')}</StatusBadge>}
        {drug.status !== 'active' && <StatusBadge tone="stop">{t(`drugStatus.${drug.status}`)}</StatusBadge>}
        <Stack gap={0} align="flex-end">
          <Text size="sm">
            <PriceText value={drug.price} withCurrency />
          </Text>
          <UnitPriceText drug={drug} />
        </Stack>
        <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
      </Group>
    </Group>
  );
}
