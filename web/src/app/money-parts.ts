/* Shifts and the journal as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { DenominationsScreen } from '../features/shift/denominations-screen';
export { JournalScreen } from '../features/journal/journal-screen';
export { RatesScreen } from '../features/shift/rates-screen';
export { ShiftReportScreen } from '../features/shift/report-screen';
export { ShiftScreen } from '../features/shift/shift-screen';
export { ShiftsScreen } from '../features/shift/shifts-screen';
