// The live stream of the work board: what is told to whom, when it ends, and how many there may be.
import { beforeAll, describe, expect, it } from 'vitest';

import { aPromised } from '../builders/board.js';
import { aDrug } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { followBoard, namedIn, type Followed } from '../support/events.js';

describe('the live work board', () => {
  const { db, call, app } = useTestApp();
  let address = '';
  let drugId = 0;
  beforeAll(async () => {
    await app().listen(0, '127.0.0.1');
    address = await app().getUrl();
    drugId = (await aDrug(db, { ingredients: ['loratadine'] })).drugId;
  });
  /** A stream that listens: what is committed from now on is heard. */
  async function following(world: World): Promise<Followed> {
    const stream = await followBoard(address, world.token);
    expect(stream.status).toBe(200);
    await stream.until(({ event, data }) => event === 'beat' && (data as { isLive: boolean }).isLive);
    return stream;
  }
  const tells = (stream: Followed, prescriptionId: number) =>
    stream.until((event) => namedIn(event)?.includes(prescriptionId) ?? false);

  it('begins with the word to read the board, and says every few seconds that it lives', async () => {
    const stream = await following(await aWorldFor(db, 'technician'));
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('x-content-type-options')).toBe('nosniff');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    // Nothing follows on the connection: a server that stops does not wait for it.
    expect(stream.headers.get('connection')).toBe('close');
    expect(stream.events[0]).toEqual({ event: 'refresh', data: {} });
    await expect
      .poll(() => stream.events.filter(({ event }) => event === 'beat').length, { timeout: 15_000 })
      .toBeGreaterThan(2);
    stream.close();
  });

  it('tells each branch of its own cards, whatever moved them, by number alone', async () => {
    const [me, you] = [await aWorldFor(db, 'pharmacist'), await aWorldFor(db, 'pharmacist')];
    const [mine, yours] = [await following(me), await following(you)];
    const entered = await aPromised(db, me, { drugId, minutes: 5 });
    await tells(mine, entered.prescriptionId);
    for (const path of [
      `/prescriptions/${entered.prescriptionId}/hold`,
      `/prescriptions/${entered.prescriptionId}/release`,
    ]) {
      mine.events.length = 0;
      expect((await call('POST', path, { token: me.token, body: {} })).status).toBe(200);
      await tells(mine, entered.prescriptionId);
    }
    mine.events.length = 0;
    await call('POST', '/work-board/take-next', { token: me.token, body: { column: 'fill' } });
    await tells(mine, entered.prescriptionId);
    // Rolled back, it did not happen.
    mine.events.length = 0;
    const client = await db.owner.connect();
    await client.query('begin');
    await client.query(
      `update operational.prescriptions set waiting_in_store = true where prescription_id = $1`,
      [entered.prescriptionId],
    );
    await client.query('rollback');
    client.release();
    const other = await aPromised(db, you, { drugId, minutes: 5 });
    await tells(yours, other.prescriptionId);
    expect(mine.events.filter(({ event }) => event === 'changed')).toEqual([]);
    expect(yours.events.flatMap((event) => namedIn(event) ?? [])).not.toContain(entered.prescriptionId);
    for (const stream of [mine, yours]) stream.close();
  });

  it('says of many at once that anything may have changed', async () => {
    const me = await aWorldFor(db, 'pharmacist');
    const stream = await following(me);
    const { prescriptionId } = await aPromised(db, me, { drugId, minutes: 5 });
    await tells(stream, prescriptionId);
    await db.owner.query(
      `insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on)
       select branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on
       from operational.prescriptions cross join generate_series(1, 200) where prescription_id = $1`,
      [prescriptionId],
    );
    await stream.until((event) => namedIn(event)?.length === 0);
    stream.close();
  });

  it('ends with the session, the right, and the place of work', async () => {
    const leaving = await aWorldFor(db, 'technician');
    const stream = await following(leaving);
    const began = Date.now();
    await call('POST', '/auth/logout', { token: leaving.token, body: {} });
    await stream.ended;
    expect(Date.now() - began).toBeLessThan(2500);

    const demoted = await aWorldFor(db, 'technician');
    const moved = await aWorldFor(db, 'technician');
    const staying = await aWorldFor(db, 'technician');
    const streams = [await following(demoted), await following(moved)] as const;
    const stays = await following(staying);
    await db.owner.query('delete from operational.user_roles where user_id = $1', [demoted.userId]);
    await db.owner.query('delete from operational.user_branches where user_id = $1', [moved.userId]);
    await Promise.all(streams.map(({ ended }) => ended));
    const beats = stays.events.length;
    await expect.poll(() => stays.events.length, { timeout: 15_000 }).toBeGreaterThan(beats);
    stays.close();
  });

  it('is given to a user in some windows, and refused in more', async () => {
    const me = await aWorldFor(db, 'technician');
    const streams = await Promise.all(Array.from({ length: 8 }, () => following(me)));
    const refused = await followBoard(address, me.token);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('15');
    streams[0]?.close();
    await expect
      .poll(async () => {
        const again = await followBoard(address, me.token);
        again.close();
        return again.status;
      })
      .toBe(200);
    for (const stream of streams) stream.close();
  });

  it('says that it hears nothing while the database is away from it, and to read anew when it hears again', async () => {
    const me = await aWorldFor(db, 'technician');
    const stream = await following(me);
    stream.events.length = 0;
    await db.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'meditory-listen' and query like '%meditory_board%'`,
    );
    await stream.until(({ event, data }) => event === 'beat' && !(data as { isLive: boolean }).isLive);
    await stream.until(({ event }) => event === 'refresh');
    const { prescriptionId } = await aPromised(db, me, { drugId, minutes: 5 });
    await tells(stream, prescriptionId);
    stream.close();
  });
});
