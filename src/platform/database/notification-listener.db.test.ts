import { afterEach, describe, expect, it, vi } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';
import { NotificationListener } from './notification-listener.js';
import { OwnConnection } from './own-connection.js';

const db = useTestDatabase();

function aListener(): { listener: NotificationListener; heard: string[]; events: string[] } {
  const [heard, events]: string[][] = [[], []];
  const own = new OwnConnection(db.dataSource);
  const listener = new NotificationListener(() => own.inProcess, 'listen "a channel"', {
    onListening: () => events?.push('listening'),
    onNotification: (payload) => heard?.push(payload),
    onFault: () => events?.push('fault'),
  });
  return { listener, heard: heard ?? [], events: events ?? [] };
}

const say = (payload: string): Promise<unknown> =>
  db.owner.query('select pg_notify($1, $2)', ['a channel', payload]);
const cut = (): Promise<unknown> =>
  db.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'meditory-listen' and datname = current_database()",
  );

describe('a listener', () => {
  let listener: NotificationListener | undefined;
  afterEach(() => listener?.stop());

  it('hears what is said, as pharmacy_app', async () => {
    const { heard, events, ...made } = aListener();
    listener = made.listener;
    listener.start();
    await vi.waitFor(() => expect(events).toEqual(['listening']));
    await say('one');
    await say('two');
    await vi.waitFor(() => expect(heard).toEqual(['one', 'two']));
  });

  it('listens again after its connection was cut, and says that there was a gap', async () => {
    const { heard, events, ...made } = aListener();
    listener = made.listener;
    listener.start();
    await vi.waitFor(() => expect(events).toEqual(['listening']));
    for (let n = 1; n <= 3; n++) {
      await cut();
      await vi.waitFor(
        () => expect(events.filter((event) => event === 'listening')).toHaveLength(n + 1),
        5000,
      );
    }
    expect(events.filter((event) => event === 'fault')).toHaveLength(3);
    await say('after');
    await vi.waitFor(() => expect(heard).toEqual(['after']));
  });

  it('is silent once stopped, and leaves no connection', async () => {
    const { heard, events, ...made } = aListener();
    made.listener.start();
    await vi.waitFor(() => expect(events).toEqual(['listening']));
    await made.listener.stop();
    await say('late');
    await vi.waitFor(async () => {
      const { rows } = await db.owner.query(
        "select 1 from pg_stat_activity where application_name = 'meditory-listen' and datname = current_database()",
      );
      expect(rows).toEqual([]);
    });
    expect([heard, events]).toEqual([[], ['listening']]);
  });

  it('may be stopped before it has connected', async () => {
    const { events, listener: hasty } = aListener();
    hasty.start();
    await hasty.stop();
    expect(events).toEqual([]);
  });
});
