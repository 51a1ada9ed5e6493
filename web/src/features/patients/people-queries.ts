import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  MergePatient,
  PatientAdherence,
  PatientConsent,
  PatientConsentPage,
  PatientDuplicates,
  PatientMerge,
  PatientMergePage,
  PatientTimelinePage,
  PatientViewsPage,
  RecordConsent,
} from '../../api/types';

/** Days looked back for how steadily medicines were collected. */
export const ADHERENCE_DAYS = 180;
const PAGE = 20;

/** What was collected, its gaps, and one day proposed for all refills. */
export function useAdherence(patientId: number) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'adherence'),
    queryFn: ({ signal }) =>
      api.get<PatientAdherence>(`/patients/${patientId}/adherence`, { days: ADHERENCE_DAYS }, signal),
  });
}

/** What happened to a patient, the last first, page by page. */
export function useTimeline(patientId: number) {
  return useInfiniteQuery({
    queryKey: keys.patientPart(patientId, 'timeline'),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<PatientTimelinePage>(
        `/patients/${patientId}/timeline`,
        { limit: PAGE, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (last) => last.meta.nextCursor ?? undefined,
  });
}

/** Who read the record, the last first, page by page. */
export function useViews(patientId: number) {
  return useInfiniteQuery({
    queryKey: keys.patientPart(patientId, 'views'),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<PatientViewsPage>(`/patients/${patientId}/views`, { limit: PAGE, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.meta.nextCursor ?? undefined,
  });
}

/** What was agreed to and taken back, the last decisions first. */
export function useConsents(patientId: number) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'consents'),
    queryFn: ({ signal }) =>
      api.get<PatientConsentPage>(`/patients/${patientId}/consents`, { limit: 50 }, signal),
  });
}

/** Records a decision; nothing recorded before changes. */
export function useRecordConsent(patientId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<PatientConsent, Problem, RecordConsent>({
    mutationFn: (body) => api.post<PatientConsent>(`/patients/${patientId}/consents`, body),
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.patientPart(patientId, 'consents') });
    },
  });
}

/** Records that may be of the same person, the likeliest first. */
export function useDuplicates(patientId: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'duplicates'),
    queryFn: ({ signal }) =>
      api.get<PatientDuplicates>(`/patients/${patientId}/duplicates`, undefined, signal),
    enabled,
  });
}

/** Merges the record took part in, the last first. */
export function useMerges(patientId: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'merges'),
    queryFn: ({ signal }) => api.get<PatientMergePage>(`/patients/${patientId}/merges`, { limit: 5 }, signal),
    enabled,
  });
}

/** Lets this record take over another of the same person. */
export function useMerge(patientId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<PatientMerge, Problem, MergePatient>({
    mutationFn: (body) => api.post<PatientMerge>(`/patients/${patientId}/merge`, body),
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.patients });
    },
  });
}

/** Takes two records apart again. */
export function useUndoMerge(patientId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<PatientMerge, Problem, { mergeId: number; reason: string }>({
    mutationFn: ({ mergeId, reason }) =>
      api.post<PatientMerge>(`/patients/${patientId}/merges/${mergeId}/undo`, { reason }),
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.patients });
    },
  });
}
