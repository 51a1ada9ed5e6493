/* The screens of prices as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { LimitsScreen } from '../features/pricing/limits-screen';
export { PromotionsScreen } from '../features/pricing/promotions-screen';
export { TaxesScreen } from '../features/pricing/taxes-screen';
