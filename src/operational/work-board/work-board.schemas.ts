import { z } from 'zod';

import { Id, Instant, QueryId, text } from '../../platform/http/schemas.js';
import { BOARD_COLUMNS, CARD_KINDS, type CardKind } from './work-board.domain.js';

const Column = z.enum(BOARD_COLUMNS);
const Kind = z.enum(Object.keys(CARD_KINDS) as [CardKind, ...CardKind[]]);

/** Who has a card in hand, and until when it is his. */
const leaseFields = {
  leaseId: Id,
  userId: Id,
  userName: z.string(),
  takenAt: Instant,
  expiresAt: Instant,
};

export const BoardCard = z
  .object({
    column: Column,
    /** What is to be done with it. */
    kind: Kind,
    prescriptionId: Id,
    /** The fill, where it is a fill that is worked on. */
    fillId: Id.nullable(),
    rxNumber: z.string(),
    patientId: Id,
    patientName: z.string(),
    patientNameAr: z.string().nullable(),
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    strength: z.string().nullable(),
    /** Base units: of the fill, of the prescription, or of the rest that is owed. */
    quantity: z.string(),
    baseUnit: z.string(),
    promisedAt: Instant.nullable(),
    waitingInStore: z.boolean(),
    /** Since when it lies in this column. */
    since: Instant,
    bin: z.string().nullable(),
    /** Why its bin is not handed over. */
    holdReason: z.string().nullable(),
    quantityOwed: z.string(),
    controlledSchedule: z.string().nullable(),
    isColdChain: z.boolean(),
    /** Its prescription can be put on hold where it stands. */
    isHoldable: z.boolean(),
    /** Alerts raised that stop, and that nobody has overridden. */
    stops: z.int(),
    lease: z.object(leaseFields).nullable(),
  })
  .meta({ id: 'BoardCard' });

export const WorkBoardView = z
  .object({
    /** The moment it was read. */
    asOf: Instant,
    columns: z.array(
      z.object({
        column: Column,
        count: z.int(),
        /** Of these, promised for a time that has passed. */
        overdue: z.int(),
        oldestSince: Instant.nullable(),
        /** The next time promised that has not passed. */
        nextPromisedAt: Instant.nullable(),
        /** The most urgent ones, at most 50. */
        cards: z.array(BoardCard),
      }),
    ),
  })
  .meta({ id: 'WorkBoard' });

export const TakeNext = z
  .strictObject({
    column: Column,
    /** Why the card in hand is passed over; without it, that card is what is next. */
    skipReason: text(500).optional(),
  })
  .meta({ id: 'TakeNext' });

/** The card that was taken; null: there is none that the caller may take. */
export const TakenView = z
  .object({
    card: BoardCard.nullable(),
    /** True: the caller had it in hand already. */
    wasHeld: z.boolean(),
  })
  .meta({ id: 'TakenCard' });

export const LeaseView = z
  .object({
    ...leaseFields,
    column: Column,
    prescriptionId: Id,
    fillId: Id.nullable(),
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'WorkLease' });

export const LeaseQuery = z.strictObject({ prescriptionId: QueryId });
export const LeaseList = z.object({ data: z.array(LeaseView) }).meta({ id: 'WorkLeases' });
