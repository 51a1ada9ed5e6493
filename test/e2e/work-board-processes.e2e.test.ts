// Two server processes on one database: what is done at one of them is seen live at the other, and both end in good order with
// boards open.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { followBoard, namedIn } from '../support/events.js';
import { anInstalledServer } from '../support/installed-server.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';

describe('a board at another server process', () => {
  let first: ServerProcess;
  let second: ServerProcess;

  async function post<Body>(server: ServerProcess, path: string, token: string, body: object): Promise<Body> {
    const answer = await fetch(`${server.address}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (answer.status === 204 ? {} : await answer.json()) as Body;
  }
  const signIn = async (server: ServerProcess): Promise<string> =>
    (
      await post<{ token: string }>(server, '/auth/login', '', {
        username: 'admin',
        password: ADMIN_PASSWORD,
      })
    ).token;

  beforeAll(async () => {
    first = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await first.start();
    const secrets = JSON.parse(await readFile(join(first.home, 'cluster.json'), 'utf8')) as {
      port: number;
      appPassword: string;
    };
    second = await ServerProcess.create({
      MEDITORY_SAMPLE: 'none',
      DB_HOST: '127.0.0.1',
      DB_PORT: String(secrets.port),
      DB_USERNAME: 'pharmacy_app',
      DB_PASSWORD: secrets.appPassword,
    });
    await second.start();
  }, 180_000);
  afterAll(async () => {
    await second?.dispose();
    await first?.dispose();
  }, 60_000);

  it('hears what is entered at the first one, ends with a session that ends there, and lets the server stop', async () => {
    const token = await signIn(first);
    const drug = await post<{ drugId: number }>(first, '/drugs', token, { name: 'Boardol', price: '1' });
    const prescriber = await post<{ prescriberId: number }>(first, '/prescribers', token, {
      firstName: 'Rania',
      lastName: 'Fouad',
      licenceNumber: 'B-1',
    });
    const patient = await post<{ patientId: number }>(first, '/patients', token, {
      firstName: 'Mona',
      lastName: 'Adel',
      birthDate: '1980-05-17',
      sex: 'female',
    });
    const [leaving, staying] = [await signIn(second), await signIn(second)];
    const streams = await Promise.all([leaving, staying].map((one) => followBoard(second.address, one)));
    for (const stream of streams)
      await stream.until(({ event, data }) => event === 'beat' && (data as { isLive: boolean }).isLive);

    const rx = await post<{ prescriptionId: number }>(first, '/prescriptions', token, {
      patientId: patient.patientId,
      drugId: drug.drugId,
      prescriberId: prescriber.prescriberId,
      quantity: '10',
      daysSupply: 5,
      sig: 'twice a day',
      prescribedDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    });
    for (const stream of streams)
      await stream.until((event) => namedIn(event)?.includes(rx.prescriptionId) ?? false);

    await post(first, '/auth/logout', leaving, {});
    await streams[0]?.ended;

    const atFirst = await followBoard(first.address, token);
    await atFirst.until(({ event }) => event === 'refresh');
    expect(await second.stop()).toBe(0);
    await streams[1]?.ended;
    expect(await first.stop()).toBe(0);
    await atFirst.ended;
  }, 120_000);
});
