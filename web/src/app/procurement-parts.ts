/* The screens of purchasing as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { OrderScreen } from '../features/procurement/order-screen';
export { OrdersScreen } from '../features/procurement/orders-screen';
export { ReceiptScreen } from '../features/procurement/receipt-screen';
export { ReceiptsScreen } from '../features/procurement/receipts-screen';
export { ReceivingScreen } from '../features/procurement/receiving-screen';
export { SuppliersScreen } from '../features/procurement/suppliers-screen';
