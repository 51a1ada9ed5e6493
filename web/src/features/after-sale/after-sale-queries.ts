import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import { type Problem } from '../../api/problem';
import type {
  AfterSaleSettings,
  CreateQuotation,
  CreateReceiptPrinter,
  CreditNotePage,
  Exchange,
  ExchangeRequest,
  PrintJob,
  PrintJobPage,
  Quotation,
  QuotationPage,
  ReceiptPrinter,
  ReceiptPrinterPage,
  SellQuotation,
  UpdateAfterSaleSettings,
} from '../../api/after-sale-types';
import type { CreatedSale, ReturnRequest, SaleDetail } from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

/** A printer that is off is seen after so long, ms. */
const LOOK_MS = 4_000;

/** What a sale, a return or an exchange makes stale. */
function useSold(): () => void {
  const queryClient = useQueryClient();
  return () => {
    for (const queryKey of [
      keys.stock,
      keys.drugs,
      ['accounts'],
      keys.prescriptions,
      ['sales'],
      ['till', 'unsold'],
      ['quotations'],
    ])
      void queryClient.invalidateQueries({ queryKey });
  };
}

/** A return, with a sale for it where something goes out. */
export interface TakeBack {
  returned: ReturnRequest;
  sold?: ExchangeRequest['sold'];
}
export interface TakenBack {
  returned: SaleDetail;
  sold?: CreatedSale;
}

/** Takes back, alone or for something else: one call, one transaction. */
export function useTakeBack(saleId: number) {
  const refresh = useSold();
  return useIntentMutation<TakeBack, TakenBack>({
    run: async ({ returned, sold }, key) =>
      sold
        ? api.post<Exchange>(`/sales/${saleId}/exchange`, { returned, sold }, key)
        : { returned: await api.post<SaleDetail>(`/sales/${saleId}/return`, returned, key) },
    onSuccess: refresh,
  });
}

export function useCreditNotes(query: Query) {
  return useQuery({
    queryKey: keys.creditNotes(query),
    queryFn: ({ signal }) => api.get<CreditNotePage>('/credit-notes', query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useQuotations(query: Query) {
  return useQuery({
    queryKey: keys.quotations(query),
    queryFn: ({ signal }) => api.get<QuotationPage>('/quotations', query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useQuotation(quotationId: number) {
  return useQuery({
    queryKey: keys.quotation(quotationId),
    queryFn: ({ signal }) => api.get<Quotation>(`/quotations/${quotationId}`, undefined, signal),
    staleTime: 0,
  });
}

export function useQuote(onDone: (quotation: Quotation) => void) {
  const refresh = useSold();
  return useIntentMutation<CreateQuotation, Quotation>({
    run: (body, key) => api.post<Quotation>('/quotations', body, key),
    onSuccess: (quotation) => {
      refresh();
      onDone(quotation);
    },
  });
}

export function useSellQuotation(quotationId: number) {
  const refresh = useSold();
  return useIntentMutation<SellQuotation, CreatedSale>({
    run: (body, key) => api.post<CreatedSale>(`/quotations/${quotationId}/sell`, body, key),
    onSuccess: refresh,
  });
}

export function useAfterSaleSettings() {
  return useQuery({
    queryKey: keys.afterSaleSettings,
    queryFn: ({ signal }) => api.get<AfterSaleSettings>('/after-sale-settings', undefined, signal),
  });
}

export function useSaveAfterSaleSettings(onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<AfterSaleSettings, Problem, UpdateAfterSaleSettings>({
    mutationFn: (body) => api.patch<AfterSaleSettings>('/after-sale-settings', body),
    onSuccess: (saved) => {
      queryClient.setQueryData(keys.afterSaleSettings, saved);
      onDone();
    },
  });
}

/** Printers of the branch with what waits for them, looked at again and again. */
export function usePrinters(enabled = true) {
  return useQuery({
    queryKey: keys.printers,
    queryFn: ({ signal }) => api.get<ReceiptPrinterPage>('/receipt-printers', { limit: 100 }, signal),
    refetchInterval: LOOK_MS,
    enabled,
  });
}

export function usePrintJobs(query: Query) {
  return useQuery({
    queryKey: keys.printJobs(query),
    queryFn: ({ signal }) => api.get<PrintJobPage>('/print-jobs', query, signal),
    refetchInterval: LOOK_MS,
    placeholderData: keepPreviousData,
  });
}

/** Writes a printer: a new one, or one as it is changed. */
export function useSavePrinter(printer: ReceiptPrinter | undefined, onDone: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<CreateReceiptPrinter, ReceiptPrinter>({
    run: (body, key) =>
      printer
        ? api.patch<ReceiptPrinter>(`/receipt-printers/${printer.printerId}`, {
            ...body,
            version: printer.version,
          })
        : api.post<ReceiptPrinter>('/receipt-printers', body, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.printing });
      onDone();
    },
  });
}

/** A command of a printer or of a job, by its path. */
export function usePrintCommand(onDone?: () => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<string, PrintJob>({
    run: (path, key) => api.post<PrintJob>(path, undefined, key),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.printing });
      onDone?.();
    },
  });
}
