import { useTranslation } from 'react-i18next';
import type { PricedSale } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero } from '../../ui/money.domain';
import { percentOfShare } from '../../ui/percent.domain';
import { localName } from '../shared/names';
import classes from './till.module.css';

type PricedLine = PricedSale['items'][number];

/** Under the name of a line: what promotions take off it, and its tax. */
export function PricedLineNote({ line }: { opened: true; line: PricedLine }) {
  const { t, i18n } = useTranslation();
  const isTaxed = decimalOrZero(line.tax) > 0n;
  return (
    <div className={classes['share']}>
      {line.promotions.map((promotion) => (
        <div key={promotion.promotionId}>
          <bdi>{localName(promotion, i18n.language)}</bdi>{' '}
          <Ltr>
            −<MoneyText value={promotion.amount} />
          </Ltr>
        </div>
      ))}
      {isTaxed && (
        <div>
          {t('pricing.tax')} <Ltr>{`${percentOfShare(line.taxRate)}%`}</Ltr> <MoneyText value={line.tax} />
          {line.taxIncluded && ` (${t('pricing.taxIncluded')})`}
        </div>
      )}
    </div>
  );
}

/** Under the total: what was taken off, and taxes by rate. */
export function PricedSums({ priced }: { opened: true; priced: PricedSale }) {
  const { t } = useTranslation();
  const taxes = priced.taxes.filter(({ tax }) => decimalOrZero(tax) > 0n);
  const isReduced = decimalOrZero(priced.discountTotal) > 0n;
  return (
    <div className={classes['share']} data-testid="till-sums">
      {isReduced && (
        <div className={classes['pair']}>
          <span>{t('pricing.discounts')}</span>
          <Ltr>
            −<MoneyText value={priced.discountTotal} />
          </Ltr>
        </div>
      )}
      {taxes.map((one) => (
        <div className={classes['pair']} key={`${one.taxClassId} ${one.rate}`}>
          <span>
            {t('pricing.tax')} <Ltr>{`${one.code} ${percentOfShare(one.rate)}%`}</Ltr>
            {one.isIncluded && ` (${t('pricing.taxIncluded')})`}
          </span>
          <MoneyText value={one.tax} />
        </div>
      ))}
    </div>
  );
}
