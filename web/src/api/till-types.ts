import type { components } from './generated';

type Schemas = components['schemas'];

/** Selling without the server. */
export type OfflineSaleInput = Schemas['OfflineSaleInput'];
export type OfflineSaleReceived = Schemas['OfflineSaleReceived'];
export type OfflineSaleDetail = Schemas['OfflineSale'];
export type OfflineSalePage = Schemas['OfflineSalePage'];
export type OfflineSaleRow = OfflineSalePage['data'][number];
export type TillCatalogue = Schemas['TillCatalogue'];

/** Till. */
export type TillShift = Schemas['TillShift'];
export type ShiftReport = Schemas['TillShiftReport'];
export type OpenShift = Schemas['OpenTillShift'];
export type CloseShift = Schemas['CloseTillShift'];
export type CountDrawer = Schemas['CountTillDrawer'];
export type ShiftDrawer = Schemas['TillShiftDrawer'];
export type ShiftPage = Schemas['TillShiftPage'];
export type CashMovement = Schemas['TillCashMovement'];
export type CashDrop = Schemas['TillCashDrop'];
export type CashDenominations = Schemas['CashDenominations'];
export type SetCashDenominations = Schemas['SetCashDenominations'];
export type ExchangeRates = Schemas['ExchangeRates'];
export type SetExchangeRates = Schemas['SetExchangeRates'];

/** The journal. */
export type JournalPage = Schemas['JournalPage'];
export type JournalAccount = Schemas['JournalAccount'];
export type JournalAccounts = Schemas['JournalAccounts'];
export type UpdateJournalAccount = Schemas['UpdateJournalAccount'];
export type DayBook = Schemas['DayBook'];
export type VatReport = Schemas['VatReport'];

/** Locking and unlocking. */
export type QuickUnlock = Schemas['QuickUnlock'];
export type Badge = Schemas['Badge'];
/** Accounts of customers. */
export type CustomerAccount = Schemas['CustomerAccount'];
export type CustomerAccountPage = Schemas['CustomerAccountPage'];
export type AccountEntryPage = Schemas['AccountEntryPage'];
export type AccountEntry = AccountEntryPage['data'][number];
export type AccountPosting = Schemas['AccountPosting'];
export type OpenAccount = Schemas['OpenAccount'];
export type UpdateAccount = Schemas['UpdateAccount'];
export type PointsEntryPage = Schemas['PointsEntryPage'];
export type LoyaltyRule = Schemas['LoyaltyRule'];
export type WriteLoyaltyRule = Schemas['WriteLoyaltyRule'];
export type Receivables = Schemas['Receivables'];

export type CreateSale = Schemas['CreateSale'];
/** A sale with what screening found, of a patient who is known. */
export type CreatedSale = Schemas['SaleCreated'];
export type PostedSale = Pick<Schemas['SaleCreated'], 'saleId' | 'saleNumber' | 'total' | 'change'>;
export type SalePage = Schemas['SalePage'];
export type SaleRow = SalePage['data'][number];
export type SaleDetail = Schemas['Sale'];
export type SaleItem = SaleDetail['items'][number];
export type ReturnRequest = Schemas['ReturnSale'];
export type FillShares = Schemas['FillSharesList']['data'][number];

/** What was sold, paid and taken back. */
export type SalesFigures = Schemas['SalesFigures'];
export type TenderFigures = Schemas['TenderFigures'];
export type ReturnFigures = Schemas['ReturnFigures'];

/** Prices: promotions, taxes, purchase limits, and what a basket costs now. */
export type Promotion = Schemas['Promotion'];
export type PromotionPage = Schemas['PromotionPage'];
export type CreatePromotion = Schemas['CreatePromotion'];
export type TaxClass = Schemas['TaxClass'];
export type TaxClassPage = Schemas['TaxClassPage'];
export type CreateTaxClass = Schemas['CreateTaxClass'];
export type SetTaxRate = Schemas['SetTaxRate'];
export type TaxDefaults = Schemas['TaxDefaults'];
export type TaxedDrugPage = Schemas['TaxedDrugPage'];
export type PurchaseLimit = Schemas['PurchaseLimit'];
export type PurchaseLimitPage = Schemas['PurchaseLimitPage'];
export type CreatePurchaseLimit = Schemas['CreatePurchaseLimit'];
export type UpdatePurchaseLimit = Schemas['UpdatePurchaseLimit'];
export type PricedSale = Schemas['PricedSale'];
export type JudgedLimit = Schemas['LimitJudged'];
