import { randomUUID } from 'node:crypto';

import { beforeAll, expect } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { ingredients, ointment, type Batch, type Ingredients } from '../builders/compounding.js';
import { discrepancies } from '../builders/lot.js';
import { seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

export interface Formula {
  formulaId: number;
  drugId: number;
  version: number;
  price: string;
  ingredientStatus: string;
  controlledSchedule: string | null;
}
export interface Released {
  batch: Batch;
  fill: { fillId: number; status: string; lots: { lotId: number; quantity: string }[] } | null;
}

interface Desk {
  branchId: number;
  /** A technician. */
  maker: World;
  /** A pharmacist. */
  checker: World;
  /** Two ingredients with codes on their packs. */
  parts: Ingredients;
}

/** The server with who compounds, and what is asked of it on the way; `checker` asks where nobody else is named. */
export function useCompounding() {
  const { db, call } = useTestApp();
  const desk = {} as Desk;

  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = desk.checker) =>
    call<Body>('POST', path, { token: world.token, body, key: randomUUID() });
  const patch = <Body = Record<string, unknown>>(path: string, body: unknown, world = desk.checker) =>
    call<Body>('PATCH', path, { token: world.token, body });
  const get = <Body = Record<string, unknown>>(path: string, world = desk.checker) =>
    call<Body>('GET', path, { token: world.token });
  const aFormula = async (of: Ingredients, values: object = {}): Promise<Formula> => {
    const made = await post<Formula>('/compound-formulas', ointment(of, values));
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const begin = async (values: object, world = desk.maker): Promise<Batch> => {
    const begun = await post<Batch>('/compound-batches', values, world);
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    return begun.body;
  };
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };
  const lot = async (lotId: number): Promise<Record<string, unknown> | undefined> =>
    (
      await db.owner.query<Record<string, unknown>>(
        `select status, trim_scale(quantity)::text as quantity, trim_scale(quantity_reserved)::text as reserved, trim_scale(unit_cost)::text as cost,
           expiry_date::text as expiry from operational.inventory_lots where lot_id = $1`,
        [lotId],
      )
    ).rows[0];

  beforeAll(async () => {
    await seedAccess(db);
    desk.branchId = await aBranch(db);
    desk.maker = await aWorldFor(db, 'technician', { branchId: desk.branchId });
    desk.checker = await aWorldFor(db, 'pharmacist', { branchId: desk.branchId });
    desk.parts = await ingredients(db, { coded: true });
  });

  return { db, call, desk, post, patch, get, aFormula, begin, sound, lot };
}
