import { z } from 'zod';

import { Id, Paging, QueryFlag, QueryId } from '../../platform/http/schemas.js';
import { OwedFill } from './owed-fills.types.js';

export const OwedFillsQuery = z.strictObject({
  patientId: QueryId.optional(),
  drugId: QueryId.optional(),
  /** Only what the stock of now completes, or only what it does not. */
  completable: QueryFlag.optional(),
  cursor: QueryId.optional(),
  limit: Paging.limit,
});

export const OwedFillsPage = z
  .object({ data: z.array(OwedFill), nextCursor: Id.nullable() })
  .meta({ id: 'OwedFillsPage' });
