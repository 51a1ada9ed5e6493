/* The screens of people as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { ErasuresScreen } from '../features/erasure/erasures-screen';
export { PatientScreen } from '../features/patients/patient-screen';
export { PrescribersScreen } from '../features/prescribers/prescribers-screen';
export { RefillsDueScreen } from '../features/patients/refills-due-screen';
