import type { z } from 'zod';

import type { ReturnDetail, ReturnView } from './returns.schemas.js';

/** A return as lists show it. */
export type Return = z.output<typeof ReturnView>;
/** A return with its lines and history. */
export type ReturnWithLines = z.output<typeof ReturnDetail>;
