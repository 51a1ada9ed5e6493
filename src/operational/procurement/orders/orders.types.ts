import type { z } from 'zod';

import type { OrderDetail, OrderView } from './orders.schemas.js';

/** An order as it is listed. */
export type Order = z.output<typeof OrderView>;

/** An order with its lines and its history. */
export type OrderWithLines = z.output<typeof OrderDetail>;

/** A line with what came of it. */
export type OrderLine = OrderWithLines['lines'][number];
