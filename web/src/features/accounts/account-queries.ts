import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  AccountEntryPage,
  AccountPosting,
  CustomerAccount,
  CustomerAccountPage,
  LoyaltyRule,
  OpenAccount,
  PointsEntryPage,
  UpdateAccount,
  WriteLoyaltyRule,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PATH = '/accounts';
const ACCOUNTS = ['accounts'] as const;
const RULE = ['accounts', 'rule'] as const;

/** Accounts of the branch, by name. */
export function useAccounts(query: Query) {
  return useQuery({
    queryKey: [...ACCOUNTS, 'list', query],
    queryFn: ({ signal }) => api.search<CustomerAccountPage>(PATH, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useAccount(accountId: number) {
  return useQuery({
    queryKey: [...ACCOUNTS, 'one', accountId],
    queryFn: ({ signal }) => api.get<CustomerAccount>(`${PATH}/${accountId}`, undefined, signal),
  });
}

/** Entries of an account; of those something is owed of, or of all. */
export function useEntries(accountId: number, query: Query) {
  return useQuery({
    queryKey: [...ACCOUNTS, 'entries', accountId, query],
    queryFn: ({ signal }) => api.get<AccountEntryPage>(`${PATH}/${accountId}/entries`, query, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function usePoints(accountId: number, query: Query) {
  return useQuery({
    queryKey: [...ACCOUNTS, 'points', accountId, query],
    queryFn: ({ signal }) => api.get<PointsEntryPage>(`${PATH}/${accountId}/points`, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Opens an account, once for each time it is meant. */
export function useOpenAccount(onDone: (account: CustomerAccount) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<OpenAccount, CustomerAccount>({
    run: (body, key) => api.post<CustomerAccount>(PATH, body, key),
    onSuccess: (account) => {
      void queryClient.invalidateQueries({ queryKey: ACCOUNTS });
      onDone(account);
    },
  });
}

export function useUpdateAccount(accountId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<CustomerAccount, Problem, UpdateAccount>({
    mutationFn: (body) => api.patch<CustomerAccount>(`${PATH}/${accountId}`, body),
    onSuccess: () => onDone(),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

/** A posting to the ledger; what is in the drawer of the shift follows from payments. */
export function usePosting<Body>(
  accountId: number,
  kind: 'payments' | 'payouts' | 'corrections',
  onDone: (posting: AccountPosting) => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, AccountPosting>({
    run: (body, key) => api.post<AccountPosting>(`${PATH}/${accountId}/${kind}`, body, key),
    onSuccess: (posting) => {
      for (const queryKey of [ACCOUNTS, keys.shift]) void queryClient.invalidateQueries({ queryKey });
      onDone(posting);
    },
  });
}

/** How points are earned and spent at the branch. */
export function useLoyaltyRule() {
  return useQuery({
    queryKey: RULE,
    queryFn: ({ signal }) => api.get<LoyaltyRule>('/loyalty-rule', undefined, signal),
    staleTime: 0,
  });
}

export function useWriteLoyaltyRule(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<LoyaltyRule, Problem, WriteLoyaltyRule>({
    mutationFn: (body) => api.put<LoyaltyRule>('/loyalty-rule', body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ACCOUNTS });
      onDone();
    },
  });
}
