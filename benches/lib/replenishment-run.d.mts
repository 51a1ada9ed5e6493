import type { World } from './replenishment-world.mjs';

/** What a way of buying came to. */
export interface Outcome {
  readonly lostUnits: number;
  readonly lostValue: number;
  readonly outDays: number;
  readonly wasted: number;
  readonly capital: number;
  readonly lines: number;
}
export function run(
  world: World,
  policy: unknown,
  terms: { buy: (...facts: never[]) => unknown; from: number; noted?: number },
): Outcome;
