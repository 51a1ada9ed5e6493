import { Link } from '@tanstack/react-router';
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
            <Link to="/purchasing/$orderId" params={{ orderId: String(order.purchaseOrderId) }}>
              <Ltr>{order.purchaseOrderId}</Ltr>
            </Link>{' '}
            · <bdi>{order.supplierName}</bdi> · <MoneyText value={order.total} />
          </li>
        ))}
      </ul>
      {made.left.length > 0 && <p>{t('replenishment.left', { count: made.left.length })}</p>}
    </Notice>
  );
}
