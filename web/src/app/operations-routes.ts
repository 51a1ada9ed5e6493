import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  component: lazyRouteComponent(
    () => withTexts('operations', () => import('../features/operations/operations-screen')),
    'OperationsScreen',
  ),
});

/** How the installation is. Its texts travel with it. */
export const operationsRoutes = [operations] as const;
