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

/* Counts, transfers, recalls and reports of stock. Their texts travel with them, and those of the witness. */

const parts = () => withTexts('controlled', () => withTexts('stock', () => import('./stock-parts')));

const byStatus = (search: Record<string, unknown>): StockCountsSearch => ({
  status: text(search['status']),
  page: number(search['page']),
});

const counts = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts',
  validateSearch: byStatus,
  component: lazyRouteComponent(parts, 'CountsScreen'),
});

const count = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts/$countId',
  validateSearch: (search: Record<string, unknown>): StockCountSearch => ({
    state: text(search['state']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'CountScreen'),
});

const transfers = createRoute({
  getParentRoute: () => root,
  path: '/inventory/transfers',
  validateSearch: (search: Record<string, unknown>): TransfersSearch => ({
    view: text(search['view']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'TransfersScreen'),
});

const transfer = createRoute({
  getParentRoute: () => root,
  path: '/inventory/transfers/$transferId',
  component: lazyRouteComponent(parts, 'TransferScreen'),
});

const recalls = createRoute({
  getParentRoute: () => root,
  path: '/inventory/recalls',
  validateSearch: byStatus,
  component: lazyRouteComponent(parts, 'RecallsScreen'),
});

const recall = createRoute({
  getParentRoute: () => root,
  path: '/inventory/recalls/$recallId',
  component: lazyRouteComponent(parts, 'RecallScreen'),
});

/** Every screen of stock beyond the list of lots. */
export const stockRoutes = [counts, count, transfers, transfer, recalls, recall] as const;
