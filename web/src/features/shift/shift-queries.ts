import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type {
  CashDenominations,
  CashDrop,
  CashMovement,
  CloseShift,
  CountDrawer,
  ExchangeRates,
  SetCashDenominations,
  SetExchangeRates,
  ShiftDrawer,
  ShiftPage,
  ShiftReport,
  TillShift,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** Notes and coins that are counted at the branch. */
export function useDenominations() {
  return useQuery({
    queryKey: keys.denominations,
    queryFn: ({ signal }) => api.get<CashDenominations>('/till-shifts/denominations', undefined, signal),
  });
}

/** Says which notes and coins the currency of the branch has. */
export function useSetDenominations(onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<SetCashDenominations, CashDenominations>({
    run: (body) => api.put<CashDenominations>('/till-shifts/denominations', body),
    onSuccess: (list) => {
      queryClient.setQueryData(keys.denominations, list);
      onDone();
    },
  });
}

/** A shift with what was moved and counted; nothing of what is expected. */
export function useDrawer(shiftId: number) {
  return useQuery({
    queryKey: keys.drawer(shiftId),
    queryFn: ({ signal }) => api.get<ShiftDrawer>(`/till-shifts/${shiftId}`, undefined, signal),
    staleTime: 0,
  });
}

/** Puts cash in, takes it out, or drops it into the safe. */
export function useMoveCash(shiftId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<{ way: 'pay-in' | 'pay-out' | 'drop'; body: CashMovement | CashDrop }, TillShift>({
    run: ({ way, body }, key) => api.post<TillShift>(`/till-shifts/${shiftId}/${way}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.drawer(shiftId) });
      onDone();
    },
  });
}

/** Writes down what was counted. */
export function useCountDrawer(shiftId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CountDrawer, ShiftDrawer>({
    run: (body, key) => api.post<ShiftDrawer>(`/till-shifts/${shiftId}/count`, body, key),
    onSuccess: (drawer) => {
      queryClient.setQueryData(keys.drawer(shiftId), drawer);
      onDone();
    },
  });
}

/** Closes the shift on the count that stands. */
export function useCloseShift(shiftId: number, onDone: (report: ShiftReport) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CloseShift, ShiftReport>({
    run: (body, key) => api.post<ShiftReport>(`/till-shifts/${shiftId}/close`, body, key),
    onSuccess: (report) => {
      queryClient.setQueryData(keys.shiftReport(shiftId), report);
      onDone(report);
    },
    // Something was sold meanwhile: the count does not stand any more, which the drawer says.
    onError: () => void queryClient.invalidateQueries({ queryKey: keys.drawer(shiftId) }),
  });
}

/** X report of an open shift, Z report of a closed one. */
export function useShiftReport(shiftId: number) {
  return useQuery({
    queryKey: keys.shiftReport(shiftId),
    queryFn: ({ signal }) => api.get<ShiftReport>(`/till-shifts/${shiftId}/report`, undefined, signal),
    staleTime: 0,
  });
}

/** Shifts of the branch, the newest first. */
export function useShifts(query: Query) {
  return useQuery({
    queryKey: keys.shifts(query),
    queryFn: ({ signal }) => api.get<ShiftPage>('/till-shifts', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Rates of a day; today's where none is named. */
export function useExchangeRates() {
  return useQuery({
    queryKey: keys.rates,
    queryFn: ({ signal }) => api.get<ExchangeRates>('/exchange-rates', undefined, signal),
    staleTime: 60_000,
  });
}

/** Writes down the rates of today. */
export function useSetRates(onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<SetExchangeRates, ExchangeRates>({
    run: (body) => api.put<ExchangeRates>('/exchange-rates', body),
    onSuccess: (rates) => {
      queryClient.setQueryData(keys.rates, rates);
      onDone();
    },
  });
}
