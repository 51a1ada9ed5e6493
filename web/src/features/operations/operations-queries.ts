import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type {
  Backups,
  BackupStarted,
  HealthReport,
  JobReport,
  JobReports,
  LicenceReport,
  ServerReport,
  StatementReport,
  StorageReport,
} from '../../api/operations-types';
import type { Problem } from '../../api/problem';
import type { AuditChain } from '../../api/types';

/** What changes by itself is asked for again as long as the screen is open. */
const AGAIN_MS = 10_000;

function useOperations<Answer>(
  part: string,
  query: Query = {},
  refetchInterval: number | false = AGAIN_MS,
  path = `/operations/${part}`,
) {
  return useQuery({
    queryKey: keys.operations(part, query),
    queryFn: ({ signal }) => api.get<Answer>(path, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

export const useHealth = () => useOperations<HealthReport>('health');
export const useServer = () => useOperations<ServerReport>('server');
export const useJobs = () => useOperations<JobReports>('jobs');
export const useStorage = () => useOperations<StorageReport>('storage');
export const useStatements = (sort: string) => useOperations<StatementReport>('statements', { sort }, false);
export const useLicences = () => useOperations<LicenceReport>('licences', {}, false);
export const useBackups = () => useOperations<Backups>('backups', {}, AGAIN_MS, '/backups');
export const useChainState = () =>
  useOperations<AuditChain>('audit-chain', {}, AGAIN_MS, '/audit-logs/chain');

/** Lets a job look now; answers when the look is over. */
export function useRunJob(name: string) {
  const queryClient = useQueryClient();
  return useMutation<JobReport, Problem>({
    mutationFn: () => api.post<JobReport>(`/operations/jobs/${name}/run`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['operations', 'jobs'] }),
  });
}

/** Begins the figures of statements anew. */
export function useResetStatements() {
  const queryClient = useQueryClient();
  return useMutation<void, Problem>({
    mutationFn: () => api.post<void>('/operations/statements/reset'),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['operations', 'statements'] }),
  });
}

/** Begins a backup; answers before it is made. */
export function useStartBackup() {
  const queryClient = useQueryClient();
  return useMutation<BackupStarted, Problem>({
    mutationFn: () => api.post<BackupStarted>('/backups'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['operations', 'backups'] }),
  });
}
