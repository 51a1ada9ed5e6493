/** Shapes of a patient that other slices answer with. */
export { PatientDetail } from './patient-records.schemas.js';
