import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type JournalSearch, number, type ShiftsSearch, text } from './search-params';

/* Shifts of the till and the journal. Their texts travel with them, and those of the witness. */

const parts = () => withTexts(['controlled', 'money'], () => import('./money-parts'));

const shift = createRoute({
  getParentRoute: () => root,
  path: '/till/shift',
  component: lazyRouteComponent(parts, 'ShiftScreen'),
});

const shifts = createRoute({
  getParentRoute: () => root,
  path: '/till/shifts',
  validateSearch: (search: Record<string, unknown>): ShiftsSearch => ({
    status: text(search['status']),
    from: text(search['from']),
    to: text(search['to']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'ShiftsScreen'),
});

const report = createRoute({
  getParentRoute: () => root,
  path: '/till/shifts/$shiftId',
  component: lazyRouteComponent(parts, 'ShiftReportScreen'),
});

const rates = createRoute({
  getParentRoute: () => root,
  path: '/till/rates',
  component: lazyRouteComponent(parts, 'RatesScreen'),
});

const denominations = createRoute({
  getParentRoute: () => root,
  path: '/till/denominations',
  component: lazyRouteComponent(parts, 'DenominationsScreen'),
});

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: (search: Record<string, unknown>): JournalSearch => ({
    view: text(search['view']),
    from: text(search['from']),
    to: text(search['to']),
    account: text(search['account']),
    by: text(search['by']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(parts, 'JournalScreen'),
});

/** Every screen of shifts and the journal. */
export const moneyRoutes = [shift, shifts, report, rates, denominations, journal] as const;
