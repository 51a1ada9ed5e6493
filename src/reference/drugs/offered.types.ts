import { z } from 'zod';

import { summary } from './drugs.schemas.js';

/** How near two classes are: of one ATC level 4 class, of one level 3 class, or of classes given for the same purpose. */
export const NEARNESS = ['class', 'group', 'purpose'] as const;
export type Nearness = (typeof NEARNESS)[number];

/** A product offered instead of another. */
export const offeredFields = {
  ...summary,
  company: z.string().nullable(),
  /** Price of one base unit, to the millionth; null where no price is known. */
  unitPrice: z.string().nullable(),
  /** What a base unit costs more (or less, negative) than one of the product asked about; null where that says nothing. */
  unitPriceDifference: z.string().nullable(),
};
