import { useTranslation } from 'react-i18next';
import type { SupplierInvoice, SupplierInvoiceRow } from '../../api/types';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<SupplierInvoiceRow['status'], Tone> = {
  entered: 'info',
  matched: 'ok',
  differing: 'stop',
  disputed: 'warn',
  approved: 'ok',
  void: 'neutral',
};

export function InvoiceStatusBadge({ status }: { status: SupplierInvoiceRow['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`invoices.status.${status}`)}</StatusBadge>;
}

type Difference = SupplierInvoice['differences'][number];

const OF_QUANTITY: ReadonlySet<Difference['code']> = new Set(['quantity', 'not-ordered', 'not-received']);

/** What differs, with what was expected and what is charged: "Price: 300.00 · charged 310.00". */
export function DifferenceBadge({ difference }: { difference: Difference }) {
  const { t } = useTranslation();
  const Amount = OF_QUANTITY.has(difference.code) ? QuantityText : MoneyText;
  return (
    <StatusBadge tone="stop">
      {t(`invoices.difference.${difference.code}`)}: <Amount value={difference.expected} /> ·{' '}
      {t('invoices.charged')} <Amount value={difference.charged} />
    </StatusBadge>
  );
}
