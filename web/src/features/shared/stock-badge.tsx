import { useTranslation } from 'react-i18next';
import { decimalOrZero } from '../../ui/money.domain';
import { StatusBadge } from '../../ui/status-badge';
import { QuantityIn } from './unit-text';

/** Stock at the branch in base units, or that there is none. */
export function StockBadge({ stock, unit }: { stock: string; unit: string }) {
  const { t } = useTranslation();
  // Most of a national catalogue is not on the shelf: that must not shout on every line.
  if (decimalOrZero(stock) <= 0n) return <StatusBadge tone="neutral">{t('stock.none')}</StatusBadge>;
  return (
    <StatusBadge tone="ok">
      <QuantityIn value={stock} unit={unit} />
    </StatusBadge>
  );
}
