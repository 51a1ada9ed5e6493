import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type {
  BarcodeAnswer,
  CreateSupplierReturn,
  Lot,
  LotPage,
  ReturnDeadlines,
  SupplierReturn,
  SupplierReturnPage,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';
import { refresh } from '../supplier-invoices/invoice-queries';

const PATH = '/supplier-returns';
const returns = ['bills', 'returns'] as const;
const MOST_LOTS = 100;
const SET_ASIDE = ['expired', 'quarantined', 'recalled'] as const;

/** Returns of the branch, newest first. */
export function useReturns(query: Query, enabled: boolean) {
  return useQuery({
    queryKey: [...returns, 'list', query],
    queryFn: ({ signal }) => api.get<SupplierReturnPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Lots suppliers take back, the one whose time is up first, first. */
export function useDeadlines(query: Query, enabled: boolean) {
  return useQuery({
    queryKey: [...returns, 'deadlines', query],
    queryFn: ({ signal }) => api.get<ReturnDeadlines>(`${PATH}/deadlines`, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useReturn(returnId: number) {
  return useQuery({
    queryKey: [...returns, returnId],
    queryFn: ({ signal }) => api.get<SupplierReturn>(`${PATH}/${returnId}`, undefined, signal),
  });
}

/** What a supplier may get back today: lots whose time is open, and what came from him and is set aside. */
export function useReturnable(supplierId: number) {
  return useQuery({
    queryKey: [...returns, 'returnable', supplierId],
    queryFn: async ({ signal }) => {
      const lotsOf = (status: string) =>
        api.get<LotPage>('/inventory/lots', { supplierId, status, limit: MOST_LOTS }, signal);
      const [deadlines, ...aside] = await Promise.all([
        api.get<ReturnDeadlines>(
          `${PATH}/deadlines`,
          { supplierId, withinDays: 0, limit: MOST_LOTS },
          signal,
        ),
        ...SET_ASIDE.map(lotsOf),
      ]);
      return {
        open: deadlines.data.filter(({ isOpen }) => isOpen),
        aside: aside.flatMap(({ data }) => data),
      };
    },
    staleTime: 0,
    gcTime: 0,
  });
}

/** The lots a scanned pack may be of. */
export async function lotsOfCode(code: string): Promise<readonly Lot[]> {
  const found = await api.get<BarcodeAnswer>(`/drugs/by-barcode/${encodeURIComponent(code)}`);
  const query = { drugId: found.drug.drugId, q: found.lotNumber ?? undefined, limit: MOST_LOTS };
  return (await api.get<LotPage>('/inventory/lots', query)).data;
}

/** Names what is to go back; nothing leaves yet. */
export function useCreateReturn(onDone: (made: SupplierReturn) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CreateSupplierReturn, SupplierReturn>({
    run: (body, key) => api.post<SupplierReturn>(PATH, body, key),
    onSuccess: (made) => {
      refresh(queryClient);
      onDone(made);
    },
  });
}

/** A command of a return; shipping and cancelling move stock. */
export function useReturnCommand<Body>(
  returnId: number,
  command: 'ship' | 'credit' | 'cancel',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, SupplierReturn>({
    run: (body, key) => api.post<SupplierReturn>(`${PATH}/${returnId}/${command}`, body, key),
    onSuccess: (found) => {
      queryClient.setQueryData([...returns, returnId], found);
      refresh(queryClient);
      void queryClient.invalidateQueries({ queryKey: keys.drugs });
      onDone();
    },
  });
}
