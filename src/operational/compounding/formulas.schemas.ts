import { z } from 'zod';

import {
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  text,
} from '../../platform/http/schemas.js';
import { PREPARATION_TYPES } from './compounding.types.js';

const Storage = z.enum(['room', 'refrigerate', 'freeze']);
const Status = z.enum(['active', 'retired']);
const PreparationType = z.enum(PREPARATION_TYPES);
const IngredientStatus = z.enum(['linked', 'partial', 'unlinked']);
const Schedule = z.enum(['II', 'III', 'IV', 'V']).nullable();
/** Decimal string with up to six places. */
const UnitCost = z.string();

const Percent = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2})?$/, 'must be a percentage such as "2"')
  .refine((value) => Number(value) <= 10, 'must be at most 10');
const Markup = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,4})?$/, 'must be a share such as "0.25"')
  .refine((value) => Number(value) <= 10, 'must be at most 10');

const PriceRuleInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), price: MoneyText }),
  z.strictObject({ kind: z.literal('cost'), markup: Markup, fee: MoneyText }),
]);

const fields = {
  name: text(500),
  nameAr: text(500).nullish(),
  dosageForm: text(100).nullish(),
  route: text(100).nullish(),
  /** Unit the preparation is counted in. */
  baseUnit: text(30),
  /** Base units the quantities of the ingredients make; the price is of these. */
  yieldQuantity: QuantityText,
  /** Limits the beyond-use time. */
  preparationType: PreparationType,
  /** Days it may be used after it was made. */
  beyondUseDays: z.int().min(1).max(366),
  storage: Storage,
  method: text(10_000),
  priceRule: PriceRuleInput,
  items: z
    .array(z.strictObject({ drugId: Id, quantity: QuantityText }))
    .min(1)
    .max(30),
};
const flags = { requiresCheck: z.boolean(), hazardous: z.boolean(), tolerancePercent: Percent };

export const CreateFormula = z
  .strictObject({
    ...fields,
    requiresCheck: flags.requiresCheck.default(false),
    hazardous: flags.hazardous.default(false),
    tolerancePercent: flags.tolerancePercent.default('2'),
  })
  .meta({ id: 'CreateCompoundFormula' });
export type CreateFormula = z.output<typeof CreateFormula>;

/** Every edit is a new version; ingredients, when given, replace those there are. The unit stays: lots are counted in it. */
export const UpdateFormula = z
  .strictObject({ ...fields, ...flags })
  .omit({ baseUnit: true })
  .partial()
  .extend({ status: Status.optional(), version: z.int().min(1) })
  .meta({ id: 'UpdateCompoundFormula' });
export type UpdateFormula = z.output<typeof UpdateFormula>;

export const FormulaQuery = z.strictObject({
  q: text(200).optional(),
  status: Status.optional(),
  drugId: QueryId.optional(),
  ...Paging,
});

const summary = {
  formulaId: Id,
  /** The preparation as a product of the catalogue. */
  drugId: Id,
  status: Status,
  version: z.int(),
  name: z.string(),
  nameAr: z.string().nullable(),
  dosageForm: z.string().nullable(),
  baseUnit: z.string(),
  yieldQuantity: z.string(),
  preparationType: PreparationType,
  beyondUseDays: z.int(),
  storage: Storage,
  requiresCheck: z.boolean(),
  hazardous: z.boolean(),
  /** Price of the yield in the catalogue; zero: none is known. */
  price: MoneyText,
  /** linked: screening knows all of it; otherwise it says that it was not checked. */
  ingredientStatus: IngredientStatus,
  controlledSchedule: Schedule,
  itemCount: z.int(),
};

const FormulaSummary = z.object(summary).meta({ id: 'CompoundFormulaSummary' });
export const FormulaPage = pageOf(FormulaSummary).meta({ id: 'CompoundFormulaPage' });
export type FormulaSummary = z.output<typeof FormulaSummary>;

export const FormulaView = z
  .object({
    ...summary,
    route: z.string().nullable(),
    method: z.string(),
    tolerancePercent: z.string(),
    priceRule: z.object({
      kind: z.enum(['fixed', 'cost']),
      price: MoneyText.nullable(),
      markup: z.string().nullable(),
      fee: MoneyText.nullable(),
    }),
    /** The longest its kind of preparation may be used. */
    beyondUseLimit: z.object({ maxDays: z.int(), refrigerated: z.boolean(), source: z.string() }),
    items: z.array(
      z.object({
        position: z.int(),
        drugId: Id,
        drugName: z.string(),
        drugNameAr: z.string().nullable(),
        baseUnit: z.string(),
        /** Base units of the product for the yield. */
        quantity: z.string(),
        ingredientStatus: IngredientStatus,
        controlledSchedule: Schedule,
        /** False: the product is discontinued or counted otherwise since: no batch is begun. */
        isCurrent: z.boolean(),
        /** True: it is compounded here itself. */
        isCompounded: z.boolean(),
      }),
    ),
    createdByName: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'CompoundFormula' });
export type FormulaView = Omit<z.output<typeof FormulaView>, 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};

export const BeyondUseLimits = z
  .object({
    data: z.array(
      z.object({
        preparationType: PreparationType,
        maxDays: z.int(),
        refrigerated: z.boolean(),
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'BeyondUseLimits' });
export type BeyondUseLimits = z.output<typeof BeyondUseLimits>;

export const CostingQuery = z.strictObject({ quantity: QuantityText });

/** A formula while it is written: what it would cost. */
export const DraftFormula = z
  .strictObject({
    yieldQuantity: fields.yieldQuantity,
    beyondUseDays: fields.beyondUseDays,
    priceRule: fields.priceRule,
    items: fields.items,
  })
  .meta({ id: 'DraftCompoundFormula' });
export type DraftFormula = z.output<typeof DraftFormula>;

const costingFields = {
  quantity: z.string(),
  items: z.array(
    z.object({
      position: z.int(),
      drugId: Id,
      drugName: z.string(),
      baseUnit: z.string(),
      needed: z.string(),
      available: z.string(),
      isShort: z.boolean(),
      /** Lots that would give it, first expiry first. */
      lots: z.array(
        z.object({
          lotId: Id,
          lotNumber: z.string(),
          expiryDate: z.string().nullable(),
          quantity: z.string(),
          unitCost: UnitCost,
        }),
      ),
      /** What is needed at cost; what is short at the last cost known, null where none is. */
      cost: MoneyText.nullable(),
    }),
  ),
  isShort: z.boolean(),
  /** Null where the cost of an ingredient is not known. */
  cost: MoneyText.nullable(),
  unitCost: UnitCost.nullable(),
  price: MoneyText.nullable(),
  /** Last day of use, if it is made today of these lots. */
  beyondUseDate: z.string(),
};

export const Costing = z
  .object({ formulaId: Id, version: z.int(), baseUnit: z.string(), ...costingFields })
  .meta({ id: 'CompoundCosting' });
export const DraftCosting = z.object(costingFields).meta({ id: 'DraftCompoundCosting' });
export type DraftCosting = z.output<typeof DraftCosting>;
export type Costing = z.output<typeof Costing>;
