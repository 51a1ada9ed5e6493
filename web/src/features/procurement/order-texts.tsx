import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderLine, PurchaseOrderHead } from '../../api/types';
import { formatDecimal, type Thousandths } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { inUnit } from './delivery.domain';

export const ORDER_STATUSES = [
  'draft',
  'submitted',
  'approved',
  'partially_received',
  'received',
  'closed',
  'cancelled',
] as const satisfies readonly PurchaseOrderHead['status'][];

const TONES: Record<PurchaseOrderHead['status'], Tone> = {
  draft: 'neutral',
  submitted: 'info',
  approved: 'info',
  partially_received: 'warn',
  received: 'ok',
  closed: 'ok',
  cancelled: 'neutral',
};

export function OrderStatusBadge({ order }: { order: Pick<PurchaseOrderHead, 'status' | 'needsApproval'> }) {
  const { t } = useTranslation();
  const waits = order.status === 'submitted' && order.needsApproval;
  return (
    <StatusBadge tone={waits ? 'warn' : TONES[order.status]}>
      {t(waits ? 'procurement.waitsForApproval' : `procurement.status.${order.status}`)}
    </StatusBadge>
  );
}

/** Name of a supplier in the language of the interface. */
export function SupplierName({
  of,
}: {
  of: { supplierName: string | null; supplierNameAr?: string | null | undefined };
}) {
  const { t, i18n } = useTranslation();
  if (of.supplierName === null) return <span>{t('common.none')}</span>;
  return <bdi>{localName({ name: of.supplierName, nameAr: of.supplierNameAr ?? null }, i18n.language)}</bdi>;
}

/** Whose order it is, and where it stands. */
export function OrderHint({ order }: { order: PurchaseOrderHead }) {
  return (
    <Group gap="sm" component="span">
      <SupplierName of={order} />
      <OrderStatusBadge order={order} />
    </Group>
  );
}

type Unit = Pick<OrderLine, 'level' | 'unitBaseUnits' | 'baseUnit'>;

/** "10 packs" where that is whole, else "295 tablets". */
export function InOrderUnit({ base, line }: { base: Thousandths; line: Unit }) {
  const { t } = useTranslation();
  const whole = line.level === 'unit' ? undefined : inUnit(base, line.unitBaseUnits);
  if (whole === undefined || line.level === 'unit')
    return <QuantityIn value={formatDecimal(base)} unit={line.baseUnit} />;
  return (
    <>
      <QuantityText value={whole} />{' '}
      <bdi>{t(`procurement.level.${line.level}`, { count: Number.parseInt(whole, 10) })}</bdi>
    </>
  );
}
