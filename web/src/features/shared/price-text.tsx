import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugHit } from '../../api/types';
import { useSession } from '../../session/session';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero, formatMoney, priceOf } from '../../ui/money.domain';
import { useCurrency } from './currency';
import { useUnitName } from './unit-text';

interface PriceTextProps {
  value: string;
  strong?: boolean;
  /** Names the currency; left out where a heading names it. */
  withCurrency?: boolean;
}

/** Price of a pack; 0 means that none is known, and then the product is not sold until one is set. */
export function PriceText({ value, strong = false, withCurrency = false }: PriceTextProps) {
  const { t } = useTranslation();
  const currency = useCurrency();
  if (decimalOrZero(value) <= 0n) {
    return (
      <Text span size="sm" c="dimmed">
        {t('drugs.noPrice')}
      </Text>
    );
  }
  return (
    <>
      <MoneyText value={value} strong={strong} />
      {withCurrency && currency !== '' && (
        <Text span size="xs" c="dimmed">
          {' '}
          <bdi>{currency}</bdi>
        </Text>
      )}
    </>
  );
}

/** Smaller prices of a unit are shown to a tenth of a coin, so that two of them can be told apart. */
const SMALL = 100n;

/** "2.94 per capsule", what one base unit of the pack costs; nothing where the pack is the unit or has no price. */
export function UnitPriceText({ drug }: { drug: Pick<DrugHit, 'price' | 'unitsPerPack' | 'baseUnit'> }) {
  const { t } = useTranslation();
  const decimals = useSession().branch?.currencyDecimals ?? 2;
  const nameOf = useUnitName();
  const units = decimalOrZero(drug.unitsPerPack);
  const price = decimalOrZero(drug.price);
  if (price <= 0n || units <= 1000n) return null;
  const exact = priceOf(price, 1000n, units, 3);
  const shown = exact < SMALL ? exact : priceOf(exact, 1000n, 1000n, decimals);
  return (
    <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      <Ltr>{formatMoney(shown)}</Ltr> {t('drugs.perUnit', { unit: nameOf(drug.baseUnit) })}
    </Text>
  );
}
