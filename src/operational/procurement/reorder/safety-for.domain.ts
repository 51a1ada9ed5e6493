import { decimalOf } from '../forecast/demand-curve.domain.js';
import type { Forecast } from '../forecast/forecast.domain.js';
import { leadDeviation, safetyStock } from '../forecast/safety.domain.js';

/** What is known of how a product is delivered, and of the service it is to have. */
export interface Delivered {
  readonly leadDays: number;
  /** Deviation of its lead time in days, and of how many orders it is. */
  readonly leadSeen: number | null;
  readonly leadOrders: number;
  /** Of its rule; null: as the branch has it. */
  readonly ruleService: number | null;
}

export interface Safety {
  /** Base units, decimal. */
  readonly safety: string;
  readonly serviceLevel: number;
  /** Days. */
  readonly leadDeviation: number;
}

/** The safety stock of a product at a branch of this service level. */
export function safetyFor(
  { leadDays, leadSeen, leadOrders, ruleService }: Delivered,
  forecast: Forecast,
  branchService: number,
  reviewDays: number,
): Safety {
  const service = ruleService ?? branchService;
  const deviation = leadDeviation(leadDays, leadSeen, leadOrders);
  const safety = safetyStock(forecast, { leadDays, leadDeviation: deviation, reviewDays, service });
  return {
    safety: decimalOf(safety),
    serviceLevel: service,
    leadDeviation: Math.round(deviation * 10) / 10,
  };
}
