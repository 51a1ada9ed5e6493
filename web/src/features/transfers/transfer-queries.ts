import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { CreateTransfer, Transfer, TransferBranches, TransferPage } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PATH = '/inventory/transfers';
const transfers = [...keys.stock, 'transfers'] as const;

/** Transfers of the branch, newest first. */
export function useTransfers(query: Query) {
  return useQuery({
    queryKey: [...transfers, 'list', query],
    queryFn: ({ signal }) => api.get<TransferPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useTransfer(transferId: number) {
  return useQuery({
    queryKey: [...transfers, transferId],
    queryFn: ({ signal }) => api.get<Transfer>(`${PATH}/${transferId}`, undefined, signal),
  });
}

/** Branches stock can be asked of or sent to. */
export function useOtherBranches() {
  return useQuery({
    queryKey: [...transfers, 'branches'],
    queryFn: ({ signal }) => api.get<TransferBranches>('/inventory/transfer-branches', undefined, signal),
  });
}

/** Asks another branch for stock, or says that some is sent. */
export function useCreateTransfer(onDone: (transfer: Transfer) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CreateTransfer, Transfer>({
    run: (body, key) => api.post<Transfer>(PATH, body, key),
    onSuccess: (transfer) => {
      void queryClient.invalidateQueries({ queryKey: transfers });
      onDone(transfer);
    },
  });
}

/** A command of a transfer; what it moves is stock. */
export function useTransferCommand<Body>(
  transferId: number,
  command: 'approve' | 'issue' | 'receive' | 'resolve' | 'cancel',
  onDone: () => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, Transfer>({
    run: (body, key) => api.post<Transfer>(`${PATH}/${transferId}/${command}`, body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.stock });
      onDone();
    },
  });
}
