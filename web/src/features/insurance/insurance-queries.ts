import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Problem } from '../../api/problem';
import type {
  AuthorisationList,
  CreateAuthorisation,
  UpdateAuthorisation,
  ClaimBatch,
  ClaimBatchPage,
  ClaimDetail,
  ClaimPage,
  ClaimsEstimate,
  CoverageRule,
  CoverageRulePage,
  CoverList,
  CreateCover,
  CreatePayer,
  CreatePlan,
  CreateRule,
  FillClaims,
  Payer,
  PayerPage,
  PayerPlan,
  PayerPlanList,
  UpdateRule,
} from '../../api/types';
import { keys } from '../../api/keys';
import { useIntentMutation } from '../../api/use-intent-mutation';

const ALL = ['insurance'] as const;
const claimsKey = [...ALL, 'claims'] as const;
const payersKey = [...ALL, 'payers'] as const;

/** Claims that fit a filter, and how many stand where. */
export function useClaims(query: Query, enabled = true) {
  return useQuery({
    queryKey: [...claimsKey, 'list', query],
    queryFn: ({ signal }) => api.get<ClaimPage>('/claims', query, signal),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 0,
  });
}

/** One claim with its history. */
export function useClaim(claimId: number | undefined) {
  return useQuery({
    queryKey: [...claimsKey, 'one', claimId],
    queryFn: ({ signal }) => api.get<ClaimDetail>(`/claims/${claimId ?? 0}`, undefined, signal),
    enabled: claimId !== undefined,
    staleTime: 0,
  });
}

/** A command of a claim, or the first question to payers of a fill, with its body. */
export interface ClaimStep {
  path: string;
  body: object;
}

/** Sends a command: once per intention, however often it is retried. */
export function useClaimStep(onDone: (claims: FillClaims) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<ClaimStep, FillClaims>({
    run: ({ path, body }, key) => api.post<FillClaims>(path, body, key),
    onSuccess: (claims) => {
      for (const queryKey of [ALL, keys.patients, ['till', 'unsold']])
        void queryClient.invalidateQueries({ queryKey });
      onDone(claims);
    },
  });
}

/** What a patient would pay of a product today. */
export function useEstimate(
  of: { patientId: number; drugId: number; quantity: string; daysSupply: number },
  enabled: boolean,
) {
  return useQuery({
    queryKey: [...ALL, 'estimate', of],
    queryFn: () => api.post<ClaimsEstimate>('/claims/estimate', of),
    enabled,
  });
}

/** Batches of claims, the newest first. */
export function useBatches(query: Query) {
  return useQuery({
    queryKey: [...ALL, 'batches', query],
    queryFn: ({ signal }) => api.get<ClaimBatchPage>('/claims/batches', query, signal),
  });
}

/** Puts a payer's answered claims of some days into a batch. */
export function useCreateBatch(onDone: (batch: ClaimBatch) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<{ payerId: number; from: string; to: string }, ClaimBatch>({
    run: (body, key) => api.post<ClaimBatch>('/claims/batches', body, key),
    onSuccess: (batch) => {
      void queryClient.invalidateQueries({ queryKey: ALL });
      onDone(batch);
    },
  });
}

