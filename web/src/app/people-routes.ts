import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type PageSearch, type RefillsDueSearch } from './search-params';

/* What is known of a patient, who is due for a refill, and who prescribes. Their texts travel with them. */

const patient = createRoute({
  getParentRoute: () => root,
  path: '/patients/$patientId',
  component: lazyRouteComponent(() => withTexts('people', () => import('./people-parts')), 'PatientScreen'),
});

const refillsDue = createRoute({
  getParentRoute: () => root,
  path: '/refills-due',
  validateSearch: (search: Record<string, unknown>): RefillsDueSearch => ({
    withinDays: number(search['withinDays']),
  }),
  component: lazyRouteComponent(
    () => withTexts('people', () => import('./people-parts')),
    'RefillsDueScreen',
  ),
});

const prescribers = createRoute({
  getParentRoute: () => root,
  path: '/prescribers',
  validateSearch: (search: Record<string, unknown>): PageSearch => ({
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('people', () => import('./people-parts')),
    'PrescribersScreen',
  ),
});

const erasures = createRoute({
  getParentRoute: () => root,
  path: '/erasures',
  component: lazyRouteComponent(() => withTexts('people', () => import('./people-parts')), 'ErasuresScreen'),
});

/** Every screen of people beyond the list of patients. */
export const peopleRoutes = [patient, refillsDue, prescribers, erasures] as const;
