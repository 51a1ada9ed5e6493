/** What stands on a credit note. Amounts are decimal strings, dates 'YYYY-MM-DD'. */
export interface PrintedNote {
  readonly shop: string;
  readonly shopAr: string | null;
  readonly number: string;
  readonly returnNumber: string;
  readonly issuedOn: string;
  readonly amount: string;
  readonly balance: string;
  readonly currency: string;
  readonly expiresOn: string | null;
}
