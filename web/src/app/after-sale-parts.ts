/* Around a sale, as one file for the browser (ADR 18): returns, credit, quotations, printing, tags, the customer's display. */
export { CreditNotesScreen } from '../features/after-sale/credit-notes-screen';
export { PrintingScreen } from '../features/after-sale/printing-screen';
export { QuotationScreen } from '../features/after-sale/quotation-screen';
export { QuotationsScreen } from '../features/after-sale/quotations-screen';
export { ReturnScreen } from '../features/after-sale/return-screen';
export { SettingsScreen } from '../features/after-sale/settings-screen';
export { DisplayScreen } from '../features/customer-display/display-screen';
export { TagsScreen } from '../features/tags/tags-screen';
