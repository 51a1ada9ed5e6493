import type { z } from 'zod';

import type { OfflineSalePage, OfflineSaleInput, OfflineSaleView } from './offline-sales.schemas.js';

/** An offline sale as the till sent it. */
export type OfflineSaleContent = z.output<typeof OfflineSaleInput>;

type WithInstants<Row, Name extends keyof Row> = Omit<Row, Name> & Readonly<Record<Name, Date>>;

/** An offline sale as lists show it. Amounts are decimal strings. */
export type OfflineSaleRow = WithInstants<
  z.output<typeof OfflineSalePage>['data'][number],
  'soldAt' | 'receivedAt'
>;

/** One of what was done about an offline sale that could not be posted as it came. */
export type OfflineStep = WithInstants<z.output<typeof OfflineSaleView>['steps'][number], 'recordedAt'>;

/** A line whose pack cost something else when the sale came in than when it was sold. */
export type PriceDifference = z.output<typeof OfflineSaleView>['priceDifferences'][number];

/** An offline sale with its lines and what was done about it. */
export type OfflineSaleDetail = OfflineSaleRow &
  Pick<z.output<typeof OfflineSaleView>, 'cash' | 'items' | 'priceDifferences'> & {
    readonly steps: readonly OfflineStep[];
  };

/** What the catalogue says of a line's price. Amounts are decimal strings. */
export interface JudgedPrice {
  readonly lineNo: number;
  readonly drugId: number;
  readonly soldAt: string;
  /** Now; null: there is no such product. */
  readonly price: string | null;
  /** The catalogue had it when it was sold, or shortly before. */
  readonly isKnown: boolean;
}
