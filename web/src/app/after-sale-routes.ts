import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type AfterSaleSearch, number, text } from './search-params';

/* What happens around a sale. Its texts travel with it. */

const parts = () => withTexts('after-sale', () => import('./after-sale-parts'));

/** What is shown of a screen; each takes what it knows. */
const validateSearch = (search: Record<string, unknown>): AfterSaleSearch => ({
  q: text(search['q']),
  view: text(search['view']),
  at: text(search['at']),
  page: number(search['page']),
});

const takeBack = createRoute({
  getParentRoute: () => root,
  path: '/return',
  validateSearch,
  component: lazyRouteComponent(parts, 'ReturnScreen'),
});

const creditNotes = createRoute({
  getParentRoute: () => root,
  path: '/credit-notes',
  validateSearch,
  component: lazyRouteComponent(parts, 'CreditNotesScreen'),
});

const quotations = createRoute({
  getParentRoute: () => root,
  path: '/quotations',
  validateSearch,
  component: lazyRouteComponent(parts, 'QuotationsScreen'),
});

const quotation = createRoute({
  getParentRoute: () => root,
  path: '/quotations/$quotationId',
  component: lazyRouteComponent(parts, 'QuotationScreen'),
});

const printing = createRoute({
  getParentRoute: () => root,
  path: '/printing',
  component: lazyRouteComponent(parts, 'PrintingScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/after-sale-settings',
  component: lazyRouteComponent(parts, 'SettingsScreen'),
});

const display = createRoute({
  getParentRoute: () => root,
  path: '/customer-display',
  component: lazyRouteComponent(parts, 'DisplayScreen'),
});

const tags = createRoute({
  getParentRoute: () => root,
  path: '/inventory/tags',
  validateSearch,
  component: lazyRouteComponent(parts, 'TagsScreen'),
});

/** Every screen around a sale. */
export const afterSaleRoutes = [
  takeBack,
  creditNotes,
  quotations,
  quotation,
  printing,
  settings,
  display,
  tags,
] as const;
