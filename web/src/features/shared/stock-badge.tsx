import { useTranslation } from 'react-i18next';
import { QuantityText } from '../../ui/money-text';
import { decimalOrZero } from '../../ui/money.domain';
import { StatusBadge } from '../../ui/status-badge';

/** Stock at the branch in base units, or that there is none. */
export function StockBadge({ stock, unit }: { stock: string; unit?: string }) {
  const { t } = useTranslation();
  if (decimalOrZero(stock) <= 0n) return <StatusBadge tone="stop">{t('stock.none')}</StatusBadge>;
  return (
    <StatusBadge tone="ok">
      <QuantityText value={stock} /> {unit !== undefined && <bdi>{unit}</bdi>}
    </StatusBadge>
  );
}
