import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, downloadAddress } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { Paper, PaperPage } from '../../api/types';

/** What the server takes; a larger file is not sent at all. */
export const MOST_PAPER_BYTES = 10 * 1024 * 1024;
/** Papers of a prescription, and of a user waiting for one, fit on one page: ten that stand, and withdrawn ones. */
const PAGE = { limit: 100 };

/** Address of the file itself, for pictures and frames. */
export const paperAddress = (paper: Paper): string =>
  downloadAddress(`/prescription-documents/${paper.documentId}/content`);

/** Papers of a prescription, withdrawn ones among them. */
export function usePapers(prescriptionId: number) {
  return useQuery({
    queryKey: keys.papers(prescriptionId),
    queryFn: ({ signal }) => api.get<PaperPage>(`/prescriptions/${prescriptionId}/documents`, PAGE, signal),
  });
}

/** The user's own uploads that belong to no prescription. */
export function useUnclaimedPapers(enabled: boolean) {
  return useQuery({
    queryKey: keys.unclaimedPapers,
    queryFn: ({ signal }) => api.get<PaperPage>('/prescription-documents', PAGE, signal),
    enabled,
    gcTime: 0,
  });
}

/** Removes an upload of one's own that belongs to no prescription. */
export function useDiscardPaper() {
  return useMutation<void, Problem, number>({
    mutationFn: (documentId) => api.delete(`/prescription-documents/${documentId}`),
  });
}

/** Withdraws a paper of a prescription, with the reason kept. */
export function useWithdrawPaper(prescriptionId: number) {
  const queryClient = useQueryClient();
  return useMutation<Paper, Problem, { documentId: number; reason: string }>({
    mutationFn: ({ documentId, reason }) =>
      api.post<Paper>(`/prescription-documents/${documentId}/withdraw`, { reason }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.papers(prescriptionId) }),
  });
}

/** Uploads a file: to a prescription, or to wait for one. `progress` is the share that has been sent. */
export function useUploadPaper(prescriptionId?: number) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState(0);
  const path =
    prescriptionId === undefined ? '/prescription-documents' : `/prescriptions/${prescriptionId}/documents`;
  const upload = useMutation<Paper, Problem, File>({
    mutationFn: (file) => {
      const form = new FormData();
      // Without its name: it may name a patient, and nobody asks for it.
      form.append('file', file, 'paper');
      setProgress(0);
      return api.upload<Paper>(path, form, setProgress);
    },
    onSuccess: async () => {
      if (prescriptionId !== undefined)
        await queryClient.invalidateQueries({ queryKey: keys.papers(prescriptionId) });
    },
  });
  return { upload, progress };
}
