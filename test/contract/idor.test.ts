// Who works at one branch asks for the rows of another, by every route that takes an identity (trust.md T46, ASVS 8.2.2, 8.3.1).
import { beforeAll, describe, expect, it } from 'vitest';

import { openApiDocument } from '../../src/platform/http/openapi.js';
import { PERMISSIONS, type Permission } from '../../src/platform/security/permissions.js';
import type { RouteAccess } from '../../src/platform/security/route-audit.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';
import { CANARY, ID, oneOfEverything } from '../support/one-of-everything.js';
import { isIdentity, Values, type Document } from '../support/openapi-values.js';
import { ENDLESS, nameOf, routesOf } from '../support/routes.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Routes whose identity is of nothing a branch owns, by their beginning, and why. All others must answer 404. */
const OF_ALL: Readonly<Record<string, string>> = {
  '/api/cds-services/': 'a service',
  '/api/clinical/': 'rules are the chain’s',
  '/api/compound-formulas/': 'formulas are the chain’s',
  '/api/controlled-maxima/': 'law of a jurisdiction',
  '/api/drugs/': 'the catalogue',
  '/api/fhir/Medication/': 'the catalogue',
  '/api/fhir/Practitioner/': 'prescribers are the chain’s',
  '/api/inventory/demand/': 'a product; the figures are of the caller’s branch',
  '/api/inventory/recalls/': 'a lot is called back at every branch; each sets aside its own',
  '/api/inventory/reorder-rules/': 'a product; the rule is of the caller’s branch',
  '/api/journal/accounts/': 'the chart of accounts of the chain',
  '/api/operations/jobs/': 'a job of the server',
  '/api/payers/': 'payers are the chain’s',
  '/api/plans/': 'payers are the chain’s',
  '/api/prescribers/': 'prescribers are the chain’s',
  '/api/reference/': 'master data',
  '/api/retention-rules/': 'law, the same at all branches',
  '/api/roles/': 'roles are the chain’s',
  '/api/suppliers/': 'suppliers are the chain’s',
  '/api/tax-classes/': 'taxes are the chain’s',
};

/** Answers other than 404 that say as little, and why they come first. */
const SAYS_AS_LITTLE: Readonly<Record<string, readonly [status: number, why: string]>> = {
  'POST /api/purchase-orders/:id/send': [422, 'no mail is set up in this server'],
  'POST /api/prescriptions/:id/documents': [400, 'a file is sent as a form, which is looked at first'],
};

/** Requests that are not made: the row that is made for them is bent as no program of ours leaves one. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'POST /api/emergency-accesses':
    'opens a record of another branch, which is what it is for: written down and reviewed (T47, escalation.e2e)',
  'POST /api/reference/ingredients/worklist/links/:id/undo': 'an undo without what was done; master data',
};

/** Routes of which the native too sees nothing in these rows: what they show are rows beside the one that is asked for. */
const NATIVE_SEES_NOTHING: ReadonlySet<string> = new Set([
  'GET /api/credit-notes/by-number/:number',
  'GET /api/emergency-accesses/:id/record',
  'GET /api/fills/:id/screening',
  'GET /api/fills/:id/signature',
  'GET /api/offline-sales/:id',
  'GET /api/prescription-documents/:id/content',
  'GET /api/prescriptions/:id/screening',
  'GET /api/sales/:id/receipt',
]);

