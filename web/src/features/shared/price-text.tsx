import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero } from '../../ui/money.domain';

/** Price of a pack; 0 means that none is known, and then the product is not sold until one is set. */
export function PriceText({ value, strong = false }: { value: string; strong?: boolean }) {
  const { t } = useTranslation();
  if (decimalOrZero(value) > 0n) return <MoneyText value={value} strong={strong} />;
  return (
    <Text span size="sm" c="dimmed">
      {t('drugs.noPrice')}
    </Text>
  );
}
