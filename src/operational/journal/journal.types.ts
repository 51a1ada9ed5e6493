/** An account the journal posts to. */
export interface JournalAccount {
  readonly accountKey: string;
  readonly code: string;
  /** Name in plain-text accounting, such as "Assets:Cash:Drawer". */
  readonly path: string;
  readonly type: 'asset' | 'liability' | 'equity' | 'income' | 'expense';
  /** The tender that is posted to it. */
  readonly tender: string | null;
  readonly name: string;
  readonly nameAr: string;
  readonly version: number;
}

/** A line of an entry; the lines of an entry add up to zero. */
export interface JournalLine {
  readonly postedOn: string;
  readonly postedAt: string;
  /** Identity of the entry, the same whenever it is read, such as "sale:17". */
  readonly entryId: string;
  readonly document: string;
  readonly documentNumber: string;
  readonly lineNo: number;
  readonly accountKey: string;
  /** Debit positive, credit negative; decimal string of the branch currency. */
  readonly amount: string;
  readonly memo: string | null;
}

/** What a day moved on an account. */
export interface DayBookRow {
  readonly postedOn: string;
  readonly accountKey: string;
  readonly entries: number;
  readonly debit: string;
  readonly credit: string;
}

/** Tax of a rate in a period. */
export interface VatRow {
  /** First day of the period within what was asked for. */
  readonly period: string;
  readonly side: 'output' | 'input';
  /** "0.1400" is 14 %; null: of suppliers, as their invoices say it. */
  readonly rate: string | null;
  readonly documents: number;
  readonly net: string;
  readonly tax: string;
}
