/** Address parameters of the screens: what is filtered and chosen can be bookmarked and sent to a colleague. */
export interface PageSearch {
  page?: number;
}

/** What is searched for stands in the address where it names no person (see `usePersonSearch`). */
export interface ListSearch extends PageSearch {
  q?: string;
}

export interface QueueSearch extends PageSearch {
  status?: string;
}

/** Purchase limits, with those that have ended. */
export interface LimitsSearch {
  ended?: boolean;
  page?: number;
}

/** The work board, narrowed. */
export interface BoardSearch {
  /** Only what the user has in hand. */
  mine?: boolean;
}

export interface DrugSearch extends ListSearch {
  dosageForm?: string[];
  route?: string[];
  category?: string[];
  company?: string[];
  rxOnly?: boolean;
  inStock?: boolean;
}

/** Lists of the catalogue's administration. */
export interface ReferenceListSearch extends ListSearch {
  /** Only what lies directly under this entry. */
  parentId?: number;
  kind?: string;
  verified?: boolean;
}

/** Sales made without the server. */
export interface OfflineSalesSearch {
  /** A state, or `all`; left out: those that wait for a decision. */
  status?: string;
  page?: number;
}

export interface StockSearch {
  drugId?: number;
  status?: string;
  expiringWithinDays?: number;
  /** Part of a lot number or a name. */
  q?: string;
  page?: number;
}

export interface ClaimsSearch {
  /** A state, or `all`; left out: the queue of rejections. */
  status?: string;
  payerId?: number;
  rejectCode?: string;
  olderThanDays?: number;
  page?: number;
}

/** A report of sales: which, read by what, of which period, beside which. */
export interface SalesReportsSearch {
  report?: string;
  by?: string;
  order?: string;
  period?: string;
  from?: string;
  to?: string;
  compare?: string;
  page?: number;
}

export interface OverridesSearch {
  by?: string;
  from?: string;
  to?: string;
}

/** Clinical rules of one kind. */
export interface RulesSearch extends ListSearch {
  severity?: string;
  status?: string;
}

/** The register of controlled medicines. */
export interface RegisterSearch {
  drugId?: number;
  from?: string;
  to?: string;
}

export interface SignOffSearch {
  day?: string;
  scope?: string;
}

export interface DestructionsSearch {
  status?: string;
  page?: number;
}

/** Stock beyond the list of lots, and what suppliers charge and take back. */
export interface StockScreenSearch {
  status?: string;
  /** Which part of it: lots of a count, transfers to be sent, a report. */
  view?: string;
  by?: string;
  at?: string;
  supplierId?: number;
  /** The order an invoice is entered beside. */
  orderId?: number;
  page?: number;
}

/** Orders, deliveries and suppliers. */
export interface PurchasingSearch extends ListSearch {
  status?: string;
  from?: string;
  to?: string;
  /** The pack that led to its order. */
  scan?: string;
  drugId?: number;
}

/** Shifts and the journal: which part of it, of which days. */
export interface JournalSearch {
  view?: string;
  status?: string;
  from?: string;
  to?: string;
  account?: string;
  by?: string;
  page?: number;
}

/** Accounts of customers, and the entries of one. */
export interface AccountsSearch extends PageSearch {
  /** Who owes, who paid ahead; of one account: what is open. */
  show?: string;
}

export interface NearMissSearch {
  kind?: string;
  stage?: string;
  from?: string;
  to?: string;
}

export interface TillSearch {
  patientId?: number;
  /** Fills to be put into the basket. */
  fillId?: number | number[];
  /** Opens the payment once they are there. */
  pay?: boolean;
}

/** Around a sale: a number that was scanned, or which products want a tag and since when. */
export interface AfterSaleSearch extends ListSearch {
  view?: string;
  at?: string;
}

/** Who picks up: by the bag that was scanned, or by the patient. */
export interface PickUpSearch {
  fillId?: number;
  patientId?: number;
}

/** What waits at least so long, from a fill on. */
export interface WillCallSearch {
  minDays?: number;
  cursor?: number;
}

/** What runs out: days ahead. */
export interface RefillsDueSearch {
  withinDays?: number;
}

export interface EntrySearch {
  patientId?: number;
  drugId?: number;
}

/** Text of a search parameter; the router reads `?q=500` as a number, which is still what was typed. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The chosen values of a filter; one alone may stand there without brackets. */
export function texts(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => text(one) ?? []);
  return list.length === 0 ? undefined : [...new Set(list)];
}

/** A whole number from 1, or nothing. */
export function number(value: unknown): number | undefined {
  const parsed =
    typeof value === 'number' ? value : Number.parseInt(typeof value === 'string' ? value : '', 10);
  return Number.isSafeInteger(parsed) && parsed > 0 ? parsed : undefined;
}

/** Whole numbers from 1, one alone as itself; or nothing. */
export function numbers(value: unknown): number | number[] | undefined {
  return Array.isArray(value) ? value.flatMap((one: unknown) => number(one) ?? []) : number(value);
}

/** True, false, or not asked. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}
