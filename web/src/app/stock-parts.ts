/* The screens of stock as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { CorrectionsScreen } from '../features/corrections/corrections-screen';
export { CountPlanScreen } from '../features/stock-counts/count-plan-screen';
export { CountScreen } from '../features/stock-counts/count-screen';
export { CountsScreen } from '../features/stock-counts/counts-screen';
export { PacksScreen } from '../features/packs/packs-screen';
export { RecallScreen } from '../features/recalls/recall-screen';
export { RecallsScreen } from '../features/recalls/recalls-screen';
export { TransferScreen } from '../features/transfers/transfer-screen';
export { TransfersScreen } from '../features/transfers/transfers-screen';
export { ReplenishmentScreen } from '../features/replenishment/replenishment-screen';
export { StockReportsScreen } from '../features/stock-reports/stock-reports-screen';
