import { z } from 'zod';

import { DateText, Id, Instant, pageOf, Paging, text } from '../../../platform/http/schemas.js';

/** A rate as a share: "0.14" is 14 %. */
const RateText = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'must be a share such as "0.14"');

export const TaxClassView = z
  .object({
    taxClassId: Id,
    code: z.string(),
    name: z.string(),
    nameAr: z.string().nullable(),
    /** True: prices hold the tax; false: it is added at the till. */
    pricesIncludeTax: z.boolean(),
    /** Rate today; "0" before the first. */
    rate: RateText,
    /** Rates, the newest first; at most the last twenty. */
    rates: z.array(
      z.object({
        validFrom: DateText,
        rate: RateText,
        setBy: z.string(),
        setAt: Instant,
        isInEffect: z.boolean(),
      }),
    ),
    /** Products with this class as their own. */
    drugCount: z.int(),
    /** True: products of this branch without a class of their own have it. */
    isDefault: z.boolean(),
    /** True: those on prescription only have it. */
    isRxDefault: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'TaxClass' });
export const TaxClassPage = pageOf(TaxClassView).meta({ id: 'TaxClassPage' });
export const TaxClassQuery = z.strictObject(Paging);
export type TaxClass = z.output<typeof TaxClassView>;

const names = { name: text(100), nameAr: text(100).nullish() };

export const CreateTaxClass = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/, 'must be capital letters, digits and hyphens such as "VAT-14"'),
    ...names,
    pricesIncludeTax: z.boolean(),
    /** Rate from today on. */
    rate: RateText,
  })
  .meta({ id: 'CreateTaxClass' });

export const UpdateTaxClass = z
  .strictObject({ version: z.int().min(1), ...names })
  .meta({ id: 'UpdateTaxClass' });

/** A rate from a day on. The rate of a day that has begun stays as it is. */
export const SetTaxRate = z.strictObject({ validFrom: DateText, rate: RateText }).meta({ id: 'SetTaxRate' });

/** What products of the branch without a class of their own have; null: no tax, and for those on prescription as the others. */
export const TaxDefaults = z
  .strictObject({ taxClassId: Id.nullable(), rxTaxClassId: Id.nullable() })
  .meta({ id: 'TaxDefaults' });

/** The class of one product; null: that of the branch. */
export const SetDrugTaxClass = z
  .strictObject({ drugId: Id, taxClassId: Id.nullable() })
  .meta({ id: 'SetDrugTaxClass' });

export const TaxedDrugPage = pageOf(
  z.object({ drugId: Id, name: z.string(), nameAr: z.string().nullable() }),
).meta({ id: 'TaxedDrugPage' });
export type TaxedDrug = z.output<typeof TaxedDrugPage>['data'][number];
