export const RECALL_CLASSES = ['I', 'II', 'III'] as const;
export type RecallClass = (typeof RECALL_CLASSES)[number];

export const RECALL_STATUSES = ['open', 'closed', 'withdrawn'] as const;
export type RecallStatus = (typeof RECALL_STATUSES)[number];

export type RecallCommand = 'apply' | 'close' | 'withdraw';

/** Where all of it is, at the branches of who reads; base units. outstanding = on shelf + in transit + with patients. */
export interface RecallBalance {
  readonly received: string;
  readonly transferredIn: string;
  readonly transferredOut: string;
  readonly corrected: string;
  readonly onShelf: string;
  readonly inTransit: string;
  readonly handedOut: string;
  readonly cameBack: string;
  readonly withPatients: string;
  readonly destroyed: string;
  readonly outstanding: string;
}

/** A recall as lists show it. */
export interface RecallHead {
  readonly recallId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  readonly lotNumber: string | null;
  readonly serial: string | null;
  readonly recallClass: RecallClass;
  readonly reason: string;
  readonly notice: string | null;
  readonly status: RecallStatus;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closeNote: string | null;
  readonly reopenedAt: Date | null;
  /** Whether what lay at the branch worked at was set aside. */
  readonly isApplied: boolean;
  readonly onShelf: string;
}

export interface RecalledLot {
  readonly lotId: number;
  readonly branchId: number;
  readonly branchName: string;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly status: string;
  readonly bin: string | null;
  readonly quantity: string;
  readonly isLate: boolean;
}

/** A fill that has a recalled lot kept for it. */
export interface BlockedFill {
  readonly fillId: number;
  readonly branchId: number;
  readonly rxNumber: string;
  readonly status: string;
  readonly bin: string | null;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly quantity: string;
}

export interface RecalledTransit {
  readonly transitLotId: number;
  readonly transferId: number;
  readonly fromBranch: string;
  readonly toBranch: string;
  readonly lotNumber: string;
  readonly quantity: string;
}

/** A recall with all that is known of it. */
export interface Recall extends RecallHead {
  readonly balance: RecallBalance;
  readonly branches: readonly {
    readonly branchId: number;
    readonly name: string;
    readonly appliedAt: string;
  }[];
  readonly lots: readonly RecalledLot[];
  readonly blockedFills: readonly BlockedFill[];
  readonly transit: readonly RecalledTransit[];
  /** How many hand-outs the contact list has. */
  readonly contacts: number;
  readonly commands: readonly RecallCommand[];
}

/** Who got something of it. Patient fields are null for a sale over the counter to nobody known. */
export interface RecallContact {
  readonly movementId: number;
  readonly branchId: number;
  readonly branchName: string;
  readonly handedOutAt: Date;
  readonly patientId: number | null;
  readonly patientName: string | null;
  readonly patientNameAr: string | null;
  readonly phone: string | null;
  readonly isDeceased: boolean | null;
  readonly rxNumber: string | null;
  readonly fillId: number | null;
  readonly saleNumber: string | null;
  readonly saleId: number | null;
  readonly lotNumber: string;
  readonly quantity: string;
  readonly cameBack: string;
  /** True: the pack with the serial of the recall was scanned for this fill. */
  readonly hadSerial: boolean;
}
