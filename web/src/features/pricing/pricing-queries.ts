import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Problem } from '../../api/problem';
import type {
  CreatePromotion,
  CreatePurchaseLimit,
  CreateTaxClass,
  Promotion,
  PromotionPage,
  PurchaseLimit,
  PurchaseLimitPage,
  SetTaxRate,
  TaxClass,
  TaxClassPage,
  TaxDefaults,
  TaxedDrugPage,
  UpdatePurchaseLimit,
} from '../../api/types';

const ALL = ['pricing'] as const;
const LIMIT = 20;

function useSave<Body, Result>(send: (body: Body) => Promise<Result>, onDone: (result: Result) => void) {
  const queryClient = useQueryClient();
  return useMutation<Result, Problem, Body>({
    mutationFn: send,
    onSuccess: (result) => {
      // What a basket costs may be another now.
      for (const queryKey of [ALL, ['till', 'price']]) void queryClient.invalidateQueries({ queryKey });
      onDone(result);
    },
  });
}

export function usePromotions(query: { status?: string; page?: number }) {
  const asked: Query = { ...query, limit: LIMIT };
  return useQuery({
    queryKey: [...ALL, 'promotions', asked],
    queryFn: ({ signal }) => api.get<PromotionPage>('/promotions', asked, signal),
    placeholderData: keepPreviousData,
  });
}

/** Makes a promotion, or writes one anew that nothing was sold by. */
export const useSavePromotion = (promotion: Promotion | undefined, onDone: () => void) =>
  useSave<CreatePromotion, Promotion>(
    (body) =>
      promotion
        ? api.patch(`/promotions/${promotion.promotionId}`, { version: promotion.version, promotion: body })
        : api.post('/promotions', body),
    onDone,
  );

export const useEndPromotion = (onDone: () => void) =>
  useSave<Promotion, Promotion>(
    ({ promotionId, version }) => api.post(`/promotions/${promotionId}/end`, { version }),
    onDone,
  );

export function useTaxClasses(page = 1, limit = LIMIT) {
  const asked: Query = { page, limit };
  return useQuery({
    queryKey: [...ALL, 'tax', asked],
    queryFn: ({ signal }) => api.get<TaxClassPage>('/tax-classes', asked, signal),
    placeholderData: keepPreviousData,
  });
}

/** Makes a tax class, or gives one other names. */
export const useSaveTaxClass = (taxClass: TaxClass | undefined, onDone: () => void) =>
  useSave<CreateTaxClass, TaxClass>(
    (body) =>
      taxClass
        ? api.patch(`/tax-classes/${taxClass.taxClassId}`, {
            version: taxClass.version,
            name: body.name,
            nameAr: body.nameAr,
          })
        : api.post('/tax-classes', body),
    onDone,
  );

export const useSetRate = (taxClassId: number, onDone: () => void) =>
  useSave<SetTaxRate, TaxClass>((body) => api.put(`/tax-classes/${taxClassId}/rates`, body), onDone);

export const useSetDefaults = (onDone: () => void) =>
  useSave<TaxDefaults, TaxDefaults>((body) => api.put('/tax-classes/defaults', body), onDone);

/** Gives a product a class of its own; null: that of its branch again. */
export const useSetDrugClass = (onDone: () => void) =>
  useSave<{ drugId: number; taxClassId: number | null }, unknown>(
    (body) => api.put('/tax-classes/drugs', body),
    onDone,
  );

export function useTaxedDrugs(taxClassId: number, page: number) {
  const asked: Query = { page, limit: 8 };
  return useQuery({
    queryKey: [...ALL, 'tax', taxClassId, 'drugs', asked],
    queryFn: ({ signal }) => api.get<TaxedDrugPage>(`/tax-classes/${taxClassId}/drugs`, asked, signal),
    placeholderData: keepPreviousData,
  });
}

export function usePurchaseLimits(query: { ended?: boolean; page?: number }) {
  const asked: Query = { ...query, limit: LIMIT };
  return useQuery({
    queryKey: [...ALL, 'limits', asked],
    queryFn: ({ signal }) => api.get<PurchaseLimitPage>('/purchase-limits', asked, signal),
    placeholderData: keepPreviousData,
  });
}

/** Makes a limit, or changes the terms of one. */
export const useSaveLimit = (limit: PurchaseLimit | undefined, onDone: () => void) =>
  useSave<CreatePurchaseLimit | UpdatePurchaseLimit, PurchaseLimit>(
    (body) =>
      limit ? api.patch(`/purchase-limits/${limit.limitId}`, body) : api.post('/purchase-limits', body),
    onDone,
  );

export const useEndLimit = (onDone: () => void) =>
  useSave<PurchaseLimit, PurchaseLimit>(
    ({ limitId, version }) => api.post(`/purchase-limits/${limitId}/end`, { version }),
    onDone,
  );
