/** What of a period is summed already, and what is not; dates. */
export interface Cover {
  /** First days of months that are closed whole. */
  readonly months: readonly string[];
  /** Closed days beside them. */
  readonly days: readonly string[];
  /** All closed days. */
  readonly closed: readonly string[];
  /** Days whose sales must be read. */
  readonly open: readonly string[];
}

/** A row as the database answers it: figures of the period, and with `Before` behind their names those of the one before. */
export interface ReportRow {
  readonly isTotal: boolean;
  readonly key: string | null;
  readonly name: string | null;
  readonly nameAr: string | null;
  readonly rowTotal: number;
  readonly [figure: string]: unknown;
}

/** A period, and the one it is compared with. */
export interface Periods {
  readonly from: string;
  readonly to: string;
  readonly compareFrom: string | null;
  readonly compareTo: string | null;
}

/** A line of a report. */
export interface ReportLine<Figures> {
  key: string | null;
  name: string | null;
  nameAr: string | null;
  figures: Figures;
  compared: Figures | null;
}

/** A page of a report with the totals of all pages. */
export interface Report<Figures> extends Periods {
  data: ReportLine<Figures>[];
  meta: { total: number; page: number; limit: number };
  totals: Figures;
  comparedTotals: Figures | null;
}
