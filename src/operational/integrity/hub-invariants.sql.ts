import type { Invariant } from './invariant.types.js';

/** What a branch of a hub must hold that nobody checks while rows come from there. */
export const HUB_INVARIANTS: readonly Invariant[] = [
  {
    code: 'hub-has-what-is-used',
    rule: 'Whatever refers to a product, list entry or rule that comes from the hub finds it.',
    sql: `select b as broken from reference.broken_references() b`,
  },
];
