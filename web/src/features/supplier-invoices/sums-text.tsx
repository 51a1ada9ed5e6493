import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import type { sumsOf } from './invoice-draft.domain';

/** What the lines add up to, live, and what is missing to the total on the paper. */
export function SumsText({ sums }: { sums: ReturnType<typeof sumsOf> }) {
  const { t } = useTranslation();
  const { net, tax, sum, gap } = sums;
  return (
    <Group gap="lg" role="status">
      {(
        [
          ['net', net],
          ['tax', tax],
          ['sum', sum],
        ] as const
      ).map(([id, value]) => (
        <Text key={id} fw={id === 'sum' ? 650 : 400}>
          {t(`invoices.${id}`)} <MoneyText value={value} />
        </Text>
      ))}
      {gap === 0n && <StatusBadge tone="ok">{t('invoices.addsUp')}</StatusBadge>}
      {gap !== null && gap !== 0n && (
        <StatusBadge tone="stop">
          {t(gap > 0n ? 'invoices.missing' : 'invoices.tooMuch')}{' '}
          <MoneyText value={formatMoney(gap > 0n ? gap : -gap)} />
        </StatusBadge>
      )}
    </Group>
  );
}
