import { z } from 'zod';

import { DateText, Id, Instant, MoneyText, pageOf, QuantityText, text } from '../../platform/http/schemas.js';
import { BARCODE_KINDS, PACK_LEVELS } from '../barcodes/barcodes.types.js';

export const Status = z.enum(['active', 'discontinued', 'recalled']);
export const Schedule = z.enum(['II', 'III', 'IV', 'V']);
export const Storage = z.enum(['room', 'refrigerate', 'freeze']);
export const IngredientStatus = z.enum(['linked', 'partial', 'unlinked']);
const Named = z.object({ id: Id, name: z.string() });

export const summary = {
  drugId: Id,
  name: z.string(),
  nameAr: z.string().nullable(),
  strength: z.string().nullable(),
  dosageForm: z.string().nullable(),
  route: z.string().nullable(),
  price: MoneyText,
  /** False: no price is known; `price` is zero and the till refuses the product. */
  hasPrice: z.boolean(),
  baseUnit: z.string(),
  unitsPerPack: z.string(),
  rxOnly: z.boolean(),
  status: Status,
  ingredientStatus: IngredientStatus,
  version: z.int(),
  stockOnHand: z.string(),
};

export const DrugSummary = z
  .object({ ...summary, company: z.string().nullable() })
  .meta({ id: 'DrugSummary' });
export type DrugSummary = z.output<typeof DrugSummary>;
export const DrugPage = pageOf(DrugSummary).meta({ id: 'DrugPage' });

