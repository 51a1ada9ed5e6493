import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { number, type StockScreenSearch, text } from './search-params';

/* Stock beyond the list of lots, and what suppliers charge and take back. Their texts travel with them, and those of the witness. */

const stock = () => withTexts(['controlled', 'stock'], () => import('./stock-parts'));
const packs = () => withTexts(['controlled', 'stock', 'packs'], () => import('./stock-parts'));
const replenishment = () =>
  withTexts(['controlled', 'stock', 'replenishment'], () => import('./stock-parts'));
const bills = () => withTexts(['controlled', 'stock', 'bills'], () => import('./bills-parts'));

/** What is shown of a screen; each takes what it knows. */
const validateSearch = (search: Record<string, unknown>): StockScreenSearch => ({
  status: text(search['status']),
  view: text(search['view']),
  by: text(search['by']),
  at: text(search['at']),
  supplierId: number(search['supplierId']),
  orderId: number(search['orderId']),
  page: number(search['page']),
});

type Name<Parts extends () => Promise<object>> = Extract<keyof Awaited<ReturnType<Parts>>, string>;

/** A screen at its address, out of the file it is in. */
const screen = <const Path extends string, Parts extends () => Promise<Record<string, unknown>>>(
  path: Path,
  parts: Parts,
  name: Name<Parts>,
) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch,
    component: lazyRouteComponent(parts, name),
  });

/** Every one of these screens. */
export const stockRoutes = [
  screen('/inventory/counts', stock, 'CountsScreen'),
  screen('/inventory/counts/$countId', stock, 'CountScreen'),
  screen('/inventory/count-plan', stock, 'CountPlanScreen'),
  screen('/inventory/transfers', stock, 'TransfersScreen'),
  screen('/inventory/transfers/$transferId', stock, 'TransferScreen'),
  screen('/inventory/recalls', stock, 'RecallsScreen'),
  screen('/inventory/recalls/$recallId', stock, 'RecallScreen'),
  screen('/inventory/packs', packs, 'PacksScreen'),
  screen('/inventory/corrections', stock, 'CorrectionsScreen'),
  screen('/inventory/replenishment', replenishment, 'ReplenishmentScreen'),
  screen('/inventory/reports', stock, 'StockReportsScreen'),
  screen('/inventory/invoices', bills, 'InvoicesScreen'),
  screen('/inventory/invoices/new', bills, 'NewInvoiceScreen'),
  screen('/inventory/invoices/$invoiceId', bills, 'InvoiceScreen'),
  screen('/inventory/payables', bills, 'PayablesScreen'),
  screen('/inventory/returns', bills, 'ReturnsScreen'),
  screen('/inventory/returns/new', bills, 'NewReturnScreen'),
  screen('/inventory/returns/$returnId', bills, 'ReturnScreen'),
  screen('/inventory/scanner', bills, 'ScannerScreen'),
] as const;
