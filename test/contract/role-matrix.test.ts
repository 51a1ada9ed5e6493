// Every route asked by everybody: who is refused, with what, before the request is looked at and without an effect (trust.md T47, ASVS 8.2.1).
import { beforeAll, describe, expect, it } from 'vitest';

import { SEEDED_ROLES, type Permission } from '../../src/platform/security/permissions.js';
import type { RouteAccess } from '../../src/platform/security/route-audit.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';
import { ENDLESS, nameOf, routesOf } from '../support/routes.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Routes after which the session that called them is over or locked. */
const ENDS_THE_SESSION: ReadonlySet<string> = new Set(['POST /api/auth/logout', 'POST /api/auth/lock']);

describe('every route, asked by every role', () => {
  const { db, call, app } = useTestApp();
  let routes: RouteAccess[] = [];
  beforeAll(() => {
    routes = routesOf(app());
  });

  /** As no client of ours would send it: an identity that is none, and a body of no shape. */
  const ask = ({ method, path }: RouteAccess, token?: string): Promise<Answer> =>
    call(method as Method, `${path.replace(/^\/api/, '').replace(/:\w+/g, 'no-such-thing')}?nope=1`, {
      ...(token === undefined ? {} : { token }),
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: { nope: true } }),
    });
  /** What a refusal says: as a problem, or as FHIR says it below its path. */
  const said = ({ body }: Answer): string => {
    const { detail, issue } = body as {
      detail?: string;
      issue?: { diagnostics?: string; details?: { text?: string } }[];
    };
    return detail ?? issue?.[0]?.diagnostics ?? issue?.[0]?.details?.text ?? '';
  };
  const required = ({ rule }: RouteAccess): readonly Permission[] =>
    rule.kind === 'permission' ? rule.permissions : [];
  /** What was changed; that somebody was refused is written down too, a while after. */
  const written = async (): Promise<unknown> =>
    (
      await db.owner.query(
        "select count(*)::integer as n from operational.audit_logs where table_name <> 'requests'",
      )
    ).rows[0];

  it('is refused to nobody in particular (401), but for the public ones', async () => {
    const before = await written();
    for (const route of routes.filter(({ rule }) => rule.kind !== 'public')) {
      const answer = await ask(route);
      expect([answer.status, said(answer)], nameOf(route)).toEqual([401, 'Sign in first.']);
    }
    expect(await written()).toEqual(before);
  });

  it.each(['nothing', ...Object.keys(SEEDED_ROLES)])(
    'answers who may do %s with what its permission says: 403 first, naming what is missing, or past the guard',
    async (role) => {
      const held = SEEDED_ROLES[role]?.permissions ?? [];
      const world = await aWorldFor(db, held);
      const missing = (route: RouteAccess): Permission[] =>
        required(route).filter((permission) => !held.includes(permission));
      const [refused, admitted] = [
        routes.filter((route) => missing(route).length > 0),
        routes.filter((route) => missing(route).length === 0 && route.rule.kind !== 'public'),
      ];
      const before = await written();
      for (const route of refused) {
        const answer = await ask(route, world.token);
        const words = `This needs the permission ${missing(route).join(', ')}.`;
        expect([answer.status, said(answer)], nameOf(route)).toEqual([403, words]);
      }
      expect(await written(), 'a refused request wrote something').toEqual(before);
      for (const route of admitted.filter((one) => !ENDLESS.has(nameOf(one)))) {
        const caller: World = ENDS_THE_SESSION.has(nameOf(route)) ? await aWorldFor(db, held) : world;
        const answer = await ask(route, caller.token);
        expect(answer.status, nameOf(route)).not.toBe(401);
        expect(said(answer), nameOf(route)).not.toMatch(/needs the permission/);
        expect(answer.status, nameOf(route)).toBeLessThan(500);
      }
    },
  );
});
