import { beforeAll } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug } from '../builders/drug.js';
import { aCover, aPlan, type PlanValues } from '../builders/insurance.js';
import { aLot } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

export interface Claim {
  claimId: number;
  claimNumber: string;
  status: string;
  payerId: number;
  amountClaimed: string;
  payerShare: string | null;
  patientShare: string | null;
  rejectCode: string | null;
  previousClaimId: number | null;
  commands: string[];
}
export interface FillClaims {
  fillId: number;
  price: string;
  patientShare: string;
  isSettled: boolean;
  claims: Claim[];
}

/** The server, a pharmacist with an open till, and fills of patients with covers. Use the answer inside tests only. */
export function useInsured() {
  const { db, call, app } = useTestApp();
  let pharmacist: World;
  beforeAll(async () => {
    pharmacist = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, pharmacist);
  });
  const me = (): World => pharmacist;
  const post = <Body = FillClaims>(
    path: string,
    body: unknown = {},
    options: { key?: string; world?: World } = {},
  ) =>
    call<Body>('POST', path, {
      token: (options.world ?? me()).token,
      body,
      ...(options.key === undefined ? {} : { key: options.key }),
    });
  const get = <Body = Record<string, unknown>>(path: string, world = me()) =>
    call<Body>('GET', path, { token: world.token });

  /** A dispensed fill of 30 tablets at 100.00 of a patient covered by plans, the first asked first. */
  async function aFill(
    plans: readonly (PlanValues & { memberNumber?: string })[],
    values: { price?: string; dispensed?: boolean; world?: World } = {},
  ) {
    const world = values.world ?? me();
    const { drugId } = await aDrug(db, { price: '100.00', unitsPerPack: '30' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '300' });
    const fill = await aBareFill(db, world, {
      drugId,
      quantity: '30',
      price: values.price ?? '100.00',
      dispensed: values.dispensed ?? true,
    });
    const covers = [];
    for (const [index, { memberNumber, ...plan }] of plans.entries()) {
      const built = await aPlan(db, plan);
      const insuranceId = await aCover(db, world, {
        patientId: fill.patientId,
        plan: built,
        priority: index + 1,
        ...(memberNumber === undefined ? {} : { memberNumber }),
      });
      covers.push({ ...built, insuranceId });
    }
    return { ...fill, drugId, covers };
  }
  const submit = (fillId: number, options: { key?: string; world?: World } = {}) =>
    post('/claims', { fillId }, options);
  const sell = (fillId: number, payments: object[]) =>
    post<{
      saleId: number;
      total: string;
      paid: string;
      change: string;
      rounding: string;
      items: { saleItemId: number }[];
      type?: string;
    }>('/sales', { items: [{ fillId }], payments });
  return { db, call, app, me, post, get, aFill, submit, sell };
}
