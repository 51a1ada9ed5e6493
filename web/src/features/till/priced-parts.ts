import { withTexts } from '../../i18n/i18n';
import { lazyPart } from '../../ui/lazy-part';

const load = () => withTexts('pricing', () => import('./priced-line'));

/* What promotions and taxes make of lines and total: no part of the first load, since most baskets have neither until they are priced. */
export const PricedLineNote = lazyPart(() => load().then((part) => part.PricedLineNote));
export const PricedSums = lazyPart(() => load().then((part) => part.PricedSums));
