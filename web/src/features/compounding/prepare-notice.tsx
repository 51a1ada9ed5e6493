import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail, PrescriptionDetail } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { QuantityIn } from '../shared/unit-text';
import { BatchStatusBadge } from './batch-status';
import { useBatches, useFormulas } from './compounding-queries';

interface PrepareNoticeProps {
  prescription: PrescriptionDetail;
  /** Only where what is there does not do: on the way to a fill. */
  isOnlyShort?: boolean;
}

/** Where the product is compounded here: what of it is there or being made for this prescription, and how it is prepared. */
export function PrepareNotice({ prescription, isOnlyShort = false }: PrepareNoticeProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { drugId, prescriptionId } = prescription;
  const formulas = useFormulas({ drugId, limit: 1 });
  const formula = formulas.data?.data[0];
  const batches = useBatches({ prescriptionId, limit: 20 }, formula !== undefined);
  const drug = useQuery({
    queryKey: keys.drug(drugId),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${drugId}`, undefined, signal),
    enabled: formula !== undefined,
  });
  if (!formula || !drug.data || !batches.data) return null;
  const open = batches.data.data.filter(({ status }) => status === 'in_preparation' || status === 'made');
  const due =
    decimalOrZero(prescription.quantityOwed) > 0n ? prescription.quantityOwed : prescription.quantity;
  const isShort = decimalOrZero(drug.data.stockOnHand) < decimalOrZero(due);
  if (isOnlyShort && !isShort && open.length === 0) return null;
  return (
    <Notice tone={isShort ? 'warn' : 'info'} title={t('compounding.compoundedHere')}>
      <Group justify="space-between">
        <div>
          <Text size="sm">
            {t('compounding.inStock')} <QuantityIn value={drug.data.stockOnHand} unit={formula.baseUnit} /> ·{' '}
            {t('compounding.due')} <QuantityIn value={due} unit={formula.baseUnit} />
          </Text>
          {open.map((batch) => (
            <Text size="sm" key={batch.batchId}>
              <Link to="/compounding/batches/$batchId" params={{ batchId: String(batch.batchId) }}>
                <Ltr>{batch.batchNumber}</Ltr>
              </Link>{' '}
              · <QuantityIn value={batch.quantity} unit={batch.baseUnit} />{' '}
              <BatchStatusBadge status={batch.status} />
            </Text>
          ))}
        </div>
        {open.length === 0 && formula.status === 'active' && (
          <KeyButton
            combo="Alt+P"
            label={t('compounding.prepare')}
            variant={isShort ? 'filled' : 'default'}
            onPress={() =>
              void navigate({
                to: '/compounding/new',
                search: { formulaId: formula.formulaId, quantity: due, prescriptionId },
              })
            }
          />
        )}
      </Group>
    </Notice>
  );
}
