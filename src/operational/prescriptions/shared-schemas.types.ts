/** What other slices say in the words of this one: a fill made with something else, a pack in hand, a list of prescriptions. */
export { FillPrescription, FilledView, PrescriptionPage } from './prescriptions.schemas.js';
export { packFields } from './fill-scans.schemas.js';
export { BYPASS_REASONS } from './scan-match.domain.js';
