import { z } from 'zod';

import { DateText, Id, MoneyText, pageOf, Paging, text } from '../../../platform/http/schemas.js';

/** A share off: more than nothing, at most all. */
const PercentText = z
  .string()
  .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'must be a share such as "0.1"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');
const PositiveMoney = MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero');
/** Packs of one product in a bundle, and packs of one deal. */
const Packs = z.int().min(1).max(100);

const Kind = z.enum(['percent', 'amount', 'n_for_m', 'bundle']);

/** `scheduled`: not yet begun; `ended`: over by its last day or by hand. */
const PromotionStatus = z.enum(['scheduled', 'active', 'ended']);

export const PromotionView = z
  .object({
    promotionId: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    kind: Kind,
    /** Share off, with `percent`. */
    percent: z.string().nullable(),
    /** Off each whole pack, with `amount`. */
    amountOff: MoneyText.nullable(),
    /** Packs taken and packs paid of them, with `n_for_m`. */
    buyPacks: z.int().nullable(),
    payPacks: z.int().nullable(),
    /** Price of the packs together, with `bundle`. */
    bundlePrice: MoneyText.nullable(),
    startsOn: DateText,
    endsOn: DateText.nullable(),
    /** True: it counts for fills too, where no payer bears a part. */
    onPrescriptions: z.boolean(),
    targets: z.array(
      z.object({
        drugId: Id.nullable(),
        categoryId: Id.nullable(),
        companyId: Id.nullable(),
        packs: Packs,
        name: z.string(),
        nameAr: z.string().nullable(),
      }),
    ),
    status: PromotionStatus,
    /** True: something was sold by it; it can be ended and nothing else. */
    isUsed: z.boolean(),
    /** What it took off so far, returns not counted. */
    takenOff: MoneyText,
    version: z.int(),
  })
  .meta({ id: 'Promotion' });
export const PromotionPage = pageOf(PromotionView).meta({ id: 'PromotionPage' });
export const PromotionQuery = z.strictObject({ ...Paging, status: PromotionStatus.optional() });
export type PromotionRow = z.output<typeof PromotionView>;

const Target = z
  .strictObject({
    drugId: Id.optional(),
    categoryId: Id.optional(),
    companyId: Id.optional(),
    packs: Packs.default(1),
  })
  .refine(
    ({ drugId, categoryId, companyId }) =>
      [drugId, categoryId, companyId].filter((id) => id !== undefined).length === 1,
    'must be one product, category or company',
  );

const common = {
  name: text(100),
  nameAr: text(100).nullish(),
  startsOn: DateText,
  endsOn: DateText.nullish(),
  onPrescriptions: z.boolean().default(false),
  targets: z.array(Target).min(1).max(100),
};

const Terms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: PercentText, ...common }),
  z.strictObject({ kind: z.literal('amount'), amountOff: PositiveMoney, ...common }),
  z.strictObject({
    kind: z.literal('n_for_m'),
    buyPacks: z.int().min(2).max(100),
    payPacks: z.int().min(1).max(99),
    ...common,
  }),
  z.strictObject({ kind: z.literal('bundle'), bundlePrice: MoneyText, ...common }),
]);
type Terms = z.output<typeof Terms>;

const endsAfterStart = ({ startsOn, endsOn }: Terms): boolean => (endsOn ?? startsOn) >= startsOn;
const paysLess = (input: Terms): boolean => input.kind !== 'n_for_m' || input.payPacks < input.buyPacks;
/** A bundle is made of products: of each so many packs, more than one together. */
const isOfProducts = (input: Terms): boolean =>
  input.kind !== 'bundle' ||
  (input.targets.every(({ drugId }) => drugId !== undefined) &&
    input.targets.reduce((sum, { packs }) => sum + packs, 0) > 1);
const countsPacksInBundles = (input: Terms): boolean =>
  input.kind === 'bundle' || input.targets.every(({ packs }) => packs === 1);

const sound = <Schema extends z.ZodType<Terms>>(schema: Schema) =>
  schema
    .refine(endsAfterStart, { error: 'must not be before startsOn', path: ['endsOn'] })
    .refine(paysLess, { error: 'must be less than buyPacks', path: ['payPacks'] })
    .refine(isOfProducts, { error: 'must be products, more than one pack together', path: ['targets'] })
    .refine(countsPacksInBundles, { error: 'packs are counted in bundles only', path: ['targets'] });

export const CreatePromotion = sound(Terms).meta({ id: 'CreatePromotion' });

/** All of a promotion anew, while nothing was sold by it. */
export const UpdatePromotion = z
  .strictObject({ version: z.int().min(1), promotion: sound(Terms) })
  .meta({ id: 'UpdatePromotion' });

export const EndPromotion = z.strictObject({ version: z.int().min(1) }).meta({ id: 'EndPromotion' });
