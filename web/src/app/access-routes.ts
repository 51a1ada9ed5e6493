import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';

/* The own account, and records opened in an emergency. */

const parts = () => withTexts(['access', 'people'], () => import('./access-parts'));

/** Every one of these screens. */
export const accessRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/account',
    component: lazyRouteComponent(parts, 'AccountScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/emergency',
    component: lazyRouteComponent(parts, 'EmergencyScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/emergency/review',
    component: lazyRouteComponent(parts, 'EmergencyReviewScreen'),
  }),
] as const;
