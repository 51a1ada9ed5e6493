import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';

/** What a drawer holds more ("+11.50") or less ("−0.50") than it should; anything but zero stands out. */
export function OverShortText({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value === null) return <span>{t('common.none')}</span>;
  const amount = decimalOrZero(value);
  const sign = amount > 0n ? '+' : amount < 0n ? '−' : '';
  return (
    <strong style={amount === 0n ? undefined : { color: 'var(--m-stop)' }}>
      <Ltr>
        {sign}
        {formatMoney(amount < 0n ? -amount : amount)}
      </Ltr>
    </strong>
  );
}
