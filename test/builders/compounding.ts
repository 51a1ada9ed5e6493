import type { Answer } from '../support/app.js';
import type { TestDatabase } from '../support/db.js';
import { aDrug } from './drug.js';
import { aLot, daysFromNow } from './lot.js';
import type { World } from './world.js';

/** Codes on the packs of the two ingredients. */
export const POWDER_CODE = '09521234543213';
export const BASE_CODE = '09521234543220';

/** GS1 element string of a pack that expires on a day 'YYYY-MM-DD'. */
export const packCode = (gtin: string, lotNumber: string, expiry: string): string =>
  `01${gtin}17${expiry.slice(2).replaceAll('-', '')}10${lotNumber}`;

export interface Ingredients {
  readonly powder: Awaited<ReturnType<typeof aDrug>>;
  readonly base: Awaited<ReturnType<typeof aDrug>>;
}

let serial = 0;

/** A pure powder and an ointment base, each linked to its ingredient; coded the first time. */
export async function ingredients(
  db: TestDatabase,
  values: { coded?: boolean; schedule?: 'II' } = {},
): Promise<Ingredients> {
  serial += 1;
  const coded = values.coded ?? false;
  const powder = await aDrug(db, {
    name: `Salicylic acid powder ${serial}`,
    ingredients: [
      { name: `salicylic acid ${serial}`, amount: '1000', unit: 'mg', perAmount: '1', perUnit: 'g' },
    ],
    baseUnit: 'g',
    unitsPerPack: '100',
    dosageForm: 'powder',
    route: 'topical',
    ...(values.schedule ? { controlledSchedule: values.schedule } : {}),
    ...(coded ? { barcode: POWDER_CODE } : {}),
  });
  const base = await aDrug(db, {
    name: `White soft paraffin ${serial}`,
    ingredients: [`white soft paraffin ${serial}`],
    baseUnit: 'g',
    unitsPerPack: '500',
    dosageForm: 'ointment',
    route: 'topical',
    ...(coded ? { barcode: BASE_CODE } : {}),
  });
  return { powder, base };
}

/** An ointment of 2 % as the API takes it; say what is different. */
export const ointment = ({ powder, base }: Ingredients, values: object = {}): Record<string, unknown> => ({
  name: `Salicylic acid 2 % ointment ${powder.drugId}`,
  nameAr: 'مرهم حمض الساليسيليك ٢٪',
  dosageForm: 'ointment',
  route: 'topical',
  baseUnit: 'g',
  yieldQuantity: '100',
  preparationType: 'solid',
  beyondUseDays: 90,
  storage: 'room',
  method: 'Levigate the powder with a little of the base, then dilute.\nPack into a jar.',
  priceRule: { kind: 'cost', markup: '0.5', fee: '3.00' },
  items: [
    { drugId: powder.drugId, quantity: '2' },
    { drugId: base.drugId, quantity: '98' },
  ],
  ...values,
});

/** A batch as the API shows it, as far as tests ask. */
export interface Batch {
  readonly batchId: number;
  readonly batchNumber: string;
  readonly status: string;
  readonly commands: readonly string[];
  readonly lotId: number | null;
  readonly beyondUseDate: string | null;
  readonly items: readonly {
    readonly batchItemId: number;
    readonly drugId: number;
    readonly lotId: number;
    readonly lotNumber: string;
    readonly expiryDate: string;
    readonly quantityPlanned: string;
  }[];
}

/** Lots of both ingredients at a branch. */
export async function stocked(
  db: TestDatabase,
  at: { branchId: number },
  { powder, base }: Ingredients,
  values: { powder?: string; base?: string; powderExpiry?: string } = {},
): Promise<{ powderLot: number; baseLot: number; powderExpiry: string; baseExpiry: string }> {
  const powderExpiry = values.powderExpiry ?? daysFromNow(400);
  const baseExpiry = daysFromNow(300);
  const { branchId } = at;
  const powderLot = await aLot(db, {
    branchId,
    drugId: powder.drugId,
    lotNumber: 'PW1',
    quantity: values.powder ?? '50',
    expiryDate: powderExpiry,
    unitCost: '0.40',
  });
  const baseLot = await aLot(db, {
    branchId,
    drugId: base.drugId,
    lotNumber: 'BS1',
    quantity: values.base ?? '500',
    expiryDate: baseExpiry,
    unitCost: '0.02',
  });
  return { powderLot: powderLot.lotId, baseLot: baseLot.lotId, powderExpiry, baseExpiry };
}

type Post = <Body>(path: string, body?: unknown, world?: World) => Promise<Answer<Body>>;

/** Weighs everything as calculated, without scanning, and says that it is made. */
export async function weighedAndMade(post: Post, batch: Batch, maker: World): Promise<Answer<Batch>> {
  for (const item of batch.items)
    await post(
      `/compound-batches/${batch.batchId}/weigh`,
      {
        batchItemId: item.batchItemId,
        quantity: item.quantityPlanned,
        bypass: { reason: 'repacked', note: 'bulk container of the pharmacy' },
      },
      maker,
    );
  return post<Batch>(`/compound-batches/${batch.batchId}/make`, {}, maker);
}
