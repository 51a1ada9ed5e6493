import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '../../ui/page-tabs.module.css';

/** The way between claims and payers. */
export function InsuranceTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('claims.parts')} className={classes['tabs']}>
      <Link to="/claims" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('nav.claims')}
      </Link>
      <Link to="/payers" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('payers.title')}
      </Link>
    </nav>
  );
}
