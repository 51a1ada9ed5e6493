/* What suppliers charge and take back, and the scanner's page, as one file for the browser (ADR 18). */
export { InvoiceScreen } from '../features/supplier-invoices/invoice-screen';
export { InvoicesScreen } from '../features/supplier-invoices/invoices-screen';
export { NewInvoiceScreen } from '../features/supplier-invoices/new-invoice-screen';
export { PayablesScreen } from '../features/supplier-invoices/payables-screen';
export { NewReturnScreen } from '../features/supplier-returns/new-return-screen';
export { ReturnScreen } from '../features/supplier-returns/return-screen';
export { ReturnsScreen } from '../features/supplier-returns/returns-screen';
export { ScannerScreen } from '../features/scanner/scanner-screen';
