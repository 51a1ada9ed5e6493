import { useTranslation } from 'react-i18next';
import { Keys } from '../../../ui/hotkeys/hotkeys';
import { StatusBadge } from '../../../ui/status-badge';
import classes from './admin.module.css';

interface LastDecisionProps {
  text: string;
  name: string;
  products: number;
}

/** What was decided last, as long as it can be taken back with one key. */
export function LastDecision({ text, name, products }: LastDecisionProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['last']} data-testid="last-decision">
      <StatusBadge tone="ok">{t('catalog.linked')}</StatusBadge>
      <span>
        <bdi dir="auto">{text}</bdi> = <b dir="auto">{name}</b> ·{' '}
        {t('catalog.inProducts', { count: products })}
      </span>
      <span>
        <Keys combo="U" /> {t('catalog.undo')}
      </span>
    </div>
  );
}
