export const TRANSFER_STATUSES = [
  'requested',
  'approved',
  'in_transit',
  'discrepant',
  'closed',
  'cancelled',
] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];
export type TransferCommand = 'approve' | 'issue' | 'receive' | 'resolve' | 'cancel';

/** Where the reader stands: who gives, or who gets. */
export type TransferSide = 'from' | 'to';

export const DISCREPANCY_KINDS = ['lost', 'damaged', 'over'] as const;
export type DiscrepancyKind = (typeof DISCREPANCY_KINDS)[number];

export const RESOLUTIONS = ['write_off', 'return', 'receive', 'accept', 'dismiss'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** A transfer as lists show it. */
export interface TransferHead {
  readonly transferId: number;
  readonly fromBranchId: number;
  readonly fromBranch: string;
  readonly toBranchId: number;
  readonly toBranch: string;
  readonly origin: 'request' | 'send';
  readonly status: TransferStatus;
  readonly note: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly issuedBy: string | null;
  readonly issuedAt: Date | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly cancelReason: string | null;
  readonly products: number;
  /** What is in transit, at cost. */
  readonly inTransitValue: string;
  readonly openDiscrepancies: number;
}

/** A product of a transfer. Base units. */
export interface TransferLine {
  readonly transferLineId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly quantity: string;
  readonly approved: string | null;
  /** True: two people sign for it at the branch that reads. */
  readonly needsWitness: boolean;
}

/** A lot on its way. */
export interface TransitLot {
  readonly transitLotId: number;
  readonly transferLineId: number;
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly unitCost: string;
  readonly issued: string;
  readonly received: string;
  readonly returned: string;
  readonly writtenOff: string;
  readonly inTransit: string;
  readonly inDispute: string;
}

export interface Discrepancy {
  readonly discrepancyId: number;
  readonly transitLotId: number;
  readonly kind: DiscrepancyKind;
  readonly quantity: string;
  readonly note: string | null;
  readonly reportedBy: string;
  readonly reportedAt: string;
  readonly resolution: Resolution | null;
  readonly resolutionNote: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: string | null;
}

/** A transfer with all that belongs to it. */
export interface Transfer extends TransferHead {
  readonly lines: readonly TransferLine[];
  readonly lots: readonly TransitLot[];
  readonly discrepancies: readonly Discrepancy[];
  readonly commands: readonly TransferCommand[];
}

/** A lot in transit as the list of all shows it. */
export interface InTransitRow {
  readonly transitLotId: number;
  readonly transferId: number;
  readonly fromBranchId: number;
  readonly fromBranch: string;
  readonly toBranchId: number;
  readonly toBranch: string;
  readonly drugId: number;
  readonly drugName: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly value: string;
  readonly issuedAt: Date;
}
