import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { TillRules } from './basket.domain.js';
import type { Till } from './sales.types.js';

/** How this branch counts money and what this seller may. */
export const rulesOf = (ctx: RequestContext, till: Till): TillRules => ({
  currencyDecimals: till.currencyDecimals,
  cashRounding: Money.of(till.cashRounding),
  anyDiscount: ctx.actor.permissions.has('Refund'),
});
