import { useTranslation } from 'react-i18next';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';

/** What a customer owes or has paid ahead, in words and without a sign that could be overlooked. */
export function BalanceText({ balance }: { balance: string }) {
  const { t } = useTranslation();
  const amount = decimalOrZero(balance);
  if (amount === 0n) return <span>{t('accounts.even')}</span>;
  return (
    <span>
      {t(amount > 0n ? 'accounts.owes' : 'accounts.ahead')}{' '}
      <MoneyText value={formatMoney(amount > 0n ? amount : -amount)} />
    </span>
  );
}
