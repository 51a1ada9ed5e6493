import { z } from 'zod';

import { DateText, Id, Instant, MoneyText, SignedMoneyText, text } from '../../../platform/http/schemas.js';
import { ACCOUNT_TENDERS } from '../../accounts/accounts.types.js';

/** Tenders that are counted: the others are on no slip in the drawer. */
const Method = z.enum(['cash', 'card', 'mobile']);

export const OpenShift = z.strictObject({ openingFloat: MoneyText }).meta({ id: 'OpenTillShift' });

export const CashMovement = z
  .strictObject({
    amount: MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero'),
    reason: text(300),
  })
  .meta({ id: 'TillCashMovement' });

export const CloseShift = z
  .strictObject({
    counts: z
      .array(z.strictObject({ method: Method, counted: MoneyText }))
      .min(1)
      .max(3)
      .refine(
        (counts) => new Set(counts.map((count) => count.method)).size === counts.length,
        'must count a tender once only',
      )
      .refine((counts) => counts.some((count) => count.method === 'cash'), 'must count the cash'),
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

export const ShiftReport = z
  .object({
    ...Shift,
    kind: z.enum(['X', 'Z']),
    businessDate: DateText,
    salesCount: z.int(),
    returnsCount: z.int(),
    salesTotal: SignedMoneyText,
    refundsTotal: SignedMoneyText,
    netTotal: SignedMoneyText,
    tenders: z.array(
      z.object({
        method: z.enum([
          'cash',
          'card',
          'mobile',
          'credit_note',
          'exchange',
          'insurance',
          ...ACCOUNT_TENDERS,
        ]),
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
    expectedCash: SignedMoneyText,
    overShort: SignedMoneyText.nullable(),
    cashMovements: z.array(z.object({ amount: SignedMoneyText, reason: z.string(), occurredAt: Instant })),
  })
  .meta({ id: 'TillShiftReport' });
