import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Query } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Problem } from '../../../api/problem';
import type {
  ImportSourceList,
  Release,
  ReleaseChangePage,
  ReleasePage,
  ReleaseReject,
  ReleaseRejectPage,
  ReleaseReport,
  ReleaseStarted,
  RuleKind,
} from '../../../api/types';

const PATH = '/reference/imports';
/** Releases of clinical rules; their numbers are of the same row as those of the catalogue. */
export const RULES_PATH = '/reference/rule-imports';
type ImportsPath = typeof PATH | typeof RULES_PATH;
/** How often a release at work is asked how far it is. */
const POLL_MS = 700;
const MOST_PER_PAGE = 100;

/** The server works on it now. */
export function isAtWork({ status }: Pick<Release, 'status'>): boolean {
  return status === 'reading' || status === 'applying' || status === 'reverting';
}

/** Releases, newest first. */
export function useReleases(query: Query) {
  return useQuery({
    queryKey: keys.releaseList(query),
    queryFn: ({ signal }) => api.get<ReleasePage>(PATH, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (found) => (found.state.data?.data.some(isAtWork) ? POLL_MS * 3 : false),
  });
}

/** One release with all its accounts; asked for again and again while the server works on it. */
export function useRelease(releaseId: number) {
  return useQuery({
    queryKey: keys.release(releaseId),
    queryFn: ({ signal }) => api.get<ReleaseReport>(`${PATH}/${releaseId}`, undefined, signal),
    refetchInterval: (found) => (found.state.data && isAtWork(found.state.data) ? POLL_MS : false),
  });
}

/** Rows a release refused. */
export function useRejects(releaseId: number, page: number, path: ImportsPath = PATH) {
  const query = { page, limit: 20 };
  return useQuery({
    queryKey: keys.releasePart(releaseId, 'rejects', query),
    queryFn: ({ signal }) => api.get<ReleaseRejectPage>(`${path}/${releaseId}/rejects`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Every refused row, page by page, for a file to download. */
export async function allRejects(releaseId: number): Promise<ReleaseReject[]> {
  const rows: ReleaseReject[] = [];
  for (let page = 1; ; page++) {
    const answer = await api.get<ReleaseRejectPage>(`${PATH}/${releaseId}/rejects`, {
      page,
      limit: MOST_PER_PAGE,
    });
    rows.push(...answer.data);
    if (rows.length >= answer.meta.total || answer.data.length === 0) return rows;
  }
}

/** What a release changes, narrowed to a kind of change. */
export function useChanges(releaseId: number, query: Query) {
  return useQuery({
    queryKey: keys.releasePart(releaseId, 'changes', query),
    queryFn: ({ signal }) => api.get<ReleaseChangePage>(`${PATH}/${releaseId}/changes`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Where catalogues can come from. */
export function useImportSources() {
  return useQuery({
    queryKey: keys.importSources,
    queryFn: ({ signal }) => api.get<ImportSourceList>(`${PATH}/sources`, undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is sent to begin an import. */
export interface ImportRequest {
  source: string;
  files: readonly File[];
  mapping?: Record<string, unknown>;
  /** Of rules: which. */
  kind?: RuleKind;
}

/** Uploads files for a preview; `share` of them has been sent so far. */
export function useStartImport(onStarted: (releaseId: number) => void, path: ImportsPath = PATH) {
  const queryClient = useQueryClient();
  const [share, setShare] = useState(0);
  const start = useMutation<ReleaseStarted, Problem, ImportRequest>({
    mutationFn: ({ source, files, mapping, kind }) => {
      const form = new FormData();
      form.set('source', source);
      if (kind) form.set('kind', kind);
      if (mapping) form.set('mapping', JSON.stringify(mapping));
      for (const file of files) form.append('files', file, file.name);
      setShare(0);
      return api.upload<ReleaseStarted>(path, form, setShare);
    },
    onSuccess: async ({ releaseId }) => {
      await queryClient.invalidateQueries({ queryKey: keys.releases });
      onStarted(releaseId);
    },
  });
  return { start, share };
}

type Step = 'apply' | 'revert';

/** Applies or takes back a release; the work goes on in the server and the release tells how far it is. */
export function useReleaseStep(
  releaseId: number,
  step: Step,
  onStarted: () => void,
  path: ImportsPath = PATH,
) {
  const queryClient = useQueryClient();
  return useMutation<ReleaseStarted, Problem, { discontinueMany?: boolean; force?: boolean }>({
    mutationFn: (body) => api.post<ReleaseStarted>(`${path}/${releaseId}/${step}`, body),
    onSuccess: onStarted,
    // Also after a refusal: the release may have been compared again.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.releases }),
  });
}

/** Throws a preview away. */
export function useDropRelease(releaseId: number, onDone: () => void, path: ImportsPath = PATH) {
  const queryClient = useQueryClient();
  return useMutation<void, Problem>({
    mutationFn: () => api.delete(`${path}/${releaseId}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.releases });
      onDone();
    },
  });
}
