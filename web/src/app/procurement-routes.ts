import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type PurchasingSearch, text } from './search-params';

/* Orders, deliveries and suppliers. Their texts travel with them, and those of the witness. */

const parts = () => withTexts(['controlled', 'procurement'], () => import('./procurement-parts'));

/** What is shown of a screen; each takes what it knows. */
const validateSearch = (search: Record<string, unknown>): PurchasingSearch => ({
  q: text(search['q']),
  status: text(search['status']),
  from: text(search['from']),
  to: text(search['to']),
  scan: text(search['scan']),
  drugId: number(search['drugId']),
  page: number(search['page']),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: '/purchasing',
  validateSearch,
  component: lazyRouteComponent(parts, 'OrdersScreen'),
});

const order = createRoute({
  getParentRoute: () => root,
  path: '/purchasing/$orderId',
  component: lazyRouteComponent(parts, 'OrderScreen'),
});

const receiving = createRoute({
  getParentRoute: () => root,
  path: '/purchasing/$orderId/receive',
  validateSearch,
  component: lazyRouteComponent(parts, 'ReceivingScreen'),
});

const receipts = createRoute({
  getParentRoute: () => root,
  path: '/purchasing/receipts',
  validateSearch,
  component: lazyRouteComponent(parts, 'ReceiptsScreen'),
});

const receipt = createRoute({
  getParentRoute: () => root,
  path: '/purchasing/receipts/$receiptId',
  component: lazyRouteComponent(parts, 'ReceiptScreen'),
});

const suppliers = createRoute({
  getParentRoute: () => root,
  path: '/purchasing/suppliers',
  validateSearch,
  component: lazyRouteComponent(parts, 'SuppliersScreen'),
});

/** Every screen of purchasing. */
export const procurementRoutes = [orders, order, receiving, receipts, receipt, suppliers] as const;
