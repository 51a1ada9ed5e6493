import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type JournalSearch, number, text } from './search-params';

/* Shifts of the till and the journal. Their texts travel with them, and those of the witness. */

const parts = () => withTexts(['controlled', 'money'], () => import('./money-parts'));

/** What is shown of a screen; each takes what it knows. */
const validateSearch = (search: Record<string, unknown>): JournalSearch => ({
  view: text(search['view']),
  status: text(search['status']),
  from: text(search['from']),
  to: text(search['to']),
  account: text(search['account']),
  by: text(search['by']),
  page: number(search['page']),
});

type Name = Extract<keyof Awaited<ReturnType<typeof parts>>, string>;

/** A screen at its address. */
const screen = <const Path extends string>(path: Path, name: Name) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch,
    component: lazyRouteComponent(parts, name),
  });

/** Every screen of shifts and the journal. */
export const moneyRoutes = [
  screen('/till/shift', 'ShiftScreen'),
  screen('/till/shifts', 'ShiftsScreen'),
  screen('/till/shifts/$shiftId', 'ShiftReportScreen'),
  screen('/till/rates', 'RatesScreen'),
  screen('/till/denominations', 'DenominationsScreen'),
  screen('/journal', 'JournalScreen'),
] as const;
