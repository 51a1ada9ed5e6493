import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  PackFound,
  PackLife,
  SaveTracePolicy,
  TraceBatch,
  TraceBatchPage,
  TraceEventPage,
  TracePolicy,
  TraceStatus,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';
import { saveFile } from '../../ui/save-file';

const trace = [...keys.stock, 'trace'] as const;

/** How the branch stands with what it must tell of its packs. */
export function useTraceStatus() {
  return useQuery({
    queryKey: [...trace, 'status'],
    queryFn: ({ signal }) => api.get<TraceStatus>('/trace/status', undefined, signal),
  });
}

/** How the branch tracks packs; `version` is 0 while nobody has said. */
export function useTracePolicy() {
  return useQuery({
    queryKey: [...trace, 'policy'],
    queryFn: ({ signal }) => api.get<TracePolicy>('/trace/policy', undefined, signal),
  });
}

export function useSaveTracePolicy(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<TracePolicy, Problem, SaveTracePolicy>({
    mutationFn: (body) => api.put<TracePolicy>('/trace/policy', body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: trace });
      onDone();
    },
  });
}

/** The pack a code is on; nothing is asked without a code. */
export function usePackOfCode(code: string | undefined) {
  return useQuery({
    queryKey: [...trace, 'code', code],
    queryFn: () => api.post<PackFound>('/trace/serials/look-up', { code }),
    enabled: code !== undefined,
    retry: false,
  });
}

export function usePackLife(packSerialId: number) {
  return useQuery({
    queryKey: [...trace, 'pack', packSerialId],
    queryFn: ({ signal }) => api.get<PackLife>(`/trace/serials/${packSerialId}`, undefined, signal),
  });
}

/** A command of a pack; what it moves is stock. */
export function usePackCommand(
  packSerialId: number,
  command: 'report' | 'quarantine' | 'release',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<{ reason: string; version: number; kind?: string }, PackLife>({
    run: (body, key) => api.post<PackLife>(`/trace/serials/${packSerialId}/${command}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}

export type EventState = 'pending' | 'exported' | 'accepted';

/** Events of the branch, newest first, below a cursor. */
export function useTraceEvents(state: EventState | undefined, cursor: string | undefined) {
  return useQuery({
    queryKey: [...trace, 'events', state, cursor],
    queryFn: ({ signal }) => api.get<TraceEventPage>('/trace/events', { state, cursor, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useTraceBatches(page: number) {
  return useQuery({
    queryKey: [...trace, 'batches', page],
    queryFn: ({ signal }) => api.get<TraceBatchPage>('/trace/batches', { page, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  });
}

/** A command of tracing: whatever it changes is read again. */
export function useTraceCommand<Body>(path: string, onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, TraceBatch>({
    run: (body, key) => api.post<TraceBatch>(path, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: trace });
      onDone();
    },
  });
}

/** Hands a batch out as a file. */
export function useBatchFile(traceBatchId: number) {
  return useMutation<string, Problem, 'csv' | 'epcis'>({
    mutationFn: (format) => api.csv(`/trace/batches/${traceBatchId}/file`, { format }),
    onSuccess: (text, format) => {
      const isCsv = format === 'csv';
      const type = isCsv ? 'text/csv;charset=utf-8' : 'application/ld+json;charset=utf-8';
      saveFile(`trace-batch-${traceBatchId}.${isCsv ? 'csv' : 'jsonld'}`, text, type);
    },
  });
}
