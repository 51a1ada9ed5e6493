import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import {
  type DestructionsSearch,
  type NearMissSearch,
  number,
  type RegisterSearch,
  type SignOffSearch,
  text,
} from './search-params';

/* Controlled medicines, near misses, and what branches choose. Their texts travel with them. */

const register = createRoute({
  getParentRoute: () => root,
  path: '/controlled',
  validateSearch: (search: Record<string, unknown>): RegisterSearch => ({
    drugId: number(search['drugId']),
    from: text(search['from']),
    to: text(search['to']),
  }),
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'RegisterScreen',
  ),
});

const signOff = createRoute({
  getParentRoute: () => root,
  path: '/controlled/sign-off',
  validateSearch: (search: Record<string, unknown>): SignOffSearch => ({
    day: text(search['day']),
    scope: text(search['scope']),
  }),
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'SignOffScreen',
  ),
});

const destructions = createRoute({
  getParentRoute: () => root,
  path: '/controlled/destructions',
  validateSearch: (search: Record<string, unknown>): DestructionsSearch => ({
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'DestructionsScreen',
  ),
});

const maxima = createRoute({
  getParentRoute: () => root,
  path: '/controlled/maxima',
  validateSearch: (search: Record<string, unknown>): { page?: number | undefined } => ({
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'MaximaScreen',
  ),
});

const nearMisses = createRoute({
  getParentRoute: () => root,
  path: '/near-misses',
  validateSearch: (search: Record<string, unknown>): NearMissSearch => ({
    kind: text(search['kind']),
    stage: text(search['stage']),
    from: text(search['from']),
    to: text(search['to']),
  }),
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'NearMissesScreen',
  ),
});

const branches = createRoute({
  getParentRoute: () => root,
  path: '/branches',
  component: lazyRouteComponent(
    () => withTexts('controlled', () => import('./controlled-parts')),
    'BranchesScreen',
  ),
});

/** Every screen about controlled medicines, near misses and branches. */
export const controlledRoutes = [register, signOff, destructions, maxima, nearMisses, branches] as const;
