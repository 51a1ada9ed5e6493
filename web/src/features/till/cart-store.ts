import { useCallback, useSyncExternalStore } from 'react';
import { type Cart, emptyCart, toItems } from './cart.domain';

/** Baskets by branch. They outlive the screen, so that a look at stock or a patient does not lose the customer's lines. */
const carts = new Map<number, Cart>();
const listeners = new Set<() => void>();

// The same object each time: React compares what a store gives by identity.
const starts = new Map<number, Cart>();

function start(decimals: number): Cart {
  const known = starts.get(decimals) ?? emptyCart(decimals);
  starts.set(decimals, known);
  return known;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The basket of a branch's till and the way to change it. */
export function useCart(branchId: number, decimals: number): [Cart, (change: (cart: Cart) => Cart) => void] {
  const cart = useSyncExternalStore(subscribe, () => carts.get(branchId) ?? start(decimals));
  const change = useCallback(
    (make: (cart: Cart) => Cart) => {
      carts.set(branchId, make(carts.get(branchId) ?? start(decimals)));
      listeners.forEach((listener) => listener());
    },
    [branchId, decimals],
  );
  return [cart, change];
}

/** The last sale that was sent and got no answer: whether it was posted is unknown. */
let doubtful: { key: string; items: string } | undefined;

/** Remembers the attempt to post a basket whose answer never came, by its key; or, without one, that there is none any more. */
export function noteDoubtful(attempt?: { key: string; items: readonly unknown[] }): void {
  doubtful = attempt && { key: attempt.key, items: JSON.stringify(attempt.items) };
}

/** The key of the attempt to post this very basket whose answer never came. */
export const doubtfulKeyOf = (cart: Cart): string | undefined =>
  doubtful?.items === JSON.stringify(toItems(cart)) ? doubtful.key : undefined;
