import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { InTransitPage, OpenRecall, Recall, RecallContacts, RecallPage } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PATH = '/inventory/recalls';
const recalls = [...keys.stock, 'recalls'] as const;
const CONTACTS_PAGE = 50;

/** Recalls, newest first. */
export function useRecalls(query: Query) {
  return useQuery({
    queryKey: [...recalls, 'list', query],
    queryFn: ({ signal }) => api.get<RecallPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useRecall(recallId: number) {
  return useQuery({
    queryKey: [...recalls, recallId],
    queryFn: ({ signal }) => api.get<Recall>(`${PATH}/${recallId}`, undefined, signal),
  });
}

/** Who got something of it. Asked for only on demand: each person named is a record read, and logged. */
export function useContacts(recallId: number, isWanted: boolean) {
  return useInfiniteQuery({
    queryKey: [...recalls, recallId, 'contacts'],
    queryFn: ({ signal, pageParam }) =>
      api.get<RecallContacts>(
        `${PATH}/${recallId}/contacts`,
        { limit: CONTACTS_PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: isWanted,
  });
}

/** What of a product is between branches. */
export function useInTransit(drugId: number | undefined) {
  const query = { drugId, limit: 100 };
  return useQuery({
    queryKey: [...keys.stock, 'in-transit', query],
    queryFn: ({ signal }) => api.get<InTransitPage>('/inventory/in-transit', query, signal),
    enabled: drugId !== undefined,
  });
}

/** Calls a lot or a product back. */
export function useOpenRecall(onDone: (recall: Recall) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<OpenRecall, Recall>({
    run: (body, key) => api.post<Recall>('/inventory/recall', body, key),
    onSuccess: (recall) => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone(recall);
    },
  });
}

export function useRecallCommand<Body>(
  recallId: number,
  command: 'apply' | 'close' | 'withdraw',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, Recall>({
    run: (body, key) => api.post<Recall>(`${PATH}/${recallId}/${command}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}
