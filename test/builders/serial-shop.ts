import { expect } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { useTestApp } from '../support/app.js';
import { discrepancies } from './lot.js';
import { aLotOf, aSerialised, dataMatrix } from './packs.js';
import { aTillShift } from './sale.js';
import { aWorldFor, type World } from './world.js';

/** A pack as the answer to a delivery has it. */
export interface Taken {
  packSerialId: number;
  serial: string;
  lotId: number;
  status: string;
  isDuplicate: boolean;
}
/** A pack with its life. */
export interface Pack extends Taken {
  remaining: string;
  lotStatus: string;
  version: number;
  movements: { kind: string; units: string; delta: string; remainingAfter: string; isScanned: boolean }[];
  commands: string[];
}

/** The server, and the hands of a shop whose packs have serials. */
export function useSerialShop() {
  const { db, call } = useTestApp();

  async function aShop(): Promise<World> {
    const world = await aWorldFor(db, [
      'ReadInventory',
      'WriteInventory',
      'Sell',
      'Refund',
      'ReadPrescription',
      'WritePrescription',
      'DispensePrescription',
      'VerifyPrescription',
      'ManageBranches',
      'WriteProcurement',
      'ReadProcurement',
    ]);
    await aTillShift(db, world);
    return world;
  }
  const post = <Body = Record<string, unknown>>(
    world: World,
    path: string,
    body: unknown = {},
    key?: string,
  ) => call<Body>('POST', path, { token: world.token, body, ...(key ? { key } : {}) });
  const get = async <Body>(world: World, path: string): Promise<Body> =>
    (await call<Body>('GET', path, { token: world.token })).body;

  /** A product, and packs of it received at the shop. */
  async function received(
    world: World,
    serials: string[],
    more: { loose?: number; drug?: { drugId: number; gtin: string }; lotNumber?: string } = {},
  ) {
    const drug = more.drug ?? (await aSerialised(db));
    const lot = aLotOf(more.lotNumber ?? 'AB12');
    const codeOf = (serial: string): string => dataMatrix({ ...lot, gtin: drug.gtin, serial });
    const answer = await post<{ packs: Taken[]; items: { lotId: number }[] }>(world, '/inventory/receive', {
      items: [
        {
          drugId: drug.drugId,
          ...lot,
          quantity: String(30 * serials.length + (more.loose ?? 0)),
          unitCost: '0.5',
          packs: serials.map(codeOf),
        },
      ],
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return { ...drug, ...lot, codeOf, packs: answer.body.packs, lotId: answer.body.items[0]?.lotId ?? 0 };
  }
  const life = (world: World, { packSerialId }: { packSerialId: number } = { packSerialId: 0 }) =>
    get<Pack>(world, `/trace/serials/${packSerialId}`);
  const sell = (world: World, items: object[]) =>
    post<{ saleId: number; total: string; items: { saleItemId: number }[]; type?: string }>(world, '/sales', {
      items,
      payments: [{ method: 'cash', amount: '5000' }],
    });
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };
  return { db, call, aShop, post, get, received, life, sell, sound };
}
