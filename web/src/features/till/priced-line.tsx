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
export function PricedLineNote({ line }: { line: PricedLine }) {
  const { t, i18n } = useTranslation();
  const isTaxed = decimalOrZero(line.tax) > 0n;
  if (line.promotions.length === 0 && !isTaxed) return null;
  return (
    <div className={classes['share']}>
      {line.promotions.map((promotion) => (
        <div key={promotion.promotionId}>
          <bdi>{localName(promotion, i18n.language)}</bdi> −<MoneyText value={promotion.amount} />
        </div>
      ))}
      {isTaxed && (
        <div>
          {t('till.tax')} <Ltr>{`${percentOfShare(line.taxRate)}%`}</Ltr> <MoneyText value={line.tax} />
          {line.taxIncluded && ` (${t('till.taxIncluded')})`}
        </div>
      )}
    </div>
  );
}

/** Under the total: what was taken off, and taxes by rate. */
export function PricedSums({ priced }: { priced: PricedSale }) {
  const { t } = useTranslation();
  const taxes = priced.taxes.filter(({ tax }) => decimalOrZero(tax) > 0n);
  const isReduced = decimalOrZero(priced.discountTotal) > 0n;
  if (!isReduced && taxes.length === 0) return null;
  return (
    <div className={classes['share']} data-testid="till-sums">
      {isReduced && (
        <div className={classes['pair']}>
          <span>{t('till.discounts')}</span>
          <span>
            −<MoneyText value={priced.discountTotal} />
          </span>
        </div>
      )}
      {taxes.map((one) => (
        <div className={classes['pair']} key={`${one.taxClassId} ${one.rate}`}>
          <span>
            {t('till.tax')} <Ltr>{`${one.code} ${percentOfShare(one.rate)}%`}</Ltr>
            {one.isIncluded && ` (${t('till.taxIncluded')})`}
          </span>
          <MoneyText value={one.tax} />
        </div>
      ))}
    </div>
  );
}
