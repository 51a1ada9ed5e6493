import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { PageMeta } from '../../api/types';
import type { Period } from './periods.domain';
import type { Figures } from './reports';

export interface ReportRow {
  readonly key: string | null;
  readonly name: string | null;
  readonly nameAr: string | null;
  readonly figures: Figures;
  readonly compared: Figures | null;
}

/** A page of any report of sales. */
export interface Report {
  readonly data: readonly ReportRow[];
  readonly meta: PageMeta;
  readonly totals: Figures;
  readonly comparedTotals: Figures | null;
}

/** What a report is asked: its period, the one beside it, and what else narrows it. */
export const askedOf = (period: Period, compared: Period | undefined, more: Query): Query => ({
  ...period,
  ...(compared && { compareFrom: compared.from, compareTo: compared.to }),
  ...more,
});

/** A page of a report of the branch, as it is now; asked again every so many milliseconds where that is said. */
export function useSalesReport(path: string, asked: Query, everyMs?: number) {
  return useQuery({
    queryKey: keys.salesReport(path, asked),
    queryFn: ({ signal }) => api.get<Report>(path, asked, signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
  });
}
