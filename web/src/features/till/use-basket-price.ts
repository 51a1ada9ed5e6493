import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { PricedSale } from '../../api/types';
import { decimalOrZero, type Thousandths } from '../../ui/money.domain';
import { type Cart, cartTotal, lineFault, toItems } from './cart.domain';

/** What the server says a basket costs; until it has answered, what the till reckons by itself. */
export interface BasketPrice {
  /** The server's answer to the basket as it stands; undefined: not there yet, or refused. */
  priced: PricedSale | undefined;
  /** What everything costs, whoever pays, before cash is rounded. */
  total: Thousandths;
  /** The same when the server has answered; the till's own reckoning where it does not answer. */
  settled: () => Promise<Thousandths>;
}

/** A price is asked for again after this long: promotions end at a moment. */
const STALE_MS = 15_000;

/** Prices the basket as the sale would: promotions, taxes, limits. The server decides, the till shows the same. */
export function useBasketPrice(cart: Cart, patientId: number | undefined): BasketPrice {
  const queryClient = useQueryClient();
  const body = { ...(patientId === undefined ? {} : { patientId }), items: toItems(cart) };
  const isWhole = cart.lines.length > 0 && cart.lines.every((line) => lineFault(line, cart) === undefined);
  const question = {
    queryKey: ['till', 'price', body],
    queryFn: () => api.post<PricedSale>('/sales/price', body),
    staleTime: STALE_MS,
    retry: false,
  };
  const { data } = useQuery({ ...question, enabled: isWhole });
  const own = cartTotal(cart);
  const of = (priced: PricedSale | undefined) => (priced ? decimalOrZero(priced.total) : own);
  return {
    priced: isWhole ? data : undefined,
    total: of(isWhole ? data : undefined),
    settled: () => queryClient.fetchQuery(question).then(of, () => own),
  };
}
