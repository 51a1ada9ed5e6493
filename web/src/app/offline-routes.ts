import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type OfflineSalesSearch, text } from './search-params';

/* Sales that tills made without the server, for who decides about those that could not be posted. */

const parts = () => withTexts(['stock', 'offline'], () => import('./offline-parts'));

const offlineSales = createRoute({
  getParentRoute: () => root,
  path: '/sales/offline',
  validateSearch: (search: Record<string, unknown>): OfflineSalesSearch => ({
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'OfflineSalesScreen'),
});

const offlineSale = createRoute({
  getParentRoute: () => root,
  path: '/sales/offline/$offlineSaleId',
  component: lazyRouteComponent(parts, 'OfflineSaleScreen'),
});

/** Every one of these screens. */
export const offlineRoutes = [offlineSales, offlineSale] as const;
