/* Decisions about sales made without the server, as one file for the browser (ADR 18). */
export { OfflineSaleScreen } from '../features/offline/offline-sale-screen';
export { OfflineSalesScreen } from '../features/offline/offline-sales-screen';
