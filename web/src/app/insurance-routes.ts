import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type ClaimsSearch, type ListSearch, number, text } from './search-params';

/* Payers and claims. Their texts travel with them. */

const claims = createRoute({
  getParentRoute: () => root,
  path: '/claims',
  validateSearch: (search: Record<string, unknown>): ClaimsSearch => ({
    status: text(search['status']),
    payerId: number(search['payerId']),
    rejectCode: text(search['rejectCode']),
    olderThanDays: number(search['olderThanDays']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('insurance', () => import('./insurance-parts')),
    'ClaimsScreen',
  ),
});

const payers = createRoute({
  getParentRoute: () => root,
  path: '/payers',
  validateSearch: (search: Record<string, unknown>): ListSearch => ({
    q: text(search['q']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('insurance', () => import('./insurance-parts')),
    'PayersScreen',
  ),
});

const payer = createRoute({
  getParentRoute: () => root,
  path: '/payers/$payerId',
  component: lazyRouteComponent(
    () => withTexts('insurance', () => import('./insurance-parts')),
    'PayerScreen',
  ),
});

/** Every screen about insurance. */
export const insuranceRoutes = [claims, payers, payer] as const;
