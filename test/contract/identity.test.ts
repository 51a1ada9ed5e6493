// Who may not know who a patient is learns it from no route (ASVS 8.2.3): every one of the OpenAPI document is asked, in every format, about a
// branch whose persons all have a mark for a name.
import { beforeAll, describe, expect, it } from 'vitest';

import { openApiDocument } from '../../src/platform/http/openapi.js';
import { PERMISSIONS, type Permission } from '../../src/platform/security/permissions.js';
import type { RouteAccess } from '../../src/platform/security/route-audit.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';
import { ID, oneOfEverything } from '../support/one-of-everything.js';
import { Values, type Document } from '../support/openapi-values.js';
import { ENDLESS, nameOf, routesOf } from '../support/routes.js';

const MARK = 'Kanarizq';
const BORN = '1971-02-03';

/** Columns of persons by their names, but those of prescribers, firms, branches and users. */
const MARKED = `
select c.relname as "table", a.attname as "column", a.attgenerated <> '' as "isGenerated"
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'operational'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attgenerated = ''
  and format_type(a.atttypid, null) = 'text'
  and (a.attname in ('collector_name', 'decider_name', 'customer_name', 'member_number', 'national_id')
    or c.relname = 'patients' and a.attname in ('first_name', 'last_name', 'first_name_ar', 'last_name_ar', 'phone', 'notes')
    or c.relname = 'customer_accounts' and a.attname in ('name', 'name_ar', 'phone'))`;

/** Answers that name patients to everybody who may ask for them, and why. */
const SHOWS: Readonly<Record<string, string>> = {
  'GET /api/reports/controlled-register': 'law wants the register with whom it was given to',
  'GET /api/emergency-accesses/:id/record':
    'an emergency is about a person; each look is written down and reviewed',
};

describe('who a patient is', () => {
  const { db, call, app } = useTestApp();
  let routes: RouteAccess[] = [];
  let values: Values;
  let blind: World;
  let seeing: World;

  beforeAll(async () => {
    routes = routesOf(app()).filter(
      (route) => route.method === 'GET' && route.rule.kind === 'permission' && !ENDLESS.has(nameOf(route)),
    );
    values = new Values(openApiDocument(app()) as unknown as Document, ID);
    await oneOfEverything(db);
    const { rows } = await db.owner.query<{ table: string; column: string }>(MARKED);
    expect(rows.length).toBeGreaterThan(12);
    for (const isAudited of [false, true]) {
      const client = await db.owner.connect();
      // Once as if it had always been there, for rows no trigger would let through; once so that the audit trail has it.
      if (!isAudited) await client.query(`set session_replication_role = 'replica'`);
      for (const { table, column } of rows)
        if (!isAudited || ['patients', 'customer_accounts'].includes(table))
          await client.query(
            `update operational.${table} set ${column} = '${MARK} ${isAudited ? 'Jot' : 'Bee'}'`,
          );
      if (!isAudited) await client.query(`update operational.patients set birth_date = '${BORN}'`);
      await client.query(`reset session_replication_role`);
      client.release();
    }
    const everything = Object.keys(PERMISSIONS) as Permission[];
    seeing = await aWorldFor(db, everything, { branchId: ID });
    blind = await aWorldFor(
      db,
      everything.filter((permission) => permission !== 'IdentifyPatients'),
      { branchId: ID },
    );
  });

  /** The route asked plainly, and in each of its formats. */
  const askedHow = (route: RouteAccess): string[] => {
    const format = values
      .operation(route.method, route.path)
      ?.parameters?.find((one) => one.in === 'query' && one.name === 'format');
    const formats = (format?.schema as { enum?: string[] } | undefined)?.enum ?? [];
    return ['', ...formats.map((one) => `?format=${one}`)];
  };
  const ask = ({ path }: RouteAccess, query: string, world: World): Promise<Answer> =>
    call('GET', `${path.replace(/^\/api/, '').replace(/:\w+/g, String(ID))}${query}`, { token: world.token });
  const shows = ({ body }: Answer): boolean => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return text.includes(MARK) || text.includes(BORN);
  };

  it('is in no answer to who may not know it', async () => {
    const seen: string[] = [];
    let told = 0;
    for (const route of routes)
      for (const query of askedHow(route)) {
        const whole = await ask(route, query, seeing);
        if (shows(whole)) told += 1;
        const answer = await ask(route, query, blind);
        expect([whole.status, 403], nameOf(route)).toContain(answer.status);
        if (shows(answer) && !(nameOf(route) in SHOWS)) seen.push(`${nameOf(route)}${query}`);
      }
    expect(seen).toEqual([]);
    // Otherwise nothing would have been asked.
    expect(told, 'answers that show it to who may know it').toBeGreaterThan(20);
  }, 300_000);

  it('is initials and a year to him, and is not found by name', async () => {
    const { body } = await call(`GET`, `/patients/${ID}`, { token: blind.token });
    expect(body).toMatchObject({
      ...{ patientId: ID, firstName: 'K. J.', lastName: 'K. J.', birthDate: null, birthDatePartial: '1971' },
      ...{ phone: '•••', nationalId: '•••', notes: '•••' },
    });
    for (const [path, q] of [
      ['/patients/search', MARK],
      ['/patients/search', BORN],
      ['/prescriptions/search', MARK],
      ['/will-call/search', MARK],
      ['/accounts/search', MARK],
    ] as const) {
      const answer = await call('POST', path, { token: blind.token, body: { q } });
      expect([answer.status, answer.body['missing'] ?? answer.body['params']], path).toEqual([
        403,
        { missing: ['IdentifyPatients'] },
      ]);
    }
    expect((await call('GET', `/patients?q=${MARK}`, { token: blind.token })).status).toBe(403);
    const listed = await call<{ data: { firstName: string }[] }>('POST', '/patients/search', {
      token: blind.token,
      body: {},
    });
    expect(listed.body.data.map(({ firstName }) => firstName)).toEqual(['K. J.']);
  });

  it('is not written by who does not see it', async () => {
    const version = (await call('GET', `/patients/${ID}`, seeing)).body['version'];
    const body = { version, firstName: 'K. J.' };
    expect((await call('PATCH', `/patients/${ID}`, { token: blind.token, body })).status).toBe(403);
  });
});
