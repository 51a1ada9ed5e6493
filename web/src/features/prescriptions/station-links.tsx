import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { rowLinkClass } from '../../ui/data-table';

/** Ways from the work queue to what waits, what is picked up and what is owed. */
export function StationLinks() {
  const { t } = useTranslation();
  return (
    <>
      <Link to="/dispensing/pick-up" className={rowLinkClass}>
        {t('nav.pickUp')}
      </Link>
      <Link to="/dispensing/will-call" className={rowLinkClass}>
        {t('nav.willCall')}
      </Link>
      <Link to="/dispensing/owed" className={rowLinkClass}>
        {t('nav.owed')}
      </Link>
    </>
  );
}
