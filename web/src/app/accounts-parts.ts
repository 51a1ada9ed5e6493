/* Accounts of customers, one, and what is owed by age, as one file for the browser (ADR 18). */
export { AccountScreen } from '../features/accounts/account-screen';
export { AccountsScreen } from '../features/accounts/accounts-screen';
export { ReceivablesScreen } from '../features/accounts/receivables-screen';
