import { z } from 'zod';

import {
  DateText,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  SignedMoneyText,
  text,
} from '../../platform/http/schemas.js';
import { daysBetween } from '../../platform/time/local-date.js';

/** Days that are shown at once, and days of a file. */
export const MOST_DAYS_SHOWN = 31;
export const MOST_DAYS_OF_FILE = 366;

interface Period {
  readonly from: string;
  readonly to: string;
  readonly format?: string;
}

const isInOrder = ({ from, to }: Period): boolean => from <= to;
const IN_ORDER = { path: ['to'], message: 'must not be before from' };

const isShort = ({ from, to, format }: Period): boolean =>
  daysBetween(from, to) < (format === 'json' || format === undefined ? MOST_DAYS_SHOWN : MOST_DAYS_OF_FILE);
const SHORT = {
  path: ['to'],
  message: `must be at most ${MOST_DAYS_SHOWN} days from the first, ${MOST_DAYS_OF_FILE} for a file`,
};

const AccountKey = z.string().regex(/^[a-z_]{2,40}$/, 'must be the key of an account');

export const JournalQuery = z
  .strictObject({
    ...Paging,
    from: DateText,
    to: DateText,
    account: AccountKey.optional(),
    format: z.enum(['json', 'csv', 'beancount', 'ledger']).default('json'),
  })
  .refine(isInOrder, IN_ORDER)
  .refine(isShort, SHORT);

export const DayBookQuery = z
  .strictObject({ from: DateText, to: DateText, format: z.enum(['json', 'csv']).default('json') })
  .refine(isInOrder, IN_ORDER)
  .refine(isShort, SHORT);

export const VatQuery = z
  .strictObject({
    from: DateText,
    to: DateText,
    by: z.enum(['day', 'month']).default('month'),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(isInOrder, IN_ORDER)
  .refine(({ from, to }) => daysBetween(from, to) < MOST_DAYS_OF_FILE, SHORT);

const Account = {
  accountKey: z.string(),
  code: z.string(),
  path: z.string(),
  type: z.enum(['asset', 'liability', 'equity', 'income', 'expense']),
  tender: z.string().nullable(),
  name: z.string(),
  nameAr: z.string(),
  version: z.int(),
};

export const JournalAccountView = z.object(Account).meta({ id: 'JournalAccount' });

export const JournalAccounts = z.object({ data: z.array(z.object(Account)) }).meta({ id: 'JournalAccounts' });

export const UpdateJournalAccount = z
  .strictObject({
    version: z.int().min(1),
    code: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,20}$/, 'must be 1 to 20 letters, digits, dots, dashes')
      .optional(),
    path: z
      .string()
      .max(120)
      .regex(
        /^(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z][A-Za-z0-9-]*)+$/,
        'must be a path such as "Assets:Cash:Drawer"',
      )
      .optional(),
    name: text(100).optional(),
    nameAr: text(100).optional(),
  })
  .meta({ id: 'UpdateJournalAccount' });

/** The key of an account in a path. */
export const PathAccountKey = AccountKey;

export const JournalPage = pageOf(
  z.object({
    postedOn: DateText,
    postedAt: Instant,
    entryId: z.string(),
    document: z.string(),
    documentNumber: z.string(),
    lineNo: z.int(),
    accountKey: z.string(),
    amount: SignedMoneyText,
    memo: z.string().nullable(),
  }),
).meta({ id: 'JournalPage' });

export const DayBook = z
  .object({
    data: z.array(
      z.object({
        postedOn: DateText,
        accountKey: z.string(),
        entries: z.int(),
        debit: MoneyText,
        credit: MoneyText,
      }),
    ),
    accounts: z.array(z.object(Account)),
    totals: z.object({ debit: MoneyText, credit: MoneyText }),
  })
  .meta({ id: 'DayBook' });

export const VatReport = z
  .object({
    data: z.array(
      z.object({
        period: DateText,
        side: z.enum(['output', 'input']),
        rate: z.string().nullable(),
        documents: z.int(),
        net: SignedMoneyText,
        tax: SignedMoneyText,
      }),
    ),
    /** Tax on sales, tax of suppliers, and the difference. */
    totals: z.object({ output: SignedMoneyText, input: SignedMoneyText, due: SignedMoneyText }),
  })
  .meta({ id: 'VatReport' });