export const DrugView = z
  .object({
    ...summary,
    activeRaw: z.string().nullable(),
    company: Named.nullable(),
    marketer: Named.nullable(),
    category: Named.nullable(),
    atcCode: z.string().nullable(),
    oldPrice: MoneyText.nullable(),
    priceEffectiveFrom: DateText,
    priceCeiling: MoneyText.nullable(),
    unitsPerStrip: z.string().nullable(),
    /** Every way it can be counted, largest level first, the default pack before the others of its level. */
    packs: z.array(
      z.object({
        /** Null: only the product says it. */
        packId: Id.nullable(),
        level: z.enum(PACK_LEVELS),
        description: z.string(),
        baseUnits: z.string(),
        isDefault: z.boolean(),
        /** Its own price, where it has one. */
        price: MoneyText.nullable(),
        /** What one costs: its own price, or its share of the default pack's; null where no price is known. */
        packPrice: MoneyText.nullable(),
      }),
    ),
    priceCeilingEffectiveFrom: DateText.nullable(),
    priceCeilingSource: z.string().nullable(),
    /** Prices decided for a later day, earliest first. */
    scheduledPrices: z.array(
      z.object({ scheduledPriceId: Id, price: MoneyText, effectiveFrom: DateText, source: z.string() }),
    ),
    controlledSchedule: Schedule.nullable(),
    storage: Storage,
    handlingFlags: z.array(z.string()),
    source: z.string(),
    sourceId: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    releaseId: Id.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    ingredients: z.array(
      z.object({
        position: z.int(),
        ingredientId: Id.nullable(),
        name: z.string(),
        rawText: z.string(),
        amount: z.string().nullable(),
        unit: z.string().nullable(),
        perAmount: z.string().nullable(),
        perUnit: z.string().nullable(),
      }),
    ),
    barcodes: z.array(
      z.object({
        code: z.string(),
        gtin: z.string(),
        kind: z.enum(BARCODE_KINDS),
        packLevel: z.enum(PACK_LEVELS),
        packId: Id.nullable(),
        /** Base units of one scan; null where nobody stated what a case or strip holds. */
        baseUnits: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Drug' });
export type DrugView = Omit<z.output<typeof DrugView>, 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};

const packFacts = {
  lotNumber: z.string().nullable(),
  expiryDate: DateText.nullable(),
  serialNumber: z.string().nullable(),
};

export const BarcodeAnswer = z
  .object({
    drug: DrugView,
    barcode: z.object({
      code: z.string(),
      gtin: z.string(),
      kind: z.enum(BARCODE_KINDS),
      packLevel: z.enum(PACK_LEVELS),
    }),
    ...packFacts,
    bestBeforeDate: DateText.nullable(),
    productionDate: DateText.nullable(),
    /** Items in the pack as the code states it (AI 30, or AI 37 of a case). */
    quantity: z.string().nullable(),
    /** National reimbursement numbers (AI 710–717). */
    nationalNumbers: z.array(z.object({ scheme: z.string(), value: z.string() })),
    /** Ways to read lot, expiry and serial where a separator may have been lost; else empty. Ask which one is on the pack. */
    readings: z.array(z.object(packFacts)),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'DrugByBarcode' });
export type BarcodeAnswer = Omit<z.output<typeof BarcodeAnswer>, 'drug'> & { drug: DrugView };

/** A scan in a path, URL-encoded: a whole GS1 string with its separators, or a Digital Link. */
export const PathBarcode = z
  .string()
  .min(1)
  .max(1000)
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

const AmountText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be an amount such as "2.5"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

const IngredientInput = z
  .strictObject({
    ingredientId: Id.nullish(),
    rawText: text(500).optional(),
    amount: AmountText.nullish(),
    unit: text(30).nullish(),
    perAmount: AmountText.nullish(),
    perUnit: text(30).nullish(),
  })
  .refine((line) => line.ingredientId || line.rawText, 'needs ingredientId or rawText')
  .refine((line) => !line.amount === !line.unit, 'amount and unit go together')
  .refine((line) => !line.perAmount || line.perUnit, 'perAmount needs perUnit')
  .refine((line) => !line.perUnit || line.amount, 'perUnit needs an amount');

/** What tells one pack of a product from another. */
const packKey = {
  level: z.enum(PACK_LEVELS),
  baseUnits: QuantityText,
  description: text(500, 0).optional(),
};

/** `price` only where it is not the share of the default pack's; `isDefault` is understood where the size is the product's. */
const PackInput = z.strictObject({
  ...packKey,
  price: MoneyText.refine((value) => /[1-9]/.test(value), 'must be more than zero').nullish(),
  isDefault: z.boolean().optional(),
});
export type PackInput = z.output<typeof PackInput>;

/** A scan stands for one `packLevel` (a pack where none is said), for the `pack` named, or for `baseUnits`. */
const BarcodeInput = z
  .strictObject({
    code: text(40),
    kind: z.enum(BARCODE_KINDS).optional(),
    packLevel: z.enum(PACK_LEVELS).optional(),
    pack: z.strictObject(packKey).optional(),
    baseUnits: QuantityText.optional(),
  })
  .refine((given) => !(given.pack && given.baseUnits), 'pack says the base units already');
export type BarcodeInput = z.output<typeof BarcodeInput>;

const fields = {
  name: text(500),
  nameAr: text(500).nullish(),
  activeRaw: text(5000).nullish(),
  strength: text(200).nullish(),
  dosageForm: text(100).nullish(),
  route: text(100).nullish(),
  companyId: Id.nullish(),
  marketerCompanyId: Id.nullish(),
  categoryId: Id.nullish(),
  atcCode: z
    .string()
    .regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/, 'must be an ATC code such as "N02BE01"')
    .nullish(),
  price: MoneyText,
  /** Day the price takes effect; a later one schedules it. Today where none is given. */
  priceEffectiveFrom: DateText.optional(),
  priceCeiling: MoneyText.nullish(),
  priceCeilingEffectiveFrom: DateText.nullish(),
  priceCeilingSource: text(200).nullish(),
  baseUnit: text(30).optional(),
  unitsPerStrip: QuantityText.nullish(),
  unitsPerPack: QuantityText.optional(),
  rxOnly: z.boolean().optional(),
  controlledSchedule: Schedule.nullish(),
  storage: Storage.optional(),
  handlingFlags: z.array(text(50)).max(20).optional(),
  sourceUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullish(),
  status: Status.optional(),
  ingredients: z.array(IngredientInput).max(200).optional(),
  packs: z.array(PackInput).max(50).optional(),
  barcodes: z.array(BarcodeInput).max(50).optional(),
};

/** Packs beyond those unitsPerPack and unitsPerStrip speak of, and words or prices of those. */
export const CreateDrug = z.strictObject(fields).meta({ id: 'CreateDrug' });
export type CreateDrug = z.output<typeof CreateDrug>;

/** Ingredients, packs and barcodes, when given, replace those there are as a whole. */
export const UpdateDrug = z
  .strictObject(fields)
  .partial()
  .extend({ version: z.int().min(1) })
  .refine((given) => given.priceEffectiveFrom === undefined || given.price !== undefined, {
    path: ['priceEffectiveFrom'],
    message: 'needs a price',
  })
  .meta({ id: 'UpdateDrug' });
export type UpdateDrug = z.output<typeof UpdateDrug>;
