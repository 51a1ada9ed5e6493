import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { HeldBasket, HeldBasketPage, HoldBasket } from '../../api/after-sale-types';
import type { DrugDetail } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';
import { type Cart } from '../till/cart.domain';
import { cartOf, drugLinesOf } from './held-cart.domain';

/** Most baskets that wait at a branch. */
const ALL = 50;

/** Baskets that wait at the branch; other tills hold and resume too, so it is asked again. */
export function useHeldBaskets(enabled: boolean) {
  return useQuery({
    queryKey: keys.heldBaskets,
    queryFn: ({ signal }) => api.get<HeldBasketPage>('/held-baskets', { limit: ALL }, signal),
    enabled,
    staleTime: 0,
  });
}

export function useHold(onDone: (held: HeldBasket) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<HoldBasket, HeldBasket>({
    run: (body, key) => api.post<HeldBasket>('/held-baskets', body, key),
    onSuccess: (held) => {
      void queryClient.invalidateQueries({ queryKey: keys.heldBaskets });
      onDone(held);
    },
  });
}

/** A step of a held basket: taken into this till, discarded, or brought back. */
export function useHeldCommand(
  command: 'resume' | 'discard' | 'restore',
  onDone: (held: HeldBasket) => void,
) {
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: keys.heldBaskets });
  return useIntentMutation<number, HeldBasket>({
    run: (id, key) => api.post<HeldBasket>(`/held-baskets/${id}/${command}`, undefined, key),
    onSuccess: (held) => {
      refresh();
      onDone(held);
    },
    onError: refresh,
  });
}

/** The basket of what was held, with its products as they are now. */
export async function loadCart(held: HeldBasket, decimals: number): Promise<Cart> {
  const lines = drugLinesOf(held.lines);
  const ids = [...new Set(lines.map((line) => line.drugId))];
  const drugs = await Promise.all(ids.map((id) => api.get<DrugDetail>(`/drugs/${id}`)));
  return cartOf(lines, new Map(drugs.map((drug) => [drug.drugId, drug])), decimals);
}
