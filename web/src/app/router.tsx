import { createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../i18n/i18n';
import { useSession } from '../session/session';
import { EmptyView } from '../ui/states';
import { afterSaleRoutes } from './after-sale-routes';
import { accessRoutes } from './access-routes';
import { accountsRoutes } from './accounts-routes';
import { boardRoutes } from './board-routes';
import { catalogRoutes } from './catalog-routes';
import { clinicalRoutes } from './clinical-routes';
import { compoundingRoutes } from './compounding-routes';
import { controlledRoutes } from './controlled-routes';
import { dispensingRoutes } from './dispensing-routes';
import { Broken } from './error-boundary';
import { insuranceRoutes } from './insurance-routes';
import { moneyRoutes } from './money-routes';
import { NAVIGATION } from './navigation';
import { offlineRoutes } from './offline-routes';
import { operationsRoutes } from './operations-routes';
import { peopleRoutes } from './people-routes';
import { pricingRoutes } from './pricing-routes';
import { procurementRoutes } from './procurement-routes';
import { reportsRoutes } from './reports-routes';
import { root } from './root-route';
import { stockRoutes } from './stock-routes';
import {
  type EntrySearch,
  flag,
  type ListSearch,
  type PageSearch,
  number,
  numbers,
  type QueueSearch,
  type StockSearch,
  text,
  type TillSearch,
} from './search-params';

function Home() {
  const { t } = useTranslation();
  const { can } = useSession();
  const first = NAVIGATION.find((item) => can(item.permission));
  if (!first) return <EmptyView title={t('notFound.noScreens')} hint={t('notFound.noScreensHint')} />;
  return <Navigate to={first.to} replace />;
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

const till = createRoute({
  getParentRoute: () => root,
  path: '/till',
  validateSearch: (search: Record<string, unknown>): TillSearch => ({
    patientId: number(search['patientId']),
    fillId: numbers(search['fillId']),
    pay: flag(search['pay']),
  }),
  component: lazyRouteComponent(() => import('../features/till/till-screen'), 'TillScreen'),
});

const sales = createRoute({
  getParentRoute: () => root,
  path: '/sales',
  validateSearch: (search: Record<string, unknown>): ListSearch => ({
    q: text(search['q']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('after-sale', () => import('../features/till/sales-screen')),
    'SalesScreen',
  ),
});

const sale = createRoute({
  getParentRoute: () => root,
  path: '/sales/$saleId',
  component: lazyRouteComponent(
    () => withTexts('screens', () => import('../features/till/sale-screen')),
    'SaleScreen',
  ),
});

const prescriptions = createRoute({
  getParentRoute: () => root,
  path: '/prescriptions/all',
  validateSearch: (search: Record<string, unknown>): QueueSearch => ({
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('screens', () => import('../features/prescriptions/queue-screen')),
    'QueueScreen',
  ),
});

const newPrescription = createRoute({
  getParentRoute: () => root,
  path: '/prescriptions/new',
  validateSearch: (search: Record<string, unknown>): EntrySearch => ({
    patientId: number(search['patientId']),
    drugId: number(search['drugId']),
  }),
  component: lazyRouteComponent(
    () => withTexts(['board', 'clinical'], () => import('../features/prescriptions/entry-screen')),
    'EntryScreen',
  ),
});

const prescription = createRoute({
  getParentRoute: () => root,
  path: '/prescriptions/$prescriptionId',
  component: lazyRouteComponent(
    () =>
      withTexts(
        ['board', 'controlled', 'clinical'],
        () => import('../features/prescriptions/prescription-screen'),
      ),
    'PrescriptionScreen',
  ),
});

const patients = createRoute({
  getParentRoute: () => root,
  path: '/patients',
  validateSearch: (search: Record<string, unknown>): PageSearch => ({
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('screens', () => import('../features/patients/patients-screen')),
    'PatientsScreen',
  ),
});

const newPatient = createRoute({
  getParentRoute: () => root,
  path: '/patients/new',
  component: lazyRouteComponent(
    () => withTexts('screens', () => import('../features/patients/new-patient-screen')),
    'NewPatientScreen',
  ),
});

const stock = createRoute({
  getParentRoute: () => root,
  path: '/stock',
  validateSearch: (search: Record<string, unknown>): StockSearch => ({
    drugId: number(search['drugId']),
    status: text(search['status']),
    expiringWithinDays: number(search['expiringWithinDays']),
    q: text(search['q']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts(['controlled', 'stock'], () => import('../features/inventory/stock-screen')),
    'StockScreen',
  ),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  component: lazyRouteComponent(
    () => withTexts('access', () => import('../features/admin/users-screen')),
    'UsersScreen',
  ),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyRouteComponent(
    () => withTexts(['screens', 'audit'], () => import('../features/admin/audit-screen')),
    'AuditScreen',
  ),
});

const routeTree = root.addChildren([
  home,
  till,
  sales,
  sale,
  prescriptions,
  newPrescription,
  prescription,
  ...afterSaleRoutes,
  ...accessRoutes,
  ...accountsRoutes,
  ...boardRoutes,
  ...catalogRoutes,
  ...clinicalRoutes,
  ...compoundingRoutes,
  ...controlledRoutes,
  ...dispensingRoutes,
  ...insuranceRoutes,
  ...pricingRoutes,
  ...moneyRoutes,
  patients,
  newPatient,
  ...offlineRoutes,
  ...operationsRoutes,
  ...peopleRoutes,
  ...procurementRoutes,
  ...reportsRoutes,
  stock,
  ...stockRoutes,
  users,
  audit,
]);

/** The router; every screen is its own chunk, preloaded when its link is pointed at or focused. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error }) => <Broken error={error} />,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
