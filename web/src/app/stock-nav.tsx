import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session';
import classes from './shell.module.css';
import { STOCK_SCREENS } from './stock-screens';

/** The rail's group of stock, shown while one of its screens is open. */
export function StockNav({ opened }: { opened: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  if (!opened) return null;
  return (
    <ul>
      {STOCK_SCREENS.filter(({ permission }) => can(permission)).map((item) => (
        <li key={item.id}>
          <Link to={item.to} className={classes['item']} data-under activeProps={{ 'aria-current': 'page' }}>
            <item.icon size={18} stroke={1.7} aria-hidden="true" />
            <span>{t(`nav.${item.id}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
