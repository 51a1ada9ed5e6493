import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import classes from '../../ui/page-tabs.module.css';

const TABS = [
  { id: 'register', to: '/controlled', permission: 'ReadReports' },
  { id: 'signOff', to: '/controlled/sign-off', permission: 'SignOffControlled' },
  { id: 'destructions', to: '/controlled/destructions', permission: 'ReadInventory' },
  { id: 'maxima', to: '/controlled/maxima', permission: 'ReadDrug' },
] as const;

/** The neighbouring screens of controlled medicines. */
export function ControlledTabs() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <nav aria-label={t('controlled.title')} className={classes['tabs']}>
      {TABS.filter(({ permission }) => can(permission)).map(({ id, to }) => (
        <Link
          key={id}
          to={to}
          className={classes['tab']}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`controlled.tab.${id}`)}
        </Link>
      ))}
    </nav>
  );
}
