import { useTranslation } from 'react-i18next';
import { Ltr } from './ltr';
import { decimalOrZero, formatDecimal, formatMoney } from './money.domain';

function grouped(plain: string): string {
  const [whole = '', fraction] = plain.split('.');
  const withSeparators = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withSeparators : `${withSeparators}.${fraction}`;
}

/** An amount of money from its decimal string, always with Latin digits, isolated left to right. */
export function MoneyText({ value, strong = false }: { value: string | null | undefined; strong?: boolean }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return <span>{t('common.none')}</span>;
  const text = grouped(formatMoney(decimalOrZero(value)));
  return <Ltr>{strong ? <strong>{text}</strong> : text}</Ltr>;
}

/** A cost of one base unit, which may be finer than money: up to six decimals, at least two. */
export function UnitCostText({ value }: { value: string }) {
  const [whole = '0', fraction = ''] = value.split('.');
  return <Ltr>{`${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`}</Ltr>;
}

/** A quantity in base units without trailing zeros (0.5, 30), isolated left to right. */
export function QuantityText({ value }: { value: string | null | undefined }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return <span>{t('common.none')}</span>;
  return <Ltr>{grouped(formatDecimal(decimalOrZero(value)))}</Ltr>;
}

/** A difference of money with its sign, "+2.75" or "−1.20"; green where it is cheaper. */
export function SignedMoneyText({ value }: { value: string | null }) {
  const { t } = useTranslation();
  if (value === null) return <span>{t('common.none')}</span>;
  const amount = decimalOrZero(value);
  const text = grouped(formatMoney(amount < 0n ? -amount : amount));
  const sign = amount < 0n ? '−' : amount > 0n ? '+' : '';
  return (
    <span style={amount < 0n ? { color: 'var(--m-ok)' } : undefined}>
      <Ltr>
        {sign}
        {text}
      </Ltr>
    </span>
  );
}

/** A whole number with separators, isolated left to right. */
export function CountText({ value }: { value: number }) {
  return <Ltr>{grouped(String(value))}</Ltr>;
}
