import type { OfflineSaleInput, TillCatalogue } from '../../api/types';

/** A product as the till keeps it. */
export type OfflineProduct = TillCatalogue['data'][number];

/** The branch as receipts are headed and money is counted. */
export type OfflineBranch = TillCatalogue['branch'];

/** A sale as it is sent. */
export type OfflineRequest = OfflineSaleInput;
