import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '../../ui/page-tabs.module.css';

/** The way between what prices and baskets are ruled by. */
export function PricingTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('pricing.parts')} className={classes['tabs']}>
      <Link to="/pricing/promotions" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('promotions.title')}
      </Link>
      <Link to="/pricing/taxes" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('taxes.title')}
      </Link>
      <Link to="/pricing/limits" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('purchaseLimits.title')}
      </Link>
    </nav>
  );
}
