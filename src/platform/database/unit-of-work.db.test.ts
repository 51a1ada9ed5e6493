import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { IdempotencyKeyReused } from '../errors/domain-error.js';
import type { RequestContext } from '../security/request-context.js';
import type { Tx } from './tx.js';

const db = useTestDatabase();

const withKey = (ctx: RequestContext, key: string, requestHash = 'h'): RequestContext => ({
  ...ctx,
  idempotency: { key, requestHash },
});

const ADD_ROUTE = 'insert into reference.routes (name) values ($1)';
const ADD_SUPPLIER =
  'insert into operational.suppliers (name) values ($1) returning supplier_id as "supplierId"';

describe('a unit of work', () => {
  it('tells the audit trail who acted, where, and in which request and transaction', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const name = randomUUID();
    const { supplierId } = await db.uow.run(ctx, (tx) =>
      tx.one<{ supplierId: number }>(ADD_SUPPLIER, [name]),
    );
    const { rows } = await db.owner.query<{ tx_id: string }>(
      "select user_id, branch_id, request_id, db_user, tx_id from operational.audit_logs where table_name = 'suppliers' and row_key = $1",
      [String(supplierId)],
    );
    expect(rows).toMatchObject([
      {
        user_id: ctx.actor.userId,
        branch_id: ctx.branchId,
        request_id: ctx.requestId,
        db_user: 'pharmacy_app',
      },
    ]);
    expect(rows[0]?.tx_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('writes nothing when the work throws', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const name = randomUUID();
    const failing = db.uow.run(withKey(ctx, name), async (tx) => {
      await tx.one(ADD_SUPPLIER, [name]);
      throw new Error('boom');
    });
    await expect(failing).rejects.toThrow('boom');
    const { rows } = await db.owner.query('select 1 from operational.suppliers where name = $1', [name]);
    expect(rows).toEqual([]);
    const keys = await db.owner.query('select 1 from operational.idempotency_keys where key = $1', [name]);
    expect(keys.rows).toEqual([]);
  });

  it('does not leave its settings to the next user of the connection', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    await db.uow.run(ctx, (tx) => tx.query('select 1'));
    const rows: { branches: string | null; role: string }[] = await db.dataSource.query(
      "select nullif(current_setting('app.branches', true), '') as branches, current_user as role",
    );
    expect(rows).toEqual([{ branches: null, role: 'pharmacy_app' }]);
  });

  it('refuses to write in a read', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    await expect(db.uow.read(ctx, (tx) => tx.query(ADD_SUPPLIER, [randomUUID()]))).rejects.toMatchObject({
      code: '25006',
    });
  });

  it('writes reference as pharmacy_admin only, and is pharmacy_app again afterwards', async () => {
    const { ctx } = await aWorldFor(db, 'administrator');
    await expect(db.uow.run(ctx, (tx) => tx.execute(ADD_ROUTE, [randomUUID()]))).rejects.toMatchObject({
      code: '42501',
    });
    expect(await db.uow.runAsAdmin(ctx, (tx) => tx.execute(ADD_ROUTE, [randomUUID()]))).toBe(1);
    expect(await db.uow.read(ctx, (tx) => tx.query('select current_user as role'))).toEqual([
      { role: 'pharmacy_app' },
    ]);
  });

  it('gives twenty concurrent twins of one command the same answer and does the work once', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        db.uow.run(withKey(ctx, key), (tx) => tx.one<{ supplierId: number }>(ADD_SUPPLIER, [key])),
      ),
    );
    expect(new Set(answers.map((answer) => answer.supplierId)).size).toBe(1);
    const { rows } = await db.owner.query('select count(*) as n from operational.suppliers where name = $1', [
      key,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('refuses a key that was used with another request, and does not mix up two users', async () => {
    const [first, second] = [await aWorldFor(db, 'pharmacist'), await aWorldFor(db, 'pharmacist')];
    const key = randomUUID();
    await db.uow.run(withKey(first.ctx, key, 'a'), async () => 'first');
    await expect(db.uow.run(withKey(first.ctx, key, 'b'), async () => 'other')).rejects.toThrow(
      IdempotencyKeyReused,
    );
    expect(await db.uow.run(withKey(second.ctx, key, 'b'), async () => 'second')).toBe('second');
    expect(await db.uow.run(withKey(first.ctx, key, 'a'), async () => 'again')).toBe('first');
  });

  describe('that is done often', () => {
    const SETTING = `select current_setting('plan_cache_mode') as mode`;
    /** Reads, then adds a supplier of this name. */
    const adding = (name: string) => async (tx: Tx) => {
      await tx.one(SETTING);
      return tx.one<{ supplierId: number }>(ADD_SUPPLIER, [name]);
    };
    const suppliersNamed = async (name: string): Promise<number | undefined> =>
      (
        await db.owner.query<{ n: number }>(
          'select count(*) as n from operational.suppliers where name = $1',
          [name],
        )
      ).rows[0]?.n;

    it('gives twins the same answer and does the work once, whatever the others had read by then', async () => {
      const { ctx } = await aWorldFor(db, 'pharmacist');
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => db.uow.runFrequent(withKey(ctx, key), adding(key))),
      );
      expect(new Set(answers.map((answer) => answer.supplierId)).size).toBe(1);
      expect(await suppliersNamed(key)).toBe(1);
    });

    it('asks nothing more for a key that has its answer, and answers it whatever the work makes of that', async () => {
      const { ctx } = await aWorldFor(db, 'pharmacist');
      const key = randomUUID();
      await db.uow.runFrequent(withKey(ctx, key), async () => 'first');
      let refusal: unknown;
      const again = db.uow.runFrequent(withKey(ctx, key), async (tx) => {
        await tx.one(SETTING);
        refusal = await tx.one(ADD_SUPPLIER, [key]).catch((error: unknown) => error);
        return 'second';
      });
      expect(await again).toBe('first');
      expect(refusal).toMatchObject({ message: expect.stringContaining('has its answer') as string });
      expect(await suppliersNamed(key)).toBe(0);
    });

    it('refuses a key that was used with another request', async () => {
      const { ctx } = await aWorldFor(db, 'pharmacist');
      const key = randomUUID();
      await db.uow.runFrequent(withKey(ctx, key, 'a'), adding(key));
      await expect(db.uow.runFrequent(withKey(ctx, key, 'b'), adding(key))).rejects.toThrow(
        IdempotencyKeyReused,
      );
    });

    it('leaves its key free when it fails, in its first moment or later', async () => {
      const { ctx } = await aWorldFor(db, 'pharmacist');
      const key = randomUUID();
      const failing = db.uow.runFrequent(withKey(ctx, key), (tx) => tx.query('select 1 / 0'));
      await expect(failing).rejects.toMatchObject({ code: '22012' });
      const thrown = db.uow.runFrequent(withKey(ctx, key), async (tx) => {
        await adding(key)(tx);
        throw new Error('boom');
      });
      await expect(thrown).rejects.toThrow('boom');
      expect(await suppliersNamed(key)).toBe(0);
      await db.uow.runFrequent(withKey(ctx, key), adding(key));
      expect(await suppliersNamed(key)).toBe(1);
    });

    it('keeps its plans, and leaves others theirs', async () => {
      const { ctx } = await aWorldFor(db, 'pharmacist');
      expect(await db.uow.runFrequent(ctx, (tx) => tx.one(SETTING))).toEqual({ mode: 'force_generic_plan' });
      expect(await db.uow.run(ctx, (tx) => tx.one(SETTING))).toEqual({ mode: 'auto' });
    });
  });

  it('runs the whole work again when PostgreSQL chose it as the victim of a deadlock', async () => {
    const { ctx } = await aWorldFor(db, 'administrator');
    const [one, two] = [randomUUID(), randomUUID()];
    for (const name of [one, two]) await db.uow.run(ctx, (tx) => tx.one(ADD_SUPPLIER, [name]));
    const touch = 'update operational.suppliers set lead_time_days = lead_time_days + 1 where name = $1';
    let attempts = 0;
    const opposite = (names: string[]) =>
      db.uow.run(ctx, async (tx) => {
        attempts += 1;
        await tx.execute(touch, [names[0]]);
        await new Promise((resolve) => setTimeout(resolve, 150));
        await tx.execute(touch, [names[1]]);
      });
    await Promise.all([opposite([one, two]), opposite([two, one])]);
    expect(attempts).toBeGreaterThan(2);
    const { rows } = await db.owner.query(
      'select lead_time_days as days from operational.suppliers where name = any ($1)',
      [[one, two]],
    );
    expect(rows).toEqual([{ days: 4 }, { days: 4 }]);
  });
});
