// Reading in few round trips: what travels together, and what a failure does to it.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';

const db = useTestDatabase();

const SNAPSHOT = `select pg_current_snapshot()::text as snapshot, pg_backend_pid() as pid, current_setting('transaction_read_only') as "readOnly",
  current_setting('app.branch_id') as branch, now()::text as began, $1::text as given`;
const ADD_SUPPLIER = 'insert into operational.suppliers (name) values ($1)';

interface Seen {
  pid: number;
  readOnly: string;
  branch: string;
  began: string;
  given: string;
}

describe.each(['read', 'readOnce'] as const)('%s', (method) => {
  it('answers statements sent together in their order, in one reading transaction with its settings', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const [one, two] = await db.uow[method](ctx, (tx) =>
      Promise.all([tx.one<Seen>(SNAPSHOT, ['one']), tx.one<Seen>(SNAPSHOT, ['two'])]),
    );
    expect([one.given, two.given]).toEqual(['one', 'two']);
    expect(one).toMatchObject({ readOnly: 'on', branch: String(ctx.branchId) });
    expect([two.pid, two.began]).toEqual([one.pid, one.began]);
  });

  it('refuses to write, and leaves nothing to the next user of the connection', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    await expect(
      db.uow[method](ctx, (tx) =>
        Promise.all([tx.query('select 1 as n'), tx.query(ADD_SUPPLIER, [randomUUID()])]),
      ),
    ).rejects.toMatchObject({ code: '25006' });
    const rows: { open: boolean; branches: string | null; readOnly: string }[] = await db.dataSource.query(
      `select nullif(current_setting('app.branches', true), '') as branches, current_setting('transaction_read_only') as "readOnly"`,
    );
    expect(rows).toEqual([{ branches: null, readOnly: 'off' }]);
  });

  it('hides rows of other branches', async () => {
    const [mine, other] = [await aWorldFor(db, 'pharmacist'), await aWorldFor(db, 'pharmacist')];
    await db.owner.query(
      `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
       values ($1, 'Mona', 'Adel', 'mona adel', '1980-01-01', 'female')`,
      [other.branchId],
    );
    const count = 'select count(*) as n from operational.patients';
    expect(await db.uow[method](mine.ctx, (tx) => tx.one(count))).toEqual({ n: 0 });
    expect(await db.uow[method](other.ctx, (tx) => tx.one(count))).toEqual({ n: 1 });
  });

  it('fails all statements of a batch with the first failure, and the connection goes on working', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const outcome = await db.uow[method](ctx, async (tx) => {
      const sent = [
        tx.query('select 1 as n'),
        tx.query('select 1 / $1::int', [0]),
        tx.query('select 3 as n'),
      ];
      const settled = await Promise.allSettled(sent);
      if (method === 'readOnce') return settled;
      throw Object.assign(new Error('seen'), { settled });
    }).catch((error: { settled: PromiseSettledResult<unknown>[] }) => error.settled);
    expect(outcome.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (let n = 0; n < 20; n++)
      expect(await db.uow[method](ctx, (tx) => tx.query('select 3 as n'))).toEqual([{ n: 3 }]);
  });

  it('fails alone when a value cannot be sent or an answer cannot be read', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const circular: unknown[] = [{}];
    (circular[0] as Record<string, unknown>).self = circular[0];
    await expect(db.uow[method](ctx, (tx) => tx.query('select $1::jsonb', circular))).rejects.toThrow();
    await expect(
      db.uow[method](ctx, (tx) => tx.query('select 9007199254740993::bigint as n')),
    ).rejects.toThrow(RangeError);
    expect(await db.uow[method](ctx, (tx) => tx.query('select $1::jsonb as n', [{ a: 1 }]))).toEqual([
      { n: { a: 1 } },
    ]);
  });

  it('serves forty at once on a pool of sixteen', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => db.uow[method](ctx, (tx) => tx.one('select $1::int as n', [n]))),
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, n) => ({ n })));
  });
});

describe('a read in several steps', () => {
  it('stays one transaction, also where TypeORM reads first', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const seen = await db.uow.read(ctx, async (tx) => {
      const first: unknown = await tx.manager.query('select now()::text as began');
      const second = await tx.one<Seen>(SNAPSHOT, ['x']);
      const third = await tx.one<Seen>(SNAPSHOT, ['y']);
      return [(first as Seen[])[0]?.began, second.began, third.began, third.readOnly];
    });
    expect(new Set(seen.slice(0, 3)).size).toBe(1);
    expect(seen[3]).toBe('on');
  });

  it('may send nothing at all', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    expect(await db.uow.read(ctx, async () => 'nothing')).toBe('nothing');
    expect(await db.uow.readOnce(ctx, async () => 'nothing')).toBe('nothing');
  });
});

describe('readOnce', () => {
  it('refuses a statement that comes later, and what is not a statement', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    await expect(
      db.uow.readOnce(ctx, async (tx) => {
        await tx.query('select 1');
        return tx.query('select 2');
      }),
    ).rejects.toThrow(/came later/);
    await expect(db.uow.readOnce(ctx, async (tx) => typeof tx.manager)).rejects.toThrow(/statements only/);
  });

  it('takes one network message each way', async () => {
    const { ctx } = await aWorldFor(db, 'pharmacist');
    const read = (): Promise<unknown> =>
      db.uow.readOnce(ctx, (tx) => Promise.all([tx.query('select 1'), tx.query('select 2')]));
    await read();
    let writes = 0;
    await db.uow.read(ctx, async (tx) => {
      // Any connection of the pool shows how batches are written; the socket is counted while one goes out.
      const client = (await tx.rawClient()) as {
        connection: { stream: NodeJS.WritableStream & { _writev: unknown } };
      };
      const { stream } = client.connection;
      const counted = stream as unknown as Record<'_writeGeneric', (...args: unknown[]) => unknown>;
      const original = counted._writeGeneric;
      counted._writeGeneric = function (...args: unknown[]) {
        writes += 1;
        return original.apply(this, args);
      };
      await Promise.all([tx.query('select 1'), tx.query('select 2'), tx.query('select 3')]);
      counted._writeGeneric = original;
    });
    expect(writes).toBe(1);
  });
});
