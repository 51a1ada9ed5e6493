import { z } from 'zod';

import {
  BodyPaging,
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QueryId,
  SignedMoneyText,
  text,
} from '../../platform/http/schemas.js';

const PositiveMoney = MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero');
const Kind = z.enum(['person', 'organisation']);
const Status = z.enum(['open', 'blocked']);
const Money = z.enum(['cash', 'card', 'mobile']);
/** Most open entries named in one payment. */
const MAX_SETTLES = 100;

const identity = {
  kind: Kind,
  name: text(200),
  nameAr: text(200).nullish(),
  phone: text(50).nullish(),
  /** The patient it is of, where it is one's. */
  patientId: Id.nullish(),
};

/** A new account owes nothing and may not: a limit is given by another call. */
export const OpenAccount = z.strictObject(identity).meta({ id: 'OpenAccount' });

export const UpdateAccount = z
  .strictObject({
    version: z.int().min(1),
    ...z.strictObject(identity).partial().shape,
    creditLimit: MoneyText.optional(),
    status: Status.optional(),
  })
  .meta({ id: 'UpdateAccount' });

const searched = {
  /** A part of a name, a number of an account or a telephone. */
  q: text(100).optional(),
  status: Status.optional(),
  /** `owing`: something is owed; `ahead`: something was paid ahead. */
  standing: z.enum(['owing', 'ahead']).optional(),
};
export const AccountQuery = z.strictObject({ ...Paging, ...searched, patientId: QueryId.optional() });
export const SearchAccounts = z
  .strictObject({ ...BodyPaging, ...searched, patientId: Id.optional() })
  .meta({ id: 'SearchAccounts' });

export const AccountView = z
  .object({
    accountId: Id,
    accountNumber: z.string(),
    kind: Kind,
    name: z.string(),
    nameAr: z.string().nullable(),
    phone: z.string().nullable(),
    patientId: Id.nullable(),
    creditLimit: MoneyText,
    status: Status,
    /** What is owed; below zero: paid ahead. */
    balance: SignedMoneyText,
    /** What may still be bought on account. */
    available: MoneyText,
    /** What was paid ahead and not spent. */
    paidAhead: MoneyText,
    /** Points that can be spent today. */
    points: z.int(),
    /** Points that were to be taken back when they had been spent: the next ones go there. */
    pointsDue: z.int(),
    /** What the points pay; null: none are spent at this branch. */
    pointsWorth: MoneyText.nullable(),
    /** What one point pays, and fewest spent at once. */
    pointValue: MoneyText.nullable(),
    minimumPoints: z.int().nullable(),
    openedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'CustomerAccount' });

export const AccountPage = pageOf(AccountView).meta({ id: 'CustomerAccountPage' });

/** Money taken at the till: what is owed becomes less, or something is paid ahead. */
export const TakePayment = z
  .strictObject({
    method: Money,
    amount: PositiveMoney,
    reference: text(100).nullish(),
    /** Open entries to be settled first, in this order; the rest goes to the oldest. */
    settles: z.array(Id).min(1).max(MAX_SETTLES).optional(),
  })
  .meta({ id: 'TakeAccountPayment' });

/** What was paid ahead, given back in money. */
export const PayOut = z
  .strictObject({ method: Money, amount: PositiveMoney, reason: text(300) })
  .meta({ id: 'PayOutDeposit' });

/** Puts a balance right: more is owed, or less with a minus. */
export const Correct = z
  .strictObject({
    amount: SignedMoneyText.refine((value) => /[1-9]/.test(value), 'must not be zero'),
    reason: text(300),
  })
  .meta({ id: 'CorrectAccount' });

const ENTRY_KINDS = ['charge', 'refund', 'payment', 'payout', 'correction'] as const;

const Entry = z.object({
  entryId: Id,
  kind: z.enum(ENTRY_KINDS),
  /** More is owed; less with a minus. */
  amount: SignedMoneyText,
  balanceAfter: SignedMoneyText,
  method: z.enum(['cash', 'card', 'mobile', 'account', 'deposit']).nullable(),
  saleId: Id.nullable(),
  saleNumber: z.string().nullable(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  businessDate: DateText,
  enteredAt: Instant,
  enteredByName: z.string().nullable(),
  /** What is not settled of it. */
  openAmount: MoneyText,
});

export const EntryQuery = z.strictObject({
  ...Paging,
  /** `open`: what something is owed of, oldest first. */
  show: z.enum(['all', 'open']).default('all'),
});
export const EntryPage = pageOf(Entry).meta({ id: 'AccountEntryPage' });

export const AccountPosting = z
  .object({
    entryId: Id,
    /** What it settled, or was settled with, at once. */
    settled: z.array(z.object({ entryId: Id, amount: MoneyText })),
    account: AccountView,
  })
  .meta({ id: 'AccountPosting' });

const ages = {
  days0to30: MoneyText,
  days31to60: MoneyText,
  days61to90: MoneyText,
  daysOver90: MoneyText,
  paidAhead: MoneyText,
  /** What is owed less what was paid ahead. */
  total: SignedMoneyText,
};

export const StatementQuery = z.strictObject({
  /** Left out: three months before `to`. */
  from: DateText.optional(),
  /** Left out: today at the branch. */
  to: DateText.optional(),
  format: z.enum(['json', 'csv', 'html']).default('json'),
  /** Language of the page. */
  lang: z.enum(['en', 'ar']).default('en'),
});

export const Statement = z
  .object({
    account: AccountView,
    from: DateText,
    to: DateText,
    openingBalance: SignedMoneyText,
    entries: z.array(Entry),
    closingBalance: SignedMoneyText,
    /** What is open today, by age in days. */
    ages: z.object(ages),
  })
  .meta({ id: 'AccountStatement' });

export const ReceivablesQuery = z.strictObject({
  ...Paging,
  format: z.enum(['json', 'csv']).default('json'),
});

export const Receivables = pageOf(
  z.object({
    accountId: Id,
    accountNumber: z.string(),
    name: z.string(),
    nameAr: z.string().nullable(),
    phone: z.string().nullable(),
    status: Status,
    ...ages,
  }),
)
  .extend({ totals: z.object(ages) })
  .meta({ id: 'Receivables' });

export type AccountRow = z.output<typeof AccountView>;
export type EntryRow = z.output<typeof Entry>;
export type AgeRow = z.output<typeof Receivables>['data'][number];
export type AgeSums = z.output<typeof Receivables>['totals'];
