import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type PickUpSearch, type WillCallSearch } from './search-params';

/* Stations of the dispensary. Their texts, and those of verification, travel with them. */

const texts = <Module>(load: () => Promise<Module>): Promise<Module> =>
  withTexts(['board', 'controlled', 'clinical'], load);

const label = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/label/$fillId',
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'LabelRoute'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/start/$prescriptionId',
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'StartScreen'),
});

const fill = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/fill/$fillId',
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'FillScreen'),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/verify/$fillId',
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'VerifyScreen'),
});

const pickUp = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/pick-up',
  validateSearch: (search: Record<string, unknown>): PickUpSearch => ({
    fillId: number(search['fillId']),
    patientId: number(search['patientId']),
  }),
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'PickUpScreen'),
});

const willCall = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/will-call',
  validateSearch: (search: Record<string, unknown>): WillCallSearch => ({
    minDays: number(search['minDays']),
    cursor: number(search['cursor']),
  }),
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'WillCallScreen'),
});

const owed = createRoute({
  getParentRoute: () => root,
  path: '/dispensing/owed',
  component: lazyRouteComponent(() => texts(() => import('./dispensing-parts')), 'OwedScreen'),
});

/** Every station of the dispensary. */
export const dispensingRoutes = [label, start, fill, verify, pickUp, willCall, owed] as const;
