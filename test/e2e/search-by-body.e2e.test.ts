// Who is searched for stands in no address (ASVS 14.2.1): each list of people is asked by a body as well, with the same answer.
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { openApiDocument } from '../../src/platform/http/openapi.js';
import { LIST_POINTS } from '../../src/platform/security/reading-pace.domain.js';
import { StorageWatch } from '../../src/platform/storage/storage-watch.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

/** Lists that are searched by what names a person, each with what finds the one of this test. */
const OF_PEOPLE: Readonly<Record<string, string>> = {
  '/accounts': 'Quillfeather',
  '/patients': 'Quillfeather',
  '/prescribers': 'Inkwell',
  '/prescriptions': 'Quillfeather',
  '/users': 'user',
  '/will-call': 'Quillfeather',
};

/** Lists whose `q` names products, companies, rules, places or papers. */
const OF_THINGS =
  /^\/(clinical|reference|drugs|payers|price-tags|roles|compound-formulas|inventory|suppliers|supplier-invoices|purchase-orders)\b/;

describe('a search for people', () => {
  const { db, call, app } = useTestApp();
  let world: World;
  beforeAll(async () => {
    world = await aWorldFor(db, 'administrator');
    const patientId = await aPatient(db, world, { firstName: 'Ida', lastName: 'Quillfeather' });
    await aPrescriber(db, { lastName: 'Inkwell' });
    const opened = await call('POST', '/accounts', {
      token: world.token,
      body: { kind: 'person', name: 'Ida Quillfeather', patientId },
    });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  });

  interface Operation {
    readonly parameters?: readonly { readonly in: string; readonly name: string }[];
    readonly requestBody?: unknown;
  }

  it('may be asked by a body wherever it may be asked by an address, with every filter', () => {
    const { paths, components } = openApiDocument(app()) as unknown as {
      paths: Record<string, { get?: Operation; post?: Operation }>;
      components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
    };
    const searched = Object.entries(paths)
      .filter(([, { get }]) => get?.parameters?.some((one) => one.in === 'query' && one.name === 'q'))
      .map(([path]) => path.replace('/api', ''));
    expect(searched.filter((path) => !OF_THINGS.test(path)).sort()).toEqual(Object.keys(OF_PEOPLE));
    for (const path of Object.keys(OF_PEOPLE)) {
      const { post } = paths[`/api${path}/search`] ?? {};
      const schema = /schemas\/(\w+)/.exec(JSON.stringify(post?.requestBody))?.[1] ?? '';
      const asked = paths[`/api${path}`]?.get?.parameters?.filter((one) => one.in === 'query');
      expect(Object.keys(components.schemas[schema]?.properties ?? {}).sort(), path).toEqual(
        asked?.map(({ name }) => name).sort(),
      );
    }
  });

  it.each(Object.entries(OF_PEOPLE))('%s answers the same both ways', async (path, q) => {
    const { token } = world;
    const byAddress = await call('GET', `${path}?q=${q}&limit=5`, { token });
    const byBody = await call('POST', `${path}/search`, { token, body: { q, limit: 5 } });
    expect(byBody.status).toBe(200);
    expect(byBody.body).toEqual(byAddress.body);
    const unread = await call('POST', `${path}/search`, { token, body: { q, limit: '5' } });
    expect(unread.status).toBe(400);
    expect((await call('POST', `${path}/search`, { token, body: { q, no: 1 } })).status).toBe(400);
  });

  it('found whom it was asked for', async () => {
    const found = await call<{ data: { lastName: string }[] }>('POST', '/patients/search', {
      token: world.token,
      body: { q: 'Quillfeather' },
    });
    expect(found.body.data.map(({ lastName }) => lastName)).toEqual(['Quillfeather']);
    const products = await call('POST', '/drugs/search', { token: world.token, body: { q: 'Quillfeather' } });
    expect(products.body).toMatchObject({ data: [], meta: { total: 0 } });
  });

  it('is no write: it goes on while the disk is full, and counts as reading of who turns pages', async () => {
    const { token } = await aWorldFor(db, 'pharmacist', { branchId: world.branchId });
    const full = vi.spyOn(app().get(StorageWatch, { strict: false }), 'isLow', 'get').mockReturnValue(true);
    expect((await call('POST', '/patients/search', { token, body: { q: 'Ida' } })).status).toBe(200);
    expect((await call('POST', '/patients', { token, body: {} })).status).toBe(507);
    full.mockRestore();
    const turn = (page: number) =>
      call('POST', '/patients/search', { token, body: { page, limit: 100 } }).then(({ status }) => status);
    const pages = LIST_POINTS.most / 100;
    const statuses: number[] = [];
    for (let page = 2; page < pages + 3; page += 1) statuses.push(await turn(page));
    expect(statuses.at(-1)).toBe(429);
    expect(statuses[0]).toBe(200);
  });
});
