import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  DayBook,
  JournalAccount,
  JournalAccounts,
  JournalPage,
  UpdateJournalAccount,
  VatReport,
} from '../../api/types';
import { saveFile } from '../../ui/save-file';

/** A part of the journal between two days. */
function useJournalPart<Answer>(path: string, query: Query) {
  return useQuery({
    queryKey: keys.journal(path, query),
    queryFn: ({ signal }) => api.get<Answer>(path, query, signal),
    placeholderData: keepPreviousData,
  });
}

export const useJournalLines = (query: Query) => useJournalPart<JournalPage>('/journal', query);
export const useDayBook = (query: Query) => useJournalPart<DayBook>('/journal/day-book', query);
export const useVat = (query: Query) => useJournalPart<VatReport>('/journal/vat', query);
export const useAccounts = () => useJournalPart<JournalAccounts>('/journal/accounts', {});

/** Renames an account. */
export function useUpdateAccount(accountKey: string, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<JournalAccount, Problem, UpdateJournalAccount>({
    mutationFn: (body) => api.patch<JournalAccount>(`/journal/accounts/${accountKey}`, body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.journals });
      onDone();
    },
  });
}

/** Fetches a part of the journal as a file and hands it to the browser. */
export function useJournalFile(path: string, query: Query, name: string) {
  return useMutation<Blob, Problem, string>({
    mutationFn: (format) => api.file(path, { ...query, format }),
    onSuccess: (file, format) => saveFile(`${name}.${format}`, file, file.type),
  });
}
