import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type SalesReportsSearch, text } from './search-params';

/* What was sold, today and in any period. Their texts travel with them. */

const parts = () => withTexts('sales-reports', () => import('./reports-parts'));

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: lazyRouteComponent(parts, 'DashboardScreen'),
});

const salesReports = createRoute({
  getParentRoute: () => root,
  path: '/reports/sales',
  validateSearch: (search: Record<string, unknown>): SalesReportsSearch => ({
    report: text(search['report']),
    by: text(search['by']),
    order: text(search['order']),
    period: text(search['period']),
    from: text(search['from']),
    to: text(search['to']),
    compare: text(search['compare']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'SalesReportsScreen'),
});

/** The dashboard and the reports of sales. */
export const reportsRoutes = [dashboard, salesReports] as const;
