import { z } from 'zod';

import {
  DateText,
  Id,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  QueryFlag,
  text,
} from '../../platform/http/schemas.js';

const Version = z.int().min(1);
const MemberFormat = text(100).regex(/^[A-Za-z0-9 ./-]+$/, 'must be a pattern such as "A9999999"');

export const PayerQuery = z.strictObject({
  ...Paging,
  q: text(100).optional(),
  active: QueryFlag.optional(),
});

export const PayerView = z
  .object({
    payerId: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    /** What member numbers look like: 9 a digit, A a letter, X either, anything else itself. */
    memberFormat: z.string().nullable(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Payer' });
export const PayerPage = pageOf(PayerView).meta({ id: 'PayerPage' });

export const CreatePayer = z
  .strictObject({ name: text(200), nameAr: text(200).nullish(), memberFormat: MemberFormat.nullish() })
  .meta({ id: 'CreatePayer' });

export const UpdatePayer = z
  .strictObject({
    version: Version,
    name: text(200).optional(),
    nameAr: text(200).nullish(),
    memberFormat: MemberFormat.nullish(),
    active: z.boolean().optional(),
  })
  .meta({ id: 'UpdatePayer' });

const Period = z.enum(['year', 'month']);

export const PlanView = z
  .object({
    planId: Id,
    payerId: Id,
    code: z.string(),
    name: z.string(),
    nameAr: z.string().nullable(),
    validFrom: DateText,
    validTo: DateText.nullable(),
    /** Calendar period of deductible and cap. */
    period: Period,
    deductible: MoneyText,
    periodCap: MoneyText.nullable(),
    claimCap: MoneyText.nullable(),
    active: z.boolean(),
    ruleCount: z.int(),
    version: z.int(),
  })
  .meta({ id: 'PayerPlan' });
export const PlanList = z.object({ data: z.array(PlanView) }).meta({ id: 'PayerPlanList' });

export const CreatePlan = z
  .strictObject({
    code: text(50),
    name: text(200),
    nameAr: text(200).nullish(),
    validFrom: DateText,
    validTo: DateText.nullish(),
    period: Period.optional(),
    deductible: MoneyText.optional(),
    periodCap: MoneyText.nullish(),
    claimCap: MoneyText.nullish(),
  })
  .meta({ id: 'CreatePayerPlan' });

export const UpdatePlan = z
  .strictObject({
    version: Version,
    name: text(200).optional(),
    nameAr: text(200).nullish(),
    validFrom: DateText.optional(),
    validTo: DateText.nullish(),
    period: Period.optional(),
    deductible: MoneyText.optional(),
    periodCap: MoneyText.nullish(),
    claimCap: MoneyText.nullish(),
    active: z.boolean().optional(),
  })
  .meta({ id: 'UpdatePayerPlan' });

/** An ATC code of any level. */
export const AtcPrefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/, 'must be an ATC class such as "N02BE"');

const Percent = z
  .string()
  .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'must be a percentage such as "80"');
const Share = z.string().regex(/^(1(\.0{1,3})?|0(\.\d{1,3})?)$/, 'must be a share such as "0.75"');
const PositiveMoney = MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero');

export const RuleView = z
  .object({
    ruleId: Id,
    planId: Id,
    drugId: Id.nullable(),
    ingredientId: Id.nullable(),
    atcPrefix: z.string().nullable(),
    /** Name of the product, ingredient or class; null: everything. */
    subject: z.string().nullable(),
    covered: z.boolean(),
    payerPercent: z.string().nullable(),
    copay: MoneyText.nullable(),
    claimCap: MoneyText.nullable(),
    maxUnitPrice: MoneyText.nullable(),
    maxQuantity: z.string().nullable(),
    maxDaysSupply: z.int().nullable(),
    refillAfterShare: z.string().nullable(),
    needsAuthorisation: z.boolean(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'CoverageRule' });
export const RulePage = pageOf(RuleView).meta({ id: 'CoverageRulePage' });
export const RuleQuery = z.strictObject({ ...Paging, active: QueryFlag.optional() });

const terms = {
  payerPercent: Percent.nullish(),
  copay: MoneyText.nullish(),
  claimCap: MoneyText.nullish(),
  maxUnitPrice: PositiveMoney.nullish(),
  maxQuantity: QuantityText.nullish(),
  maxDaysSupply: z.int().min(1).max(366).nullish(),
  refillAfterShare: Share.nullish(),
};

const given = (...values: readonly unknown[]): number =>
  values.filter((value) => value !== undefined && value !== null).length;

export const CreateRule = z
  .strictObject({
    drugId: Id.optional(),
    ingredientId: Id.optional(),
    atcPrefix: AtcPrefix.optional(),
    covered: z.boolean().default(true),
    ...terms,
    needsAuthorisation: z.boolean().default(false),
  })
  .refine(({ drugId, ingredientId, atcPrefix }) => given(drugId, ingredientId, atcPrefix) <= 1, {
    path: ['drugId'],
    message: 'must be about one product, ingredient or class, or about everything',
  })
  .refine(({ covered, payerPercent, copay }) => given(payerPercent, copay) === (covered ? 1 : 0), {
    path: ['payerPercent'],
    message: 'must be a percentage or a copay where it is covered, and neither where it is excluded',
  })
  .meta({ id: 'CreateCoverageRule' });

export const UpdateRule = z
  .strictObject({
    version: Version,
    covered: z.boolean().optional(),
    ...terms,
    needsAuthorisation: z.boolean().optional(),
    active: z.boolean().optional(),
  })
  .meta({ id: 'UpdateCoverageRule' });
