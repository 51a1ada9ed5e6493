import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  SignedMoneyText,
  text,
} from '../../../platform/http/schemas.js';

const isMoreThanZero = (value: string): boolean => /[1-9]/.test(value);

const Method = z.enum(['cash', 'card', 'mobile']);

const PiecesOf = z
  .array(
    z.strictObject({
      denomination: MoneyText.refine(isMoreThanZero, 'must be more than zero'),
      pieces: z.int().min(0).max(1_000_000),
    }),
  )
  .max(40)
  .refine(
    (list) => new Set(list.map((one) => Number(one.denomination))).size === list.length,
    'must name a note or coin once only',
  );

export const OpenShift = z
  .strictObject({
    /** Cash in the drawer; with notes and coins it may be left out. */
    openingFloat: MoneyText.optional(),
    pieces: PiecesOf.optional(),
  })
  .refine((input) => input.openingFloat !== undefined || input.pieces !== undefined, {
    path: ['openingFloat'],
    message: 'must be given, or notes and coins',
  })
  .meta({ id: 'OpenTillShift' });

const Amount = MoneyText.refine(isMoreThanZero, 'must be more than zero');

export const CashMovement = z
  .strictObject({ amount: Amount, reason: text(300) })
  .meta({ id: 'TillCashMovement' });

export const CashDrop = z
  .strictObject({
    amount: Amount,
    reason: text(300).optional(),
    /** Number of the sealed bag. */
    bagNumber: text(40).optional(),
    /** Signature of who saw it, from POST /auth/witness. */
    witness: z.string().min(20).max(200).optional(),
  })
  .refine((input) => input.bagNumber !== undefined || input.witness !== undefined, {
    path: ['bagNumber'],
    message: 'must be given, or a witness',
  })
  .meta({ id: 'TillCashDrop' });

const Counts = z
  .array(z.strictObject({ method: Method, counted: MoneyText.optional(), pieces: PiecesOf.optional() }))
  .min(1)
  .max(3)
  .refine(
    (counts) => new Set(counts.map((count) => count.method)).size === counts.length,
    'must count a tender once only',
  )
  .refine((counts) => counts.some((count) => count.method === 'cash'), 'must count the cash')
  .refine(
    (counts) =>
      counts.every(
        ({ method, counted, pieces }) => counted !== undefined || (method === 'cash' && pieces !== undefined),
      ),
    'must say what was counted',
  );

export const CountDrawer = z
  .strictObject({ counts: Counts, recountReason: text(300).optional() })
  .meta({ id: 'CountTillDrawer' });

export const CloseShift = z
  .strictObject({
    /** Counts the drawer and closes in one step; left out: the count that stands is taken. */
    counts: Counts.optional(),
    recountReason: text(300).optional(),
  })
  .meta({ id: 'CloseTillShift' });

const Shift = {
  shiftId: Id,
  userId: Id,
  cashierName: z.string(),
  status: z.enum(['open', 'closed']),
  openingFloat: MoneyText,
  openedAt: Instant,
  closedAt: Instant.nullable(),
};

export const ShiftView = z.object(Shift).meta({ id: 'TillShift' });

const Movement = z.object({
  kind: z.enum(['pay_in', 'pay_out', 'drop']),
  amount: SignedMoneyText,
  reason: z.string(),
  bagNumber: z.string().nullable(),
  witnessName: z.string().nullable(),
  occurredAt: Instant,
});

const PiecesView = z.object({ denomination: MoneyText, pieces: z.int() });

/** A shift as its cashier sees it while it is open: nothing of what is expected is in it. */
export const ShiftDrawer = z
  .object({
    ...Shift,
    cashMovements: z.array(Movement),
    count: z
      .object({
        countNo: z.int(),
        cash: MoneyText,
        card: MoneyText.nullable(),
        mobile: MoneyText.nullable(),
        recountReason: z.string().nullable(),
        countedAt: Instant,
        pieces: z.array(PiecesView),
      })
      .nullable(),
    mayRecount: z.boolean(),
  })
  .meta({ id: 'TillShiftDrawer' });

export const ShiftReport = z
  .object({
    ...Shift,
    kind: z.enum(['X', 'Z']),
    /** Number of the Z report at the branch; null: X. */
    zNumber: z.int().nullable(),
    closedByName: z.string().nullable(),
    /** SHA-256 in hex of this report and of the one before. */
    hash: z.string().nullable(),
    previousHash: z.string().nullable(),
    /** Last seal of the audit trail when the shift was closed, and its SHA-256 in hex. */
    auditSealNo: z.int().nullable(),
    auditSealHash: z.string().nullable(),
    businessDate: DateText,
    currency: z.string(),
    salesCount: z.int(),
    returnsCount: z.int(),
    salesTotal: SignedMoneyText,
    refundsTotal: SignedMoneyText,
    netTotal: SignedMoneyText,
    discountTotal: SignedMoneyText,
    taxTotal: SignedMoneyText,
    roundingTotal: SignedMoneyText,
    firstSaleNumber: z.string().nullable(),
    lastSaleNumber: z.string().nullable(),
    taxes: z.array(z.object({ rate: z.string(), net: SignedMoneyText, tax: SignedMoneyText })),
    tenders: z.array(
      z.object({
        method: z.string(),
        taken: SignedMoneyText,
        refunded: SignedMoneyText,
        net: SignedMoneyText,
        expected: SignedMoneyText,
        counted: MoneyText.nullable(),
        overShort: SignedMoneyText.nullable(),
      }),
    ),
    paidIn: MoneyText,
    paidOut: MoneyText,
    dropped: MoneyText,
    expectedCash: SignedMoneyText,
    overShort: SignedMoneyText.nullable(),
    recountReason: z.string().nullable(),
    pieces: z.array(PiecesView),
    cashMovements: z.array(Movement),
  })
  .meta({ id: 'TillShiftReport' });

export const ReportQuery = z.strictObject({
  format: z.enum(['json', 'html']).default('json'),
  paper: z.enum(['80mm', 'a4']).default('80mm'),
  lang: z.enum(['en', 'ar']).default('en'),
});

export const ShiftQuery = z.strictObject({
  ...Paging,
  status: z.enum(['open', 'closed']).optional(),
  from: DateText.optional(),
  to: DateText.optional(),
});

export const ShiftPage = pageOf(
  z.object({
    ...Shift,
    zNumber: z.int().nullable(),
    businessDate: DateText,
    netTotal: SignedMoneyText.nullable(),
    overShort: SignedMoneyText.nullable(),
  }),
).meta({ id: 'TillShiftPage' });

const Denominations = z.array(
  z.strictObject({
    denomination: MoneyText.refine(isMoreThanZero, 'must be more than zero'),
    kind: z.enum(['note', 'coin']),
  }),
);

export const DenominationList = z.object({ data: Denominations }).meta({ id: 'CashDenominations' });

export const SetDenominations = z
  .strictObject({
    data: Denominations.min(1)
      .max(40)
      .refine(
        (list) => new Set(list.map((one) => Number(one.denomination))).size === list.length,
        'must name a note or coin once only',
      ),
  })
  .meta({ id: 'SetCashDenominations' });
