import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr';
import { CountText, MoneyText, QuantityText } from '../../ui/money-text';
import { changePercent } from './periods.domain';
import { type Figure, figureOf, type Figures } from './reports';
import classes from './sales-reports.module.css';

/** A figure of a row as its kind is written. */
export function FigureText({ figure, of }: { figure: Figure; of: Figures }) {
  const { t } = useTranslation();
  const value = figureOf(of, figure.id);
  if (value === null) return <span>{t('common.none')}</span>;
  switch (figure.kind) {
    case 'money':
      return <MoneyText value={String(value)} />;
    case 'quantity':
      return <QuantityText value={String(value)} />;
    case 'count':
      return <CountText value={Number(value)} />;
    case 'percent':
      return <Ltr>{value} %</Ltr>;
  }
}

/** By how much a value differs from the one before, with its sign and an arrow; more of it is better unless it is said to be worse. */
export function ChangeText({ value, before, isWorse }: { value: number; before: number; isWorse?: boolean }) {
  const { t } = useTranslation();
  const percent = changePercent(value, before);
  if (percent === undefined) return <span>{t('common.none')}</span>;
  const isGood = isWorse ? percent < 0 : percent > 0;
  const tone = percent === 0 ? undefined : classes[isGood ? 'up' : 'down'];
  return (
    <span className={`${classes['change'] ?? ''} ${tone ?? ''}`}>
      <Ltr>
        {percent > 0 ? '▲ +' : percent < 0 ? '▼ −' : ''}
        {Math.abs(percent)} %
      </Ltr>
    </span>
  );
}
