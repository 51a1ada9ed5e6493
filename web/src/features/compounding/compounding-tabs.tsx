import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '../../ui/page-tabs.module.css';

/** The way between batches and formulas. */
export function CompoundingTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('compounding.title')} className={classes['tabs']}>
      <Link
        to="/compounding"
        className={classes['tab']}
        activeOptions={{ exact: true, includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        {t('compounding.batches')}
      </Link>
      <Link to="/compounding/formulas" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('compounding.formulas')}
      </Link>
    </nav>
  );
}
