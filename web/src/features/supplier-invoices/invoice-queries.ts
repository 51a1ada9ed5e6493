import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type {
  EnterSupplierInvoice,
  PurchaseOrderPage,
  Supplier,
  SupplierInvoice,
  SupplierInvoicePage,
  SupplierInvoiceProposal,
} from '../../api/types';
import { useIntentMutation } from '../../api/use-intent-mutation';

const PATH = '/supplier-invoices';
const bills = ['bills'] as const;
const MAX_CHOICES = 50;

/** What is owed follows from invoices, and what is expected of returns from credit notes. */
export function refresh(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: bills });
  void queryClient.invalidateQueries({ queryKey: keys.stock });
}

/** Invoices and credit notes of the branch. */
export function useInvoices(query: Query, enabled = true) {
  return useQuery({
    queryKey: [...bills, 'invoices', query],
    queryFn: ({ signal }) => api.get<SupplierInvoicePage>(PATH, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useInvoice(invoiceId: number) {
  return useQuery({
    queryKey: [...bills, 'invoice', invoiceId],
    queryFn: ({ signal }) => api.get<SupplierInvoice>(`${PATH}/${invoiceId}`, undefined, signal),
  });
}

export function useSupplier(supplierId: number | undefined) {
  return useQuery({
    queryKey: ['suppliers', 'one', supplierId],
    queryFn: ({ signal }) => api.get<Supplier>(`/suppliers/${supplierId ?? 0}`, undefined, signal),
    enabled: supplierId !== undefined,
  });
}

/** The latest orders of a supplier, for the one an invoice is of. */
export function useOrdersOf(supplierId: number | undefined) {
  const query = { supplierId, limit: MAX_CHOICES };
  return useQuery({
    queryKey: [...bills, 'orders', query],
    queryFn: ({ signal }) => api.get<PurchaseOrderPage>('/purchase-orders', query, signal),
    enabled: supplierId !== undefined,
  });
}

/** What an invoice of an order would charge now; asked anew for each invoice. */
export function useProposal(purchaseOrderId: number | undefined) {
  return useQuery({
    queryKey: [...bills, 'proposal', purchaseOrderId],
    queryFn: ({ signal }) =>
      api.get<SupplierInvoiceProposal>(`${PATH}/proposal`, { purchaseOrderId }, signal),
    enabled: purchaseOrderId !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Enters an invoice and compares it with order and receipt at once. */
export function useEnterInvoice(onDone: (invoice: SupplierInvoice) => void) {
  const queryClient = useQueryClient();
  return useIntentMutation<EnterSupplierInvoice, SupplierInvoice>({
    run: async (body, key) => {
      const { supplierInvoiceId } = await api.post<SupplierInvoice>(PATH, body, key);
      return api.post<SupplierInvoice>(`${PATH}/${supplierInvoiceId}/match`, {}, `${key}-match`);
    },
    onSuccess: (invoice) => {
      refresh(queryClient);
      onDone(invoice);
    },
  });
}

/** A command of an invoice. */
export function useInvoiceCommand<Body>(
  invoiceId: number,
  command: 'match' | 'approve' | 'dispute' | 'void' | 'payments',
  onDone: (invoice: SupplierInvoice) => void,
) {
  const queryClient = useQueryClient();
  return useIntentMutation<Body, SupplierInvoice>({
    run: (body, key) => api.post<SupplierInvoice>(`${PATH}/${invoiceId}/${command}`, body, key),
    onSuccess: (invoice) => {
      queryClient.setQueryData([...bills, 'invoice', invoiceId], invoice);
      refresh(queryClient);
      onDone(invoice);
    },
  });
}
