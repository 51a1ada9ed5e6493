import { beforeAll } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

/** The account of a customer as the API shows it. */
export interface Account {
  accountId: number;
  accountNumber: string;
  balance: string;
  available: string;
  paidAhead: string;
  points: number;
  pointsDue: number;
  pointsWorth: string | null;
  creditLimit: string;
  status: string;
  version: number;
}

export interface SoldSale {
  saleId: number;
  total: string;
  items: { saleItemId: number }[];
  payments: { method: string; amount: string; accountId: number | null; accountName: string | null }[];
}

/** The server, a pharmacist with an open till, and a product of 1.00 a tablet in stock. Use the answer inside tests only. */
export function useCreditShop() {
  const { db, call, app } = useTestApp();
  let pharmacist: World;
  let drugId = 0;
  beforeAll(async () => {
    pharmacist = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, pharmacist);
    ({ drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' }));
    await aLot(db, { branchId: pharmacist.branchId, drugId, quantity: '100000' });
  });
  const me = (): World => pharmacist;
  const post = <Body = Record<string, unknown>>(
    path: string,
    body: object,
    options: { world?: World; key?: string } = {},
  ) =>
    call<Body>('POST', path, {
      token: (options.world ?? me()).token,
      body,
      ...(options.key === undefined ? {} : { key: options.key }),
    });
  const get = <Body = Record<string, unknown>>(path: string, world = me()) =>
    call<Body>('GET', path, { token: world.token });
  const account = async (accountId: number): Promise<Account> =>
    (await get<Account>(`/accounts/${accountId}`)).body;

  /** Sells as many tablets as `amount` says, whole pounds, to a customer. */
  const sell = (
    accountId: number | undefined,
    amount: number,
    payments: readonly { method: string; amount: string }[],
    options: { world?: World; key?: string } = {},
  ) =>
    post<SoldSale & { type?: string; params?: Record<string, unknown> }>(
      '/sales',
      { accountId, items: [{ drugId, quantity: String(amount) }], payments },
      options,
    );
  const takeBack = (sale: SoldSale, quantity: number, payments?: object[]) =>
    post<SoldSale & { type?: string }>(`/sales/${sale.saleId}/return`, {
      items: [{ saleItemId: sale.items[0]?.saleItemId, quantity: String(quantity) }],
      reason: 'unopened',
      ...(payments ? { payments } : {}),
    });
  /** What the integrity check finds broken: nothing, in a sound database. */
  const broken = async (): Promise<readonly string[]> => {
    const reports = await app().get(IntegrityService, { strict: false }).check();
    return reports.flatMap((report) => report.broken);
  };
  return { db, call, me, post, get, account, sell, takeBack, broken, drug: () => drugId };
}
