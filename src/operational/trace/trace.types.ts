export const TRACE_KINDS = [
  'receive',
  'dispense',
  'return',
  'supplier_return',
  'ship',
  'arrive',
  'destroy',
  'stolen',
  'missing',
  'sample',
  'use',
  'correction',
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

export const BATCH_STATUSES = ['exported', 'accepted', 'rejected'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** Whose events a branch keeps: nobody's, the Egyptian agency's, the partners' of DSCSA. */
export const TRACE_FORMATS = ['none', 'EG', 'US'] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** An event as it is given out. Quantities are base units, decimal strings. */
export interface TraceEvent {
  readonly traceEventId: number;
  readonly kind: TraceKind;
  readonly gtin: string;
  readonly serial: string;
  readonly lotNumber: string;
  /** 'YYYY-MM-DD'; null: the lot has none. */
  readonly expiryDate: string | null;
  readonly quantity: string;
  /** Left in the pack after it. */
  readonly remaining: string;
  readonly gln: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly isScanned: boolean;
  readonly correctsEventId: number | null;
  /** What the event it corrects was; null unless it is a correction. */
  readonly correctsKind: TraceKind | null;
  readonly correctsOccurredAt: Date | null;
  readonly reason: string | null;
}

/** An event in a list: where it stands beside what it is. */
export interface ListedEvent extends TraceEvent {
  readonly packSerialId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly state: 'pending' | 'exported' | 'accepted';
  readonly traceBatchId: number | null;
  readonly isCorrected: boolean;
  readonly userName: string | null;
}

export interface TraceBatch {
  readonly traceBatchId: number;
  readonly format: 'EG' | 'US';
  readonly status: BatchStatus;
  readonly statusReason: string | null;
  readonly eventCount: number;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly version: number;
}

/** What a branch asks of packs with serials. */
export interface TracePolicy {
  readonly format: TraceFormat;
  readonly gln: string | null;
  readonly demandKnown: boolean;
  readonly demandScan: boolean;
  readonly deadlineHours: number;
  readonly warnHours: number;
  readonly stopWhenLate: boolean;
  readonly version: number;
}

/** Transaction data of what came, as DSCSA wants it kept. */
export interface DscsaStatement {
  readonly goodsReceiptItemId: number;
  readonly drugId: number;
  readonly productName: string;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly ndc: string | null;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly containerSize: string;
  readonly transactionDate: string;
  readonly fromName: string | null;
  readonly toName: string;
  readonly document: string | null;
  readonly statement: string | null;
  readonly serials: readonly { readonly gtin: string; readonly serial: string }[];
}
