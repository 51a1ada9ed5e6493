/* The screens of insurance as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { ClaimsScreen } from '../features/insurance/claims-screen';
export { PayerScreen } from '../features/insurance/payer-screen';
export { PayersScreen } from '../features/insurance/payers-screen';
