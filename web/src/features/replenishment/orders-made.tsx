import { useTranslation } from 'react-i18next';
import type { SuggestionsOrdered } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';

/** The drafts that were made, one a supplier. */
export function OrdersMade({ made }: { made: SuggestionsOrdered | undefined }) {
  const { t } = useTranslation();
  if (!made) return null;
  return (
    <Notice
      tone={made.orders.length > 0 ? 'ok' : 'warn'}
      title={t('replenishment.ordersMade', { count: made.orders.length })}
    >
      <ul>
        {made.orders.map((order) => (
          <li key={order.purchaseOrderId}>
            <Ltr>{order.purchaseOrderId}</Ltr> · <bdi>{order.supplierName}</bdi> ·{' '}
            <MoneyText value={order.total} />
          </li>
        ))}
      </ul>
      {made.left.length > 0 && <p>{t('replenishment.left', { count: made.left.length })}</p>}
    </Notice>
  );
}
