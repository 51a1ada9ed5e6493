/** What entries, day book and tax report are narrowed by. */
export interface JournalNarrowing {
  readonly from: string;
  readonly to: string;
  readonly account: string | undefined;
  readonly by: string | undefined;
  readonly page: number | undefined;
  readonly narrow: (change: {
    account?: string | undefined;
    by?: string | undefined;
    page?: number | undefined;
  }) => void;
}
