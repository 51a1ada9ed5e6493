import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type OverridesSearch, type RulesSearch, text } from './search-params';

/* Clinical rules and how they fare. Their texts travel with them, not with the first load. */

const overrides = createRoute({
  getParentRoute: () => root,
  path: '/reports/overrides',
  validateSearch: (search: Record<string, unknown>): OverridesSearch => ({
    by: text(search['by']),
    from: text(search['from']),
    to: text(search['to']),
  }),
  component: lazyRouteComponent(
    () => withTexts('clinical', () => import('../features/reports/overrides-screen')),
    'OverridesScreen',
  ),
});

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  beforeLoad: () => {
    redirect({ to: '/rules/$kind', params: { kind: 'interactions' }, throw: true });
  },
});

const rulesOfKind = createRoute({
  getParentRoute: () => root,
  path: '/rules/$kind',
  validateSearch: (search: Record<string, unknown>): RulesSearch => ({
    q: text(search['q']),
    page: number(search['page']),
    severity: text(search['severity']),
    status: text(search['status']),
  }),
  component: lazyRouteComponent(
    () => withTexts('clinical', () => import('../features/rules/rules-screen')),
    'RulesScreen',
  ),
});

/** Every screen about clinical rules. */
export const clinicalRoutes = [overrides, rules, rulesOfKind] as const;
