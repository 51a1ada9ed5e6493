import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { flag, type LimitsSearch, number, type QueueSearch, text } from './search-params';

/* Promotions, taxes and purchase limits. Their texts travel with them. */

const load = () => withTexts(['pricing', 'catalog'], () => import('./pricing-parts'));

const promotions = createRoute({
  getParentRoute: () => root,
  path: '/pricing/promotions',
  validateSearch: (search: Record<string, unknown>): QueueSearch => ({
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(load, 'PromotionsScreen'),
});

const taxes = createRoute({
  getParentRoute: () => root,
  path: '/pricing/taxes',
  validateSearch: (search: Record<string, unknown>): { page?: number } => ({ page: number(search['page']) }),
  component: lazyRouteComponent(load, 'TaxesScreen'),
});

const limits = createRoute({
  getParentRoute: () => root,
  path: '/pricing/limits',
  validateSearch: (search: Record<string, unknown>): LimitsSearch => ({
    ended: flag(search['ended']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(load, 'LimitsScreen'),
});

/** Every screen about prices. */
export const pricingRoutes = [promotions, taxes, limits] as const;
