/** What other slices say in the words of this one: a fill made with something else, and a pack in hand. */
export { FillPrescription, FilledView } from './prescriptions.schemas.js';
export { packFields } from './fill-scans.schemas.js';
export { BYPASS_REASONS } from './scan-match.domain.js';
