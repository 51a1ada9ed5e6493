import { z } from 'zod';

import { Id, MoneyText, pageOf, Paging, SignedQuantityText } from '../../../platform/http/schemas.js';
import { MOVE_REASONS } from './rebalance.domain.js';

export const RebalancingQuery = z.strictObject({ ...Paging });

export const RebalancingPage = pageOf(
  z.object({
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    baseUnit: z.string(),
    packUnits: SignedQuantityText,
    /** send: from this branch; request: to it. */
    origin: z.enum(['send', 'request']),
    otherBranchId: Id,
    otherBranchName: z.string(),
    /** unsold: it will not be sold where it is before it expires; runs-out: the other side needs it before a delivery can come. */
    reason: z.enum(MOVE_REASONS),
    packs: z.int(),
    /** Base units, whole packs. */
    quantity: SignedQuantityText,
    /** At the cost of the last delivery here or there; null: not known. */
    value: MoneyText.nullable(),
    /** Base units a day expected at the branch that gives, and at the one that gets. */
    usageFrom: SignedQuantityText,
    usageTo: SignedQuantityText,
    /** Days until the first lot of the giving branch expires; null: none does. */
    firstExpiryDays: z.int().nullable(),
  }),
).meta({ id: 'RebalancingPage' });

export type RebalancingRow = z.output<typeof RebalancingPage>['data'][number];
