import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { aDrug } from '../../builders/drug.js';
import { aLot } from '../../builders/lot.js';
import { aPrescription } from '../../builders/prescription.js';
import { aWorldFor, type World } from '../../builders/world.js';
import type { TestDatabase } from '../../support/db.js';
import type { Intent, Kind } from './journal.js';

/** Price of one unit of whatever the tills sell. */
export const PRICE = 10;
const UNITS_OF_A_FILL = 30;

/** A branch with cashiers who may do everything, products in plenty, and prescriptions that wait for their one fill. */
export interface Shop {
  readonly cashiers: readonly World[];
  readonly drugIds: readonly number[];
  /** A lot of each product, which corrections are made to. */
  readonly lotIds: readonly number[];
  readonly prescriptionIds: number[];
}

/** Makes the shop by SQL, past the server. */
export async function aShop(
  db: TestDatabase,
  size: { readonly cashiers: number; readonly products: number; readonly prescriptions: number },
): Promise<Shop> {
  const first = await aWorldFor(db, 'administrator');
  const cashiers: World[] = [first];
  while (cashiers.length < size.cashiers)
    cashiers.push(await aWorldFor(db, 'administrator', { branchId: first.branchId }));
  const [drugIds, lotIds, prescriptionIds]: number[][] = [[], [], []];
  for (let n = 0; n < size.products; n++) {
    const { drugId } = await aDrug(db, { price: `${PRICE}.00`, unitsPerPack: '1', rxOnly: false });
    drugIds?.push(drugId);
    const { lotId } = await aLot(db, { branchId: first.branchId, drugId, quantity: '10000000' });
    lotIds?.push(lotId);
  }
  for (let n = 0; n < size.prescriptions; n++) {
    const drugId = drugIds?.[n % size.products] ?? 0;
    const quantity = String(UNITS_OF_A_FILL);
    const { prescriptionId } = await aPrescription(db, first, { drugId, quantity });
    prescriptionIds?.push(prescriptionId);
  }
  return {
    cashiers,
    drugIds: drugIds ?? [],
    lotIds: lotIds ?? [],
    prescriptionIds: prescriptionIds ?? [],
  };
}

/** A folder for the books of the tills, away from the server's. */
export const aShelf = (): string => mkdtempSync(join(tmpdir(), 'meditory-tills-'));

/** Thinks of commands for the tills; each leaves a mark of its own. */
export class Customers {
  private count = 0;

  constructor(
    private readonly shop: Shop,
    private readonly draw: () => number,
  ) {}

  private one(list: readonly number[]): number {
    return list[Math.floor(this.draw() * list.length)] ?? 0;
  }

  /** The next command, for whoever stands at this till. */
  next(till: number, { userId }: { readonly userId: number }): Intent {
    const at = this.draw();
    const wanted: Kind = at < 0.6 ? 'sale' : at < 0.75 ? 'fill' : at < 0.88 ? 'receipt' : 'adjustment';
    const prescriptionId = wanted === 'fill' ? this.shop.prescriptionIds.pop() : undefined;
    const kind = wanted === 'fill' && prescriptionId === undefined ? 'sale' : wanted;
    this.count += 1;
    const n = this.count;
    return { n, kind, till, userId, key: randomUUID(), ...this.command(kind, n, prescriptionId) };
  }

  private command(
    kind: Kind,
    n: number,
    prescriptionId: number | undefined,
  ): Pick<Intent, 'path' | 'body' | 'mark' | 'units'> {
    switch (kind) {
      case 'sale': {
        const drugIds = [
          ...new Set(
            Array.from({ length: 1 + Math.floor(this.draw() * 3) }, () => this.one(this.shop.drugIds)),
          ),
        ];
        // What the customer hands over: no two hand over the same.
        const cents = 100_000 + n;
        const items = drugIds.map((drugId) => ({ drugId, quantity: '1' }));
        const payments = [{ method: 'cash', amount: (cents / 100).toFixed(2) }];
        return {
          path: '/sales',
          body: { items, payments },
          mark: String(cents / 100),
          units: items.length,
        };
      }
      case 'fill':
        return {
          path: `/prescriptions/${prescriptionId ?? 0}/fill`,
          body: { complete: true, overrides: [], scans: [] },
          mark: String(prescriptionId),
          units: UNITS_OF_A_FILL,
        };
      case 'receipt': {
        const units = 1 + Math.floor(this.draw() * 50);
        const item = {
          drugId: this.one(this.shop.drugIds),
          lotNumber: `FAULT-${n}`,
          expiryDate: '2035-06-30',
          quantity: String(units),
          unitCost: '0.50',
        };
        return { path: '/inventory/receive', body: { items: [item] }, mark: item.lotNumber, units };
      }
      case 'adjustment': {
        const units = this.draw() < 0.5 ? -1 : 2;
        const body = { lotId: this.one(this.shop.lotIds), quantity: String(units), reason: `fault ${n}` };
        return { path: '/inventory/adjust', body, mark: body.reason, units };
      }
    }
  }
}
