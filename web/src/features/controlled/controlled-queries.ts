import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  ControlledCounted,
  ControlledMaximum,
  ControlledMaximumPage,
  CountSheet,
  DestroyRequest,
  Destruction,
  DestructionPage,
  RegisterPage,
  SetControlledMaximum,
  SignOff,
  SignOffDay,
  SignOffPage,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PAGE_SIZE = 50;

/** The register by product and number, page by page by cursor. */
export function useRegister(query: Query) {
  return useInfiniteQuery({
    queryKey: keys.register(query),
    queryFn: ({ signal, pageParam }) =>
      api.get<RegisterPage>(
        '/reports/controlled-register',
        { ...query, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What is to be counted to sign a day off; never what is expected. */
export function useCountSheet(query: Query) {
  return useQuery({
    queryKey: keys.countSheet(query),
    queryFn: ({ signal }) => api.get<CountSheet>('/controlled-register/sheet', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Keeps a count; what comes back says whether it agrees, and no more. */
export function useCount() {
  const queryClient = useQueryClient();
  return useMutation<ControlledCounted, Problem, { drugId: number; counted: string }>({
    mutationFn: (body) => api.post<ControlledCounted>('/controlled-register/counts', body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.countSheets }),
  });
}

/** Signs a day off with all open ones before it. */
export function useSignOff(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<SignOff, Problem, SignOffDay>({
    mutationFn: (body) => api.post<SignOff>('/controlled-register/sign-offs', body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.countSheets });
      onDone();
    },
  });
}

/** Days signed off, the newest first. */
export function useSignOffs(page: number, isWanted: boolean) {
  return useQuery({
    queryKey: [...keys.countSheets, 'signed', page],
    queryFn: ({ signal }) =>
      api.get<SignOffPage>('/controlled-register/sign-offs', { page, limit: 10 }, signal),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
}

/** What was destroyed or is to be, the newest first. */
export function useDestructions(query: Query) {
  return useQuery({
    queryKey: keys.destructions(query),
    queryFn: ({ signal }) => api.get<DestructionPage>('/inventory/destructions', query, signal),
    placeholderData: keepPreviousData,
  });
}

function useDestructionCommand<Body>(
  run: (body: Body, key: string) => Promise<Destruction>,
  onDone: (done: Destruction) => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, Destruction>({
    run,
    onSuccess: (done) => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone(done);
    },
  });
}

/** Takes stock out for good, or leaves it waiting for the second person. */
export function useDestroy(onDone: (done: Destruction) => void) {
  return useDestructionCommand<DestroyRequest>(
    (body, key) => api.post<Destruction>('/inventory/destroy', body, key),
    onDone,
  );
}

/** Signs as the second person for what waits. */
export function useWitnessDestruction(destructionId: number, onDone: (done: Destruction) => void) {
  return useDestructionCommand<{ stepUp: string }>(
    (body, key) => api.post<Destruction>(`/inventory/destructions/${destructionId}/witness`, body, key),
    onDone,
  );
}

/** Leaves what waits undone. */
export function useCancelDestruction(destructionId: number, onDone: (done: Destruction) => void) {
  return useDestructionCommand<{ reason: string }>(
    (body, key) => api.post<Destruction>(`/inventory/destructions/${destructionId}/cancel`, body, key),
    onDone,
  );
}

/** What one prescription may hold, by law and product. */
export function useMaxima(query: Query) {
  return useQuery({
    queryKey: keys.maxima(query),
    queryFn: ({ signal }) => api.get<ControlledMaximumPage>('/controlled-maxima', query, signal),
    placeholderData: keepPreviousData,
  });
}

function useMaximumChange<Body>(run: (body: Body) => Promise<unknown>, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<unknown, Problem, Body>({
    mutationFn: run,
    onSuccess: async () => {
      // What a person may still have is counted by it.
      await Promise.all(
        [keys.allMaxima, keys.prescriptions].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
      onDone();
    },
  });
}

/** Enters the figure of a product, or another one. */
export const useSetMaximum = (onDone: () => void) =>
  useMaximumChange((body: SetControlledMaximum) => api.put('/controlled-maxima', body), onDone);

/** Takes the figure of a product out. */
export const useEndMaximum = (onDone: () => void) =>
  useMaximumChange(
    ({ jurisdiction, drugId }: Pick<ControlledMaximum, 'jurisdiction' | 'drugId'>) =>
      api.delete(`/controlled-maxima/${jurisdiction}/${drugId}`),
    onDone,
  );
