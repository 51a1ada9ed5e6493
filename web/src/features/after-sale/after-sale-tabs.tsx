import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import classes from '../../ui/page-tabs.module.css';

/** The way between sales, credit notes, quotations, printing and their settings. */
export function AfterSaleTabs() {
  const { t } = useTranslation();
  const { can } = useSession();
  const tab = {
    className: classes['tab'],
    activeProps: { 'aria-current': 'page' as const },
    activeOptions: { exact: true, includeSearch: false },
  };
  return (
    <nav aria-label={t('afterSale.parts')} className={classes['tabs']}>
      <Link to="/sales" {...tab}>
        {t('sales.title')}
      </Link>
      {can('Refund') && (
        <Link to="/credit-notes" {...tab}>
          {t('creditNotes.title')}
        </Link>
      )}
      <Link to="/quotations" {...tab}>
        {t('quotations.title')}
      </Link>
      <Link to="/printing" {...tab}>
        {t('printing.title')}
      </Link>
      {can('ManageBranches') && (
        <Link to="/after-sale-settings" {...tab}>
          {t('afterSale.settings')}
        </Link>
      )}
    </nav>
  );
}
