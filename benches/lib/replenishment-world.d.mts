/** A pharmacy made up from a seed. */
export interface World {
  readonly days: number;
}
export function makeWorld(asked: { seed: number; products: number; days: number }): World;
