import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import tabs from '../../ui/page-tabs.module.css';

const route = getRouteApi('/inventory/replenishment');
const VIEWS = ['buy', 'rebalance', 'dead', 'lost'] as const;
export type ReplenishmentView = (typeof VIEWS)[number];

/** The part of replenishment the address asks for. */
export function useView(): ReplenishmentView {
  const { view } = route.useSearch();
  return VIEWS.find((one) => one === view) ?? 'buy';
}

/** The way between the parts of replenishment. */
export function ReplenishmentTabs() {
  const { t } = useTranslation();
  const shown = useView();
  return (
    <nav aria-label={t('replenishment.title')} className={tabs['tabs']}>
      {VIEWS.map((one) => (
        <Link
          key={one}
          to="/inventory/replenishment"
          search={{ view: one }}
          className={tabs['tab']}
          aria-current={one === shown ? 'page' : undefined}
        >
          {t(`replenishment.view.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
