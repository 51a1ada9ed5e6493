import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StockCount } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const TONES: Record<StockCount['status'], Tone> = {
  counting: 'info',
  submitted: 'warn',
  approved: 'ok',
  cancelled: 'neutral',
};

export function CountStatusBadge({ status }: { status: StockCount['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`counts.status.${status}`)}</StatusBadge>;
}

/** What a count is over, in words. */
export function useScopeText(): (count: Pick<StockCount, 'scope' | 'bin' | 'abcClass'>) => string {
  const { t } = useTranslation();
  return ({ scope, bin, abcClass }) => {
    if (scope === 'bin') return t('counts.ofBin', { bin: bin ?? '' });
    if (scope === 'abc') return t('counts.ofClass', { abc: abcClass ?? '' });
    return scope === 'drugs' ? t('counts.ofDrugs') : t('counts.ofAll');
  };
}

const sign = (value: bigint): string => (value < 0n ? '−' : value > 0n ? '+' : '');
const colour = (value: bigint): string | undefined => (value < 0n ? 'var(--m-stop)' : undefined);

/** A difference of a quantity with its sign; what is missing stands out. */
export function DifferenceText({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value === null) return <span>{t('common.none')}</span>;
  const amount = decimalOrZero(value);
  return (
    <Text span inherit fw={amount === 0n ? 400 : 650} c={colour(amount)}>
      <Ltr>
        {sign(amount)}
        <QuantityText value={value.replace('-', '')} />
      </Ltr>
    </Text>
  );
}

/** What a difference is worth, with its sign. */
export function WorthText({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value === null) return <span>{t('common.none')}</span>;
  const amount = decimalOrZero(value);
  return (
    <Text span inherit c={colour(amount)}>
      <Ltr>
        {sign(amount)}
        {formatMoney(amount < 0n ? -amount : amount)}
      </Ltr>
    </Text>
  );
}

/** How many lots differ and what that is worth, for who approves once a count is handed in. */
export function DifferenceCell({ count }: { count: StockCount }) {
  const { t } = useTranslation();
  if (count.differing === null) return <span>{t('common.none')}</span>;
  return (
    <span>
      <Ltr>{count.differing}</Ltr> · <WorthText value={count.differenceValue} />
    </span>
  );
}
