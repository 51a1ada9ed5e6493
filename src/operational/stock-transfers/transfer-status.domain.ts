import type {
  DiscrepancyKind,
  Resolution,
  TransferCommand,
  TransferSide,
  TransferStatus,
} from './stock-transfers.types.js';

const BY_GIVER: Readonly<Record<TransferStatus, readonly TransferCommand[]>> = {
  requested: ['approve', 'cancel'],
  approved: ['issue', 'cancel'],
  in_transit: ['resolve', 'cancel'],
  discrepant: ['resolve'],
  closed: [],
  cancelled: [],
};

const BY_TAKER: Readonly<Record<TransferStatus, readonly TransferCommand[]>> = {
  requested: ['cancel'],
  approved: ['cancel'],
  in_transit: ['receive', 'resolve'],
  discrepant: ['resolve'],
  closed: [],
  cancelled: [],
};

/** What the branch on this side can do with a transfer where it stands. */
export const commandsFor = (side: TransferSide, status: TransferStatus): TransferCommand[] => [
  ...(side === 'from' ? BY_GIVER : BY_TAKER)[status],
];

/**
 * How a discrepancy may be settled, and by which side. Goods belong to who gave them until they have arrived: he gives them up, takes them
 * back or agrees that he sent more; who gets them can say that they turned up after all.
 */
const WAYS: Readonly<Record<DiscrepancyKind, Readonly<Partial<Record<Resolution, TransferSide>>>>> = {
  lost: { write_off: 'from', return: 'from', receive: 'to' },
  damaged: { write_off: 'from', return: 'from' },
  over: { accept: 'from', dismiss: 'from' },
};

/** The ways open to a side. */
export const waysOf = (kind: DiscrepancyKind, side: TransferSide): Resolution[] =>
  (Object.entries(WAYS[kind]) as [Resolution, TransferSide][])
    .filter(([, by]) => by === side)
    .map(([way]) => way);
