import type { ReturnFigures, SalesFigures, TenderFigures } from '../../api/types';

/** Figures of any report, by name. */
export type Figures = Readonly<Record<string, string | number | null | undefined>>;

/** How a figure is shown. */
export type FigureKind = 'money' | 'count' | 'quantity' | 'percent';

export interface Figure {
  readonly id: FigureId;
  readonly kind: FigureKind;
  /** What it is called, where that is not what others of its name are. */
  readonly word?: 'netOfTenders' | 'givenBack';
}

/** Figures of the server by their names there, and the share of discount, which is worked out here. */
type FigureId = keyof SalesFigures | keyof TenderFigures | keyof ReturnFigures | 'discountShare';

const money = (...ids: FigureId[]): Figure[] => ids.map((id) => ({ id, kind: 'money' }));
const count = (...ids: FigureId[]): Figure[] => ids.map((id) => ({ id, kind: 'count' }));

/** Tenders have tax in them, and what is given back has too. */
export const NET_OF_TENDERS: Figure = { id: 'net', kind: 'money', word: 'netOfTenders' };
export const GIVEN_BACK: Figure = { id: 'total', kind: 'money', word: 'givenBack' };

export type GroupBy =
  | 'day'
  | 'week'
  | 'month'
  | 'hour'
  | 'weekday'
  | 'user'
  | 'drug'
  | 'category'
  | 'taxRate'
  | 'method'
  | 'payer'
  | 'reason'
  | 'prescriber';

export type Order = 'net' | 'quantity' | 'margin' | 'slowest';

interface ReportKind {
  /** Where it is asked. */
  readonly path: string;
  /** By what it may be read; the first unless one is chosen. */
  readonly by: readonly [GroupBy, ...GroupBy[]];
  /** In what order products stand, where it is one of products. */
  readonly orders?: readonly [Order, ...Order[]];
  readonly figures: readonly Figure[];
  /** The figure that is drawn, and compared. */
  readonly main: FigureId;
}

const TIMES = ['day', 'week', 'month'] as const;

/** Reports of sales in the order they are offered. */
export const REPORTS = {
  sales: {
    path: '/reports/sales',
    by: [...TIMES, 'hour', 'weekday', 'user', 'category', 'drug'],
    figures: [...count('sales', 'returns'), ...money('gross', 'discount', 'returned', 'net', 'tax', 'total')],
    main: 'net',
  },
  margin: {
    path: '/reports/sales',
    by: ['category', 'drug', 'user', ...TIMES],
    figures: [...money('net', 'cost', 'margin'), { id: 'marginPercent', kind: 'percent' }],
    main: 'margin',
  },
  topDrugs: {
    path: '/reports/top-drugs',
    by: ['drug'],
    orders: ['net', 'quantity', 'margin', 'slowest'],
    figures: [
      { id: 'quantity', kind: 'quantity' },
      ...money('net', 'cost', 'margin'),
      { id: 'marginPercent', kind: 'percent' },
    ],
    main: 'net',
  },
  tenders: {
    path: '/reports/tenders',
    by: ['method', 'payer', 'user', 'day'],
    figures: [...count('payments', 'refunds'), ...money('taken', 'refunded'), NET_OF_TENDERS],
    main: 'net',
  },
  tax: {
    path: '/reports/sales',
    by: ['taxRate', 'month', 'day'],
    figures: money('gross', 'discount', 'returned', 'net', 'tax'),
    main: 'tax',
  },
  discounts: {
    path: '/reports/sales',
    by: ['user', 'category', 'drug', ...TIMES],
    figures: [...count('sales', 'discounted'), ...money('gross', 'discount'), { id: 'discountShare', kind: 'percent' }], // prettier-ignore
    main: 'discount',
  },
  returns: {
    path: '/reports/returns',
    by: ['reason', 'user', 'day'],
    figures: [...count('returns', 'voids'), ...money('returned', 'voided'), GIVEN_BACK],
    main: 'total',
  },
  prescribers: {
    path: '/reports/prescribers',
    by: ['prescriber'],
    figures: [...count('sales', 'returns'), ...money('net', 'cost', 'margin')],
    main: 'net',
  },
} as const satisfies Record<string, ReportKind>;

export type ReportId = keyof typeof REPORTS;
export const REPORT_IDS = Object.keys(REPORTS) as ReportId[];

/** A report with what may differ between reports. */
export const reportKind = (id: ReportId): ReportKind => REPORTS[id];

/** The figure a report is drawn by: of products the one they stand in order of. */
export function mainOf(id: ReportId, order: Order | undefined): Figure {
  const { figures, main } = reportKind(id);
  const wanted = order === undefined ? main : order === 'slowest' ? 'quantity' : order;
  return figures.find((figure) => figure.id === wanted) ?? { id: main, kind: 'money' };
}

/** Rows that follow one another in time. */
export const isInTime = (by: GroupBy): boolean => ['day', 'week', 'month', 'hour', 'weekday'].includes(by);

/** What a figure of a row is; a share of discount is worked out here. */
export function figureOf(figures: Figures, id: FigureId): string | number | null {
  if (id !== 'discountShare') return figures[id] ?? null;
  const gross = Number(figures['gross']);
  return gross > 0 ? ((Number(figures['discount']) / gross) * 100).toFixed(1) : null;
}
