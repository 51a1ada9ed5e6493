import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type AccountsSearch, number, text } from './search-params';

/* What customers owe, paid ahead and collected. Their texts travel with them, and those of reports. */

const parts = () => withTexts(['accounts', 'stock'], () => import('./accounts-parts'));

const validateSearch = (search: Record<string, unknown>): AccountsSearch => ({
  show: text(search['show']),
  page: number(search['page']),
});

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  validateSearch,
  component: lazyRouteComponent(parts, 'AccountsScreen'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$accountId',
  validateSearch,
  component: lazyRouteComponent(parts, 'AccountScreen'),
});

const receivables = createRoute({
  getParentRoute: () => root,
  path: '/receivables',
  validateSearch,
  component: lazyRouteComponent(parts, 'ReceivablesScreen'),
});

/** Every screen of accounts. */
export const accountsRoutes = [accounts, account, receivables] as const;