/** Bodies where the smallest one the document allows is refused before a row is looked for. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /api/promotions/:id': {
    version: 1,
    promotion: {
      kind: 'percent',
      percent: '0.1',
      name: 'x',
      startsOn: '2026-01-15',
      targets: [{ drugId: ID }],
    },
  },
  'PATCH /api/purchase-limits/:id': { version: 1, maxPerSale: '1', reason: 'as asked' },
  'PATCH /api/receipt-printers/:id': {
    driver: 'tcp',
    host: 'localhost',
    port: 9100,
    path: null,
    name: 'x',
    dots: 576,
    opensDrawer: false,
    active: true,
    version: 1,
  },
  'POST /api/compound-batches/:id/weigh': {
    batchItemId: ID,
    bypass: { reason: 'no_barcode', note: 'the label is torn' },
    lotNumber: 'L',
    quantity: '1',
  },
  'POST /api/covers/:id/authorisations': {
    number: '1',
    drugId: ID,
    validFrom: '2026-01-15',
    validTo: '2026-02-15',
  },
  'POST /api/fills/:id/bypass-scan': {
    stage: 'fill',
    reason: 'no_barcode',
    note: 'the label of the pack is torn off',
  },
  'POST /api/inventory/destructions/:id/witness': { stepUp: 'a'.repeat(43) },
  'POST /api/patients/:id/allergies': { substanceText: 'nuts' },
  'POST /api/patients/:id/medications': { medicationText: 'herbs' },
  'POST /api/patients/:id/merge': { mergedId: ID + 1, reason: 'the same' },
  'POST /api/purchase-orders/:id/receive': {
    lines: [{ purchaseOrderItemId: ID, lotNumber: 'L', expiryDate: '2028-01-15', quantity: '1' }],
  },
  'POST /api/purchase-orders/:id/send': { to: 'somebody@example.org' },
  'POST /api/purchase-orders/:id/ship-notice': { content: 'gtin,lot,expiry,quantity\n1,L,2028-01-15,1\n' },
  'POST /api/till-shifts/:id/count': { counts: [{ method: 'cash', counted: '1' }] },
  'POST /api/till-shifts/:id/drop': { amount: '1', bagNumber: 'B1' },
};

describe('the rows of another branch', () => {
  const { db, call, app } = useTestApp();
  let routes: RouteAccess[] = [];
  let values: Values;
  let stranger: World;
  let native: World;

  beforeAll(async () => {
    routes = routesOf(app()).filter(
      (route) =>
        route.rule.kind === 'permission' && !ENDLESS.has(nameOf(route)) && !(nameOf(route) in NOT_ASKED),
    );
    values = new Values(openApiDocument(app()) as unknown as Document, ID);
    const everything = Object.keys(PERMISSIONS) as Permission[];
    stranger = await aWorldFor(db, everything);
    const { token } = stranger;
    expect((await call('POST', '/till-shifts', { token, body: { openingFloat: '1' } })).status).toBe(201);
    const tables = await oneOfEverything(db);
    expect(tables.length).toBeGreaterThan(150);
    native = await aWorldFor(db, everything, { branchId: ID });
    // A job of the system sends what is queued, whoever asks for what.
    await db.owner.query(
      `begin; set local session_replication_role = 'replica'; update operational.print_jobs set status = 'cancelled' where branch_id = ${ID}; commit`,
    );
  });

  /** One hash a table of all rows of the other branch. */
  async function foreignRows(): Promise<Record<string, string>> {
    const { rows } = await db.owner.query<{ hashes: Record<string, string> }>(
      `select jsonb_object_agg(c.oid::regclass::text, (xpath('/row/h/text()', query_to_xml(
         format('select md5(coalesce(string_agg(t::text, '','' order by t::text), '''')) as h from %s t where branch_id = ${ID}', c.oid::regclass), false, true, '')))[1]::text) as hashes
       from pg_class c where c.relforcerowsecurity and c.oid <> 'operational.audit_logs'::regclass
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'branch_id' and not a.attisdropped)`,
    );
    return rows[0]?.hashes ?? {};
  }
  const pathTo = ({ path }: RouteAccess): string => path.replace(/^\/api/, '').replace(/:\w+/g, String(ID));
  const isOfAll = ({ path }: RouteAccess): boolean =>
    Object.keys(OF_ALL).some((beginning) => path.startsWith(beginning));
  const ask = (route: RouteAccess, world: World, query = ''): Promise<Answer> => {
    const sendsBody = route.method !== 'GET';
    const body = sendsBody ? (BODIES[nameOf(route)] ?? values.body(route.method, route.path)) : undefined;
    return call(route.method as Method, `${pathTo(route)}${query}`, {
      token: world.token,
      ...(body === undefined ? {} : { body }),
    });
  };
  const shows = (answer: Answer): boolean => JSON.stringify(answer.body ?? '').includes(CANARY);

  it('are there: who works there reads each of them', async () => {
    let seen = 0;
    for (const route of routes.filter(({ method, path }) => method === 'GET' && path.includes(':'))) {
      if (isOfAll(route) || NATIVE_SEES_NOTHING.has(nameOf(route))) continue;
      const answer = await ask(route, native);
      expect(answer.status, nameOf(route)).toBe(200);
      seen += shows(answer) ? 1 : 0;
    }
    expect(seen, 'answers that show a text of the branch').toBeGreaterThan(25);
  });

  it.each<Method>(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    'are not there for who works elsewhere: every %s that names one is 404 and shows nothing of it',
    async (method) => {
      const before = await foreignRows();
      for (const route of routes.filter((one) => one.method === method && one.path.includes(':'))) {
        const answer = await ask(route, stranger);
        expect(shows(answer), `${nameOf(route)} shows a row of the other branch`).toBe(false);
        if (isOfAll(route)) expect(answer.status, nameOf(route)).toBeLessThan(500);
        else expect(answer.status, nameOf(route)).toBe(SAYS_AS_LITTLE[nameOf(route)]?.[0] ?? 404);
      }
      expect(await foreignRows()).toEqual(before);
    },
  );

  it('are in no list, whatever identities it is asked for', async () => {
    let asked = 0;
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
      const parameters = values.operation(route.method, route.path)?.parameters ?? [];
      const names = parameters
        .filter((one) => one.in === 'query' && isIdentity(one.name))
        .map(({ name }) => name);
      for (const query of ['', ...names.map((name) => `?${name}=${ID}`)]) {
        const answer = await ask(route, stranger, query);
        asked += 1;
        expect(shows(answer), `${nameOf(route)}${query} shows a row of the other branch`).toBe(false);
        expect(answer.status, `${nameOf(route)}${query}`).toBeLessThan(500);
      }
    }
    expect(asked).toBeGreaterThan(120);
  });

  it('are named in no command: one that brings their identities along does nothing with them', async () => {
    const before = await foreignRows();
    for (const route of routes.filter(({ method, path }) => method !== 'GET' && !path.includes(':'))) {
      const answer = await ask(route, stranger);
      expect(shows(answer), `${nameOf(route)} shows a row of the other branch`).toBe(false);
      expect(answer.status, nameOf(route)).toBeLessThan(500);
    }
    expect(await foreignRows()).toEqual(before);
  });

  it('are not reached by naming the branch either', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const answer = await call('GET', pathTo(route), { token: stranger.token, branchId: ID });
      expect(answer.status, nameOf(route)).toBe(403);
      expect(JSON.stringify(answer.body), nameOf(route)).toContain('You do not work at this branch.');
    }
  });
});
