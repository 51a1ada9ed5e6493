import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import {
  number,
  type StockCountSearch,
  type StockCountsSearch,
  text,
  type TransfersSearch,
} from './search-params';

/* Counts, transfers, recalls and reports of stock. Their texts travel with them. */

const counts = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts',
  validateSearch: (search: Record<string, unknown>): StockCountsSearch => ({
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('stock', () => import('../features/stock-counts/counts-screen')),
    'CountsScreen',
  ),
});

const count = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts/$countId',
  validateSearch: (search: Record<string, unknown>): StockCountSearch => ({
    state: text(search['state']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('stock', () => import('../features/stock-counts/count-screen')),
    'CountScreen',
  ),
});

const transfers = createRoute({
  getParentRoute: () => root,
  path: '/inventory/transfers',
  validateSearch: (search: Record<string, unknown>): TransfersSearch => ({
    view: text(search['view']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('stock', () => import('../features/transfers/transfers-screen')),
    'TransfersScreen',
  ),
});

const transfer = createRoute({
  getParentRoute: () => root,
  path: '/inventory/transfers/$transferId',
  component: lazyRouteComponent(
    () =>
      withTexts('controlled', () =>
        withTexts('stock', () => import('../features/transfers/transfer-screen')),
      ),
    'TransferScreen',
  ),
});

/** Every screen of stock beyond the list of lots. */
export const stockRoutes = [counts, count, transfers, transfer] as const;
