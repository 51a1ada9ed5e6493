import { useTranslation } from 'react-i18next';
import type { Promotion } from '../../api/types';
import { formatMoney, decimalOrZero } from '../../ui/money.domain';
import { percentOfShare } from '../../ui/percent.domain';

type Terms = Pick<Promotion, 'kind' | 'percent' | 'amountOff' | 'buyPacks' | 'payPacks' | 'bundlePrice'>;

/** What a promotion takes off, in a few words. */
export function TermsText({ promotion }: { promotion: Terms }) {
  const { t } = useTranslation();
  const amount = (text: string | null): string => formatMoney(decimalOrZero(text ?? '0'));
  switch (promotion.kind) {
    case 'percent':
      return t('promotions.said.percent', { percent: percentOfShare(promotion.percent ?? '0') });
    case 'amount':
      return t('promotions.said.amount', { amount: amount(promotion.amountOff) });
    case 'n_for_m':
      return t('promotions.said.n_for_m', { buy: promotion.buyPacks, pay: promotion.payPacks });
    case 'bundle':
      return t('promotions.said.bundle', { amount: amount(promotion.bundlePrice) });
  }
}
