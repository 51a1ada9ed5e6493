import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from '../../ui/page-tabs.module.css';

/** The way between orders, deliveries and suppliers. */
export function ProcurementTabs() {
  const { t } = useTranslation();
  const tab = { className: classes['tab'], activeProps: { 'aria-current': 'page' as const } };
  return (
    <nav aria-label={t('procurement.parts')} className={classes['tabs']}>
      <Link to="/purchasing" activeOptions={{ exact: true, includeSearch: false }} {...tab}>
        {t('procurement.orders')}
      </Link>
      <Link to="/purchasing/receipts" activeOptions={{ includeSearch: false }} {...tab}>
        {t('procurement.receipts')}
      </Link>
      <Link to="/purchasing/suppliers" activeOptions={{ includeSearch: false }} {...tab}>
        {t('procurement.suppliers')}
      </Link>
    </nav>
  );
}
