import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { PageMeta } from '../../api/types';

/** An entry of any list of the catalogue; a list fills the fields it has. */
export interface ReferenceEntry {
  id: number;
  name: string;
  version: number;
  nameAr?: string | null;
  code?: string | null;
  kind?: string;
  atcCode?: string | null;
  level?: number | null;
  formFamily?: string;
  parentId?: number | null;
  /** Products that have it, as of the last count. */
  products?: number;
}

export interface ReferencePage {
  data: ReferenceEntry[];
  meta: PageMeta;
}

/** A page of a list. */
export function useReferenceList(path: string, query: Query) {
  return useQuery({
    queryKey: keys.referenceList(path, query),
    queryFn: ({ signal }) => api.get<ReferencePage>(path, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One entry, such as the parent of another. */
export function useReferenceEntry(path: string, id: number | null | undefined) {
  return useQuery({
    queryKey: keys.referenceEntry(path, id ?? 0),
    queryFn: ({ signal }) => api.get<ReferenceEntry>(`${path}/${id ?? 0}`, undefined, signal),
    enabled: id !== null && id !== undefined,
  });
}

/** Makes an entry, or changes one with the version that was read. */
export function useSaveEntry(path: string, entry: ReferenceEntry | undefined, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<ReferenceEntry, Problem, Record<string, string | number | null>>({
    mutationFn: (fields) =>
      entry === undefined
        ? api.post<ReferenceEntry>(path, fields)
        : api.patch<ReferenceEntry>(`${path}/${entry.id}`, { ...fields, version: entry.version }),
    onSuccess: async () => {
      // A name may stand in any product.
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.reference }),
        queryClient.invalidateQueries({ queryKey: keys.drugs }),
      ]);
      onDone();
    },
  });
}