/** Payers by name. */
export function usePayers(query: Query) {
  return useQuery({
    queryKey: [...payersKey, 'list', query],
    queryFn: ({ signal }) => api.get<PayerPage>('/payers', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Every payer in use, for choosing: more than a pharmacy has contracts with. */
export const usePayersInUse = () => usePayers({ active: true, limit: 100 });

export function usePayer(payerId: number) {
  return useQuery({
    queryKey: [...payersKey, 'one', payerId],
    queryFn: ({ signal }) => api.get<Payer>(`/payers/${payerId}`, undefined, signal),
  });
}

export function usePlans(payerId: number | undefined) {
  return useQuery({
    queryKey: [...payersKey, 'plans', payerId],
    queryFn: ({ signal }) => api.get<PayerPlanList>(`/payers/${payerId ?? 0}/plans`, undefined, signal),
    enabled: payerId !== undefined,
  });
}

export function useRules(planId: number | undefined, page: number) {
  return useQuery({
    queryKey: [...payersKey, 'rules', planId, page],
    queryFn: ({ signal }) =>
      api.get<CoverageRulePage>(`/plans/${planId ?? 0}/rules`, { page, limit: 50 }, signal),
    enabled: planId !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Makes or changes something and lets every list of insurance know. */
function useSave<Body, Result>(save: (body: Body) => Promise<Result>, onDone: (result: Result) => void) {
  const queryClient = useQueryClient();
  return useMutation<Result, Problem, Body>({
    mutationFn: save,
    onSuccess: (result) => {
      void queryClient.invalidateQueries({ queryKey: ALL });
      onDone(result);
    },
  });
}

/** Saves a new payer, or a change of one. */
export const useSavePayer = (payer: Payer | undefined, onDone: (payer: Payer) => void) =>
  useSave<CreatePayer & { active?: boolean }, Payer>(
    (body) =>
      payer
        ? api.patch<Payer>(`/payers/${payer.payerId}`, { version: payer.version, ...body })
        : api.post<Payer>('/payers', body),
    onDone,
  );

/** Saves a new plan, or a change of one; its code stays. */
export const useSavePlan = (
  payerId: number,
  plan: PayerPlan | undefined,
  onDone: (plan: PayerPlan) => void,
) =>
  useSave<CreatePlan & { active?: boolean }, PayerPlan>(({ code, ...body }) => {
    if (!plan) return api.post<PayerPlan>(`/payers/${payerId}/plans`, { code, ...body });
    return api.patch<PayerPlan>(`/plans/${plan.planId}`, { version: plan.version, ...body });
  }, onDone);

export const useAddRule = (planId: number, onDone: (rule: CoverageRule) => void) =>
  useSave<CreateRule, CoverageRule>((body) => api.post<CoverageRule>(`/plans/${planId}/rules`, body), onDone);

/** Saves a change of a rule; what it is about stays. */
export const useChangeRule = (ruleId: number, onDone: (rule: CoverageRule) => void) =>
  useSave<UpdateRule, CoverageRule>(
    (body) => api.patch<CoverageRule>(`/plans/rules/${ruleId}`, body),
    onDone,
  );

/** A patient's covers in the order they are asked. */
export function useCovers(patientId: number) {
  return useQuery({
    queryKey: [...ALL, 'covers', patientId],
    queryFn: ({ signal }) => api.get<CoverList>(`/patients/${patientId}/insurance`, undefined, signal),
  });
}

export const useAddCover = (patientId: number, onDone: () => void) =>
  useSave<CreateCover, unknown>((body) => api.post(`/patients/${patientId}/insurance`, body), onDone);

/** Changes a cover, of which the payer stays. */
export const useChangeCover = (patientId: number, insuranceId: number, onDone: () => void) =>
  useSave<Omit<CreateCover, 'payerId'> & { version: number }, unknown>(
    (body) => api.patch(`/patients/${patientId}/insurance/${insuranceId}`, body),
    onDone,
  );

/** What payers allowed a patient beforehand, withdrawn ones too. */
export function useAuthorisations(patientId: number) {
  return useQuery({
    queryKey: [...ALL, 'authorisations', patientId],
    queryFn: ({ signal }) =>
      api.get<AuthorisationList>(`/patients/${patientId}/authorisations`, undefined, signal),
  });
}

export const useAddAuthorisation = (insuranceId: number, onDone: () => void) =>
  useSave<CreateAuthorisation, unknown>(
    (body) => api.post(`/covers/${insuranceId}/authorisations`, body),
    onDone,
  );

/** Changes until when and for how much, or withdraws it. */
export const useChangeAuthorisation = (authorisationId: number, onDone: () => void) =>
  useSave<UpdateAuthorisation, unknown>(
    (body) => api.patch(`/authorisations/${authorisationId}`, body),
    onDone,
  );
