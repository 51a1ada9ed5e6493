import type { components } from './generated';

/* Short names for what happens around a sale, as `types.ts` has them for the rest. */

type Schemas = components['schemas'];

export type HoldBasket = Schemas['HoldBasket'];
export type HeldBasket = Schemas['HeldBasket'];
export type HeldBasketPage = Schemas['HeldBasketPage'];
export type HeldBasketRow = HeldBasketPage['data'][number];
export type ExchangeRequest = Schemas['ExchangeSale'];
export type Exchange = Schemas['Exchange'];
export type CreditNote = Schemas['CreditNote'];
export type CreditNotePage = Schemas['CreditNotePage'];
export type CreditNoteRow = CreditNotePage['data'][number];
export type CreateQuotation = Schemas['CreateQuotation'];
export type Quotation = Schemas['Quotation'];
export type QuotationPage = Schemas['QuotationPage'];
export type QuotationRow = QuotationPage['data'][number];
export type SellQuotation = Schemas['SellQuotation'];
export type AfterSaleSettings = Schemas['AfterSaleSettings'];
export type UpdateAfterSaleSettings = Schemas['UpdateAfterSaleSettings'];
export type ReceiptPrinter = Schemas['ReceiptPrinter'];
export type ReceiptPrinterPage = Schemas['ReceiptPrinterPage'];
export type CreateReceiptPrinter = Schemas['CreateReceiptPrinter'];
export type PrintJob = Schemas['PrintJob'];
export type PrintJobPage = Schemas['PrintJobPage'];
export type PriceTagPage = Schemas['PriceTagPage'];
export type PriceTagRow = PriceTagPage['data'][number];
export type PrintPriceTags = Schemas['PrintPriceTags'];
