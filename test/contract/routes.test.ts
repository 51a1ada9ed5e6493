import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createAdapter } from '../../src/platform/http/fastify.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { PERMISSIONS } from '../../src/platform/security/permissions.js';
import { Public } from '../../src/platform/security/decorators.js';
import type { RouteAccess } from '../../src/platform/security/route-audit.js';
import { useTestDatabase } from '../support/db.js';
import { nameOf, routesOf } from '../support/routes.js';

@Controller('forgotten')
class ForgottenController {
  @Get('declared')
  @Public()
  declared(): string {
    return 'declared';
  }

  @Get()
  undeclared(): string {
    return 'undeclared';
  }
}

@Module({ imports: [DiscoveryModule], controllers: [ForgottenController] })
class ForgottenModule {}

/** Routes anybody may call without signing in; a new one is added here on purpose or not at all. */
const PUBLIC = [
  'GET /api/auth/device',
  'GET /api/cds-services',
  'GET /api/fhir/metadata',
  'GET /api/health/live',
  'GET /api/health/ready',
  'POST /api/auth/login',
  'POST /api/auth/passkey',
  'POST /api/auth/passkey/options',
  'POST /api/auth/password-links/use',
  'POST /api/auth/unlock',
];

/** Routes that ask only for being signed in: they concern the caller himself. */
const SIGNED_IN = [
  'DELETE /api/auth/mfa/:id',
  'DELETE /api/auth/quick-unlock',
  'DELETE /api/auth/sessions/:id',
  'GET /api/auth/me',
  'GET /api/auth/mfa',
  'GET /api/auth/quick-unlock',
  'GET /api/auth/sessions',
  'PATCH /api/auth/mfa/:id',
  'POST /api/auth/badge',
  'POST /api/auth/lock',
  'POST /api/auth/logout',
  'POST /api/auth/mfa/recovery-codes',
  'POST /api/auth/mfa/totp',
  'POST /api/auth/mfa/totp/:id/confirm',
  'POST /api/auth/mfa/webauthn',
  'POST /api/auth/mfa/webauthn/options',
  'POST /api/auth/password',
  'POST /api/auth/pin',
  'POST /api/auth/sessions/end-others',
  'POST /api/auth/step-up',
  'POST /api/auth/step-up/options',
  'POST /api/auth/witness',
];

describe('every route', () => {
  const db = useTestDatabase();
  let app: NestFastifyApplication | undefined;
  let routes: RouteAccess[] = [];

  beforeAll(async () => {
    app = await createApplication(db.app, 4, createLogger('silent'));
    routes = routesOf(app);
  });
  afterAll(() => app?.close());

  const named = (kind: RouteAccess['rule']['kind']): string[] =>
    routes
      .filter((route) => route.rule.kind === kind)
      .map(nameOf)
      .sort();

  it('declares who may call it, by permissions that exist', () => {
    expect(routes.length).toBeGreaterThan(20);
    for (const { rule, handler } of routes) {
      if (rule.kind !== 'permission') continue;
      expect(rule.permissions.length, handler).toBeGreaterThan(0);
      for (const permission of rule.permissions) expect(Object.keys(PERMISSIONS)).toContain(permission);
    }
  });

  it('needs a permission, but for the few that are meant to be open', () => {
    expect(named('public')).toEqual(PUBLIC);
    expect(named('signed-in')).toEqual(SIGNED_IN);
  });

  it('asks for the permissions the API promises for users, roles and branches', () => {
    const rules = new Map(
      routes.map((route) => [nameOf(route), route.rule.kind === 'permission' ? route.rule.permissions : []]),
    );
    expect(rules.get('PATCH /api/users/:id')).toEqual(['ManageUsers']);
    expect(rules.get('POST /api/roles')).toEqual(['ManageRoles']);
    expect(rules.get('GET /api/permissions')).toEqual(['ManageRoles']);
    expect(rules.get('POST /api/branches')).toEqual(['ManageBranches']);
  });

  it('that reads much is marked as such, writes nothing, and is every report there is', () => {
    const heavy = routes.filter((route) => route.heavy);
    expect(heavy.filter(({ method }) => method !== 'GET').map(nameOf)).toEqual([]);
    const reports = routes.filter(({ path }) => path.startsWith('/api/reports/')).map(nameOf);
    expect(reports.length).toBeGreaterThan(10);
    expect(heavy.map(nameOf)).toEqual(expect.arrayContaining(reports));
  });

  it('that declares nothing stops the start, and is named', async () => {
    const forgetful = await NestFactory.create<NestFastifyApplication>(ForgottenModule, createAdapter(), {
      logger: false,
    });
    expect(() => routesOf(forgetful)).toThrow(/ForgottenController\.undeclared$/);
    await forgetful.close();
  });
});
