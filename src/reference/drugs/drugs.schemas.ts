import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  text,
} from '../../platform/http/schemas.js';
import { BARCODE_KINDS, PACK_LEVELS } from './barcode.domain.js';

const Status = z.enum(['active', 'discontinued', 'recalled']);
const Schedule = z.enum(['II', 'III', 'IV', 'V']);
const Storage = z.enum(['room', 'refrigerate', 'freeze']);
const Named = z.object({ id: Id, name: z.string() });

/** Columns a list of drugs may be sorted by; a leading minus turns the order round. */
export const DRUG_SORTS = ['name', '-name', 'price', '-price', 'updatedAt', '-updatedAt'] as const;

export const DrugListQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  q: text(500).optional(),
  sort: z.enum(DRUG_SORTS).default('name'),
});

const summary = {
  drugId: Id,
  name: z.string(),
  nameAr: z.string().nullable(),
  strength: z.string().nullable(),
  dosageForm: z.string().nullable(),
  route: z.string().nullable(),
  price: MoneyText,
  baseUnit: z.string(),
  unitsPerPack: z.string(),
  rxOnly: z.boolean(),
  status: Status,
  ingredientStatus: z.enum(['linked', 'partial', 'unlinked']),
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
    packs: z.array(z.object({ level: z.enum(['pack', 'strip', 'unit']), baseUnits: z.string() })),
    controlledSchedule: Schedule.nullable(),
    storage: Storage,
    handlingFlags: z.array(z.string()),
    source: z.string(),
    sourceId: z.string().nullable(),
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
      }),
    ),
  })
  .meta({ id: 'Drug' });
export type DrugView = Omit<z.output<typeof DrugView>, 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};

export const EquivalentsView = z
  .object({
    data: z.array(
      z.object({
        ...summary,
        company: z.string().nullable(),
        /** What the quantity of one pack of the product asked about costs more (or less, negative) as this product. */
        priceDifference: z.string(),
      }),
    ),
    meta: z.object({
      total: z.int(),
      /** Why nothing can be compared: ingredients not linked, an amount unknown, form or route unknown. */
      notComparable: z.enum(['ingredients-unlinked', 'amount-unknown', 'form-or-route-unknown']).nullable(),
    }),
  })
  .meta({ id: 'DrugEquivalents' });
export type EquivalentsView = z.output<typeof EquivalentsView>;

export const BarcodeAnswer = z
  .object({
    drug: DrugView,
    barcode: z.object({
      code: z.string(),
      gtin: z.string(),
      kind: z.enum(BARCODE_KINDS),
      packLevel: z.enum(PACK_LEVELS),
    }),
    lotNumber: z.string().nullable(),
    expiryDate: DateText.nullable(),
    serialNumber: z.string().nullable(),
  })
  .meta({ id: 'DrugByBarcode' });
export type BarcodeAnswer = Omit<z.output<typeof BarcodeAnswer>, 'drug'> & { drug: DrugView };

/** A barcode in a path. */
export const PathBarcode = text(200);

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

const BarcodeInput = z.strictObject({
  code: text(40),
  kind: z.enum(BARCODE_KINDS).optional(),
  packLevel: z.enum(PACK_LEVELS).optional(),
});

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
  priceCeiling: MoneyText.nullish(),
  baseUnit: text(30).optional(),
  unitsPerStrip: QuantityText.nullish(),
  unitsPerPack: QuantityText.optional(),
  rxOnly: z.boolean().optional(),
  controlledSchedule: Schedule.nullish(),
  storage: Storage.optional(),
  handlingFlags: z.array(text(50)).max(20).optional(),
  status: Status.optional(),
  ingredients: z.array(IngredientInput).max(200).optional(),
  barcodes: z.array(BarcodeInput).max(50).optional(),
};

export const CreateDrug = z.strictObject(fields).meta({ id: 'CreateDrug' });
export type CreateDrug = z.output<typeof CreateDrug>;

/** Ingredients and barcodes, when given, replace those there are as a whole. */
export const UpdateDrug = z
  .strictObject(fields)
  .partial()
  .extend({ version: z.int().min(1) })
  .meta({ id: 'UpdateDrug' });
export type UpdateDrug = z.output<typeof UpdateDrug>;
