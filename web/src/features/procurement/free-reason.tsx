import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderLine } from '../../api/types';
import { useSession } from '../../session/session';
import { freeReasonOf, MOST_OF_REASON } from './delivery-free.domain';
import { InOrderUnit } from './order-texts';
import { type DeliveryDesk, fieldId, focusOn, SCAN_FIELD } from './use-delivery-desk';

interface FreeReasonProps {
  desk: DeliveryDesk;
  line: OrderLine;
  /** Base units that come free beyond what was ordered. */
  beyond: bigint;
}

/** More comes free than was ordered: who approves orders says why, anybody else is told who can. */
export function FreeReason({ desk, line, beyond }: FreeReasonProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const itemId = line.purchaseOrderItemId;
  const reason = freeReasonOf(desk.delivery, itemId);
  const what = (
    <>
      {t('procurement.freeBeyond')} <InOrderUnit base={beyond} line={line} />
    </>
  );
  if (!can('ApprovePurchaseOrder'))
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert" maw={320}>
        {what}. {t('procurement.freeByAnother')}
      </Text>
    );
  return (
    <TextInput
      id={fieldId('free-reason', itemId)}
      mt={4}
      w={320}
      size="xs"
      label={t('procurement.freeReason')}
      description={what}
      required
      maxLength={MOST_OF_REASON}
      value={reason}
      error={reason.trim() === ''}
      onChange={(event) => desk.giveReason(itemId, event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        focusOn(SCAN_FIELD);
      }}
    />
  );
}
