import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type StockScreenSearch, text } from './search-params';

/* Counts, transfers, recalls and reports of stock. Their texts travel with them, and those of the witness. */

const parts = () => withTexts('controlled', () => withTexts('stock', () => import('./stock-parts')));

/** What is shown of a screen; each takes what it knows. */
const validateSearch = (search: Record<string, unknown>): StockScreenSearch => ({
  status: text(search['status']),
  view: text(search['view']),
  by: text(search['by']),
  at: text(search['at']),
  page: number(search['page']),
});

const counts = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts',
  validateSearch,
  component: lazyRouteComponent(parts, 'CountsScreen'),
});

const count = createRoute({
  getParentRoute: () => root,
  path: '/inventory/counts/$countId',
  validateSearch,
  component: lazyRouteComponent(parts, 'CountScreen'),
});

const transfers = createRoute({
  getParentRoute: () => root,
  path: '/inventory/transfers',
  validateSearch,
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
  validateSearch,
  component: lazyRouteComponent(parts, 'RecallsScreen'),
});

const recall = createRoute({
  getParentRoute: () => root,
  path: '/inventory/recalls/$recallId',
  component: lazyRouteComponent(parts, 'RecallScreen'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/inventory/reports',
  validateSearch,
  component: lazyRouteComponent(parts, 'StockReportsScreen'),
});

const replenishment = createRoute({
  getParentRoute: () => root,
  path: '/inventory/replenishment',
  validateSearch,
  component: lazyRouteComponent(() => withTexts('replenishment', parts), 'ReplenishmentScreen'),
});

/** Every screen of stock beyond the list of lots. */
export const stockRoutes = [
  counts,
  count,
  transfers,
  transfer,
  recalls,
  recall,
  replenishment,
  reports,
] as const;
