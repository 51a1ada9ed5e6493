import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  CreatePurchaseOrder,
  CreateSupplier,
  DeliveryScanned,
  GoodsReceipt,
  GoodsReceiptPage,
  OrderMail,
  OrderMails,
  PurchaseOrder,
  PurchaseOrderPage,
  PurchaseOrderReceived,
  ReceivePurchaseOrder,
  ShipNoticeRead,
  Supplier,
  SupplierPage,
  UpdatePurchaseOrder,
  UpdateSupplier,
} from '../../api/types';
import type { Language } from '../../i18n/i18n';
import { useIntentMutation } from '../../api/use-intent-mutation';

const ORDERS = '/purchase-orders';
const RECEIPTS = '/goods-receipts';
const orders = [...keys.procurement, 'orders'] as const;
const receipts = [...keys.procurement, 'receipts'] as const;

/** Orders of the branch, newest first. */
export function useOrders(query: Query) {
  return useQuery({
    queryKey: [...orders, 'list', query],
    queryFn: ({ signal }) => api.get<PurchaseOrderPage>(ORDERS, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useOrder(purchaseOrderId: number) {
  return useQuery({
    queryKey: [...orders, purchaseOrderId],
    queryFn: ({ signal }) => api.get<PurchaseOrder>(`${ORDERS}/${purchaseOrderId}`, undefined, signal),
  });
}

/** Orders that a product is waited for in, as a scan before the order is chosen asks; two tell that it is not the only one. */
export const receivableOrders = (drugId: number): Promise<PurchaseOrderPage> =>
  api.get<PurchaseOrderPage>(ORDERS, { drugId, receivable: true, limit: 2 });

/** Reads a pack against an order; nothing is stored. */
export const readPack = (purchaseOrderId: number, code: string): Promise<DeliveryScanned> =>
  api.post<DeliveryScanned>(`${ORDERS}/${purchaseOrderId}/scan`, { code });

/** Reads a notice of the supplier against an order; nothing is stored. */
export const readNotice = (purchaseOrderId: number, content: string): Promise<ShipNoticeRead> =>
  api.post<ShipNoticeRead>(`${ORDERS}/${purchaseOrderId}/ship-notice`, { content });

/** Everything that a delivery or a reversal moves: orders, receipts, stock, what is owed. */
function useStockMoved(): () => void {
  const queryClient = useQueryClient();
  return () => {
    for (const queryKey of [keys.procurement, keys.stock, keys.drugs, keys.prescriptions])
      void queryClient.invalidateQueries({ queryKey });
  };
}

/** Takes a delivery in, all lines or none. */
export function useReceiveOrder(purchaseOrderId: number, onDone: (received: PurchaseOrderReceived) => void) {
  const moved = useStockMoved();
  return useIntentMutation<ReceivePurchaseOrder, PurchaseOrderReceived>({
    run: (body, key) => api.post<PurchaseOrderReceived>(`${ORDERS}/${purchaseOrderId}/receive`, body, key),
    onSuccess: (received) => {
      moved();
      onDone(received);
    },
  });
}

/** Deliveries taken in, newest first. */
export function useReceipts(query: Query) {
  return useQuery({
    queryKey: [...receipts, 'list', query],
    queryFn: ({ signal }) => api.get<GoodsReceiptPage>(RECEIPTS, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useReceipt(goodsReceiptId: number) {
  return useQuery({
    queryKey: [...receipts, goodsReceiptId],
    queryFn: ({ signal }) => api.get<GoodsReceipt>(`${RECEIPTS}/${goodsReceiptId}`, undefined, signal),
  });
}

/** Takes a line of a delivery back. */
export function useReverseItem(goodsReceiptId: number, onDone: () => void) {
  const moved = useStockMoved();
  return useIntentMutation<{ itemId: number; reason: string }, GoodsReceipt>({
    run: ({ itemId, reason }, key) =>
      api.post<GoodsReceipt>(`${RECEIPTS}/${goodsReceiptId}/items/${itemId}/reverse`, { reason }, key),
    onSuccess: () => {
      moved();
      onDone();
    },
  });
}

function useOrdersChanged(): (order: PurchaseOrder) => void {
  const queryClient = useQueryClient();
  return (order) => {
    queryClient.setQueryData([...orders, order.purchaseOrderId], order);
    void queryClient.invalidateQueries({ queryKey: orders });
  };
}

/** Begins an order: a draft without lines. */
export function useCreateOrder(onDone: (order: PurchaseOrder) => void) {
  const changed = useOrdersChanged();
  return useIntentMutation<CreatePurchaseOrder, PurchaseOrder>({
    run: (body, key) => api.post<PurchaseOrder>(ORDERS, body, key),
    onSuccess: (order) => {
      changed(order);
      onDone(order);
    },
  });
}

/** Keeps a draft as it is written now. */
export function useSaveOrder(purchaseOrderId: number) {
  const changed = useOrdersChanged();
  return useMutation<PurchaseOrder, Problem, UpdatePurchaseOrder>({
    mutationFn: (body) => api.patch<PurchaseOrder>(`${ORDERS}/${purchaseOrderId}`, body),
    onSuccess: changed,
  });
}

/** A step of an order. */
export function useOrderCommand<Body>(
  purchaseOrderId: number,
  command: 'submit' | 'approve' | 'cancel' | 'close',
  onDone: () => void,
) {
  const changed = useOrdersChanged();
  return useIntentMutation<Body, PurchaseOrder>({
    run: (body, key) => api.post<PurchaseOrder>(`${ORDERS}/${purchaseOrderId}/${command}`, body, key),
    onSuccess: (order) => {
      changed(order);
      onDone();
    },
  });
}

/** The text of an order with a link that opens it in a mail program. */
export function useOrderMail(purchaseOrderId: number, language: Language) {
  return useQuery({
    queryKey: [...orders, purchaseOrderId, 'mail', language],
    queryFn: ({ signal }) =>
      api.get<OrderMail>(`${ORDERS}/${purchaseOrderId}`, { format: 'mail', language }, signal),
  });
}

const suppliers = [...keys.procurement, 'suppliers'] as const;
export const supplierSearchKey = (text: string) => [...suppliers, 'search', text] as const;

/** Suppliers that are in use, by a part of their name. */
export const searchSuppliers = async (q: string, signal: AbortSignal): Promise<readonly Supplier[]> =>
  (await api.get<SupplierPage>('/suppliers', { q, active: true, limit: 10 }, signal)).data;

export function useSuppliers(query: Query) {
  return useQuery({
    queryKey: [...suppliers, 'list', query],
    queryFn: ({ signal }) => api.get<SupplierPage>('/suppliers', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** Enters a supplier, or changes the one that is given. */
export function useSaveSupplier(supplierId: number | undefined, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<Supplier, Problem, CreateSupplier | UpdateSupplier>({
    mutationFn: (body) =>
      supplierId === undefined
        ? api.post<Supplier>('/suppliers', body)
        : api.patch<Supplier>(`/suppliers/${supplierId}`, body),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.procurement });
      onDone();
    },
    onError: (problem) => {
      // Somebody else changed it: the list shows what it is now.
      if (problem.code === 'stale-version') void queryClient.invalidateQueries({ queryKey: suppliers });
    },
  });
}

/** Mails of an order, and whether the server can send one. */
export function useOrderMails(purchaseOrderId: number) {
  return useQuery({
    queryKey: [...orders, purchaseOrderId, 'mails'],
    queryFn: ({ signal }) => api.get<OrderMails>(`${ORDERS}/${purchaseOrderId}/mails`, undefined, signal),
  });
}

/** Sends an order by mail; pressing again after a failure tries the same mail again. */
export function useSendOrder(purchaseOrderId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  const refresh = () =>
    void queryClient.invalidateQueries({ queryKey: [...orders, purchaseOrderId, 'mails'] });
  return useIntentMutation<{ to: string; language: Language }, unknown>({
    run: (body, key) => api.post(`${ORDERS}/${purchaseOrderId}/send`, body, key),
    onSuccess: () => {
      refresh();
      onDone();
    },
    onError: refresh,
  });
}
