/* The dashboard and the reports of sales as one file for the browser (ADR 18): the drawing of bars travels with it alone. */
export { DashboardScreen } from '../features/dashboard/dashboard-screen';
export { SalesReportsScreen } from '../features/sales-reports/sales-reports-screen';
