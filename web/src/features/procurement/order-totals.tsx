import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { useCurrency } from '../shared/currency';
import type { LiveFigures } from './order-figures.domain';
import classes from './procurement.module.css';

/** What an order comes to. */
export function OrderTotals({ figures }: { figures: Omit<LiveFigures, 'nets'> }) {
  const { t } = useTranslation();
  const currency = useCurrency();
  return (
    <dl className={classes['totals']} aria-label={t('procurement.totals')}>
      <dt>{t('procurement.net')}</dt>
      <dd>
        <MoneyText value={formatMoney(figures.net)} />
      </dd>
      <dt>{t('procurement.tax')}</dt>
      <dd>
        <MoneyText value={formatMoney(figures.tax)} />
      </dd>
      <dt>{t('procurement.landedCost')}</dt>
      <dd>
        <MoneyText value={formatMoney(figures.landed)} />
      </dd>
      <dt>
        <strong>{t('procurement.total')}</strong> <bdi>{currency}</bdi>
      </dt>
      <dd data-total>
        <MoneyText value={formatMoney(figures.total)} strong />
      </dd>
    </dl>
  );
}
