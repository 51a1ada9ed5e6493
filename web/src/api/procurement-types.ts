import type { components } from './generated';

type Schemas = components['schemas'];

/** Procurement. */
export type Supplier = Schemas['Supplier'];
export type SupplierPage = Schemas['SupplierPage'];
export type CreateSupplier = Schemas['CreateSupplier'];
export type UpdateSupplier = Schemas['UpdateSupplier'];
export type PurchaseOrderHead = Schemas['PurchaseOrder'];
export type PurchaseOrderPage = Schemas['PurchaseOrderPage'];
export type PurchaseOrder = Schemas['PurchaseOrderDetail'];
export type OrderLine = PurchaseOrder['lines'][number];
export type CreatePurchaseOrder = Schemas['CreatePurchaseOrder'];
export type UpdatePurchaseOrder = Schemas['UpdatePurchaseOrder'];
export type DeliveryScanned = Schemas['DeliveryScanned'];
export type ShipNoticeRead = Schemas['ShipNoticeRead'];
export type ReceivePurchaseOrder = Schemas['ReceivePurchaseOrder'];
export type PurchaseOrderReceived = Schemas['PurchaseOrderReceived'];
export type GoodsReceiptPage = Schemas['GoodsReceiptPage'];
export type GoodsReceiptHead = GoodsReceiptPage['data'][number];
export type GoodsReceipt = Schemas['GoodsReceiptDetail'];
export type OrderMails = Schemas['PurchaseOrderMails'];
/** A text to send, and a link that opens it in a mail program. */
export interface OrderMail {
  to: string | null;
  subject: string;
  body: string;
  href: string;
}

/** What to buy, and what was wanted and not there. */
export type ReorderSuggestionPage = Schemas['ReorderSuggestionPage'];
export type SuggestionRow = ReorderSuggestionPage['data'][number];
export type ProductDemand = Schemas['ProductDemand'];
export type ReorderRule = Schemas['ReorderRule'];
export type SetReorderRule = Schemas['SetReorderRule'];
export type OrderSuggestions = Schemas['OrderSuggestions'];
export type SuggestionsOrdered = Schemas['SuggestionsOrdered'];
export type RebalancingPage = Schemas['RebalancingPage'];
export type RebalancingRow = RebalancingPage['data'][number];
export type DeadStock = Schemas['DeadStock'];
export type DeadStockRow = DeadStock['data'][number];
export type LostSalePage = Schemas['LostSalePage'];
export type LostSaleRow = LostSalePage['data'][number];
export type NoteLostSale = Schemas['NoteLostSale'];
export type LostSaleNoted = Schemas['LostSaleNoted'];
