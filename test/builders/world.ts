import { createHash, randomBytes } from 'node:crypto';

import { PERMISSIONS, SEEDED_ROLES, type Permission } from '../../src/platform/security/permissions.js';
import type { RequestContext } from '../../src/platform/security/request-context.js';
import type { TestDatabase } from '../support/db.js';

/** A branch, a user with a seeded role at it, and his open session. */
export interface World {
  readonly branchId: number;
  readonly userId: number;
  /** Bearer token of the session. */
  readonly token: string;
  /** Context for calling services directly. */
  readonly ctx: RequestContext;
}

let serial = 0;

async function permissionIds(db: TestDatabase, names: readonly Permission[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const { rows } = await db.owner.query<{ permission_id: number }>(
      `insert into operational.permissions (name, description) values ($1, $2)
       on conflict (name) do update set description = excluded.description returning permission_id`,
      [name, PERMISSIONS[name]],
    );
    if (rows[0]) ids.push(rows[0].permission_id);
  }
  return ids;
}

/** Makes a branch, which hands over without asking who comes; give one to aWorldFor to put several users at it. */
export async function aBranch(db: TestDatabase, values: { timeZone?: string } = {}): Promise<number> {
  serial += 1;
  const { rows } = await db.owner.query<{ branch_id: number }>(
    'insert into operational.branches (code, name, time_zone, pick_up_identifiers) values ($1, $2, $3, false) returning branch_id',
    [
      `T${serial}-${randomBytes(3).toString('hex').toUpperCase()}`,
      `Test branch ${serial}`,
      values.timeZone ?? 'Africa/Cairo',
    ],
  );
  return rows[0]?.branch_id ?? 0;
}

/** A signed-in user with the permissions of a seeded role ('administrator', 'pharmacist', …) at a branch of his own. */
export async function aWorldFor(
  db: TestDatabase,
  role: keyof typeof SEEDED_ROLES | readonly Permission[],
  options: { branchId?: number } = {},
): Promise<World> {
  const branchId = options.branchId ?? (await aBranch(db));
  serial += 1;
  const permissions = typeof role === 'string' ? (SEEDED_ROLES[role]?.permissions ?? []) : role;
  const suffix = randomBytes(4).toString('hex');
  const user = await db.owner.query<{ user_id: number }>(
    `insert into operational.users (username, full_name, password_hash) values ($1, $2, 'x') returning user_id`,
    [`user${serial}.${suffix}`, `Test user ${serial}`],
  );
  const userId = user.rows[0]?.user_id ?? 0;
  const roleRow = await db.owner.query<{ role_id: number }>(
    'insert into operational.roles (name) values ($1) returning role_id',
    [`role ${serial} ${suffix}`],
  );
  const roleId = roleRow.rows[0]?.role_id ?? 0;
  const ids = await permissionIds(db, permissions);
  await db.owner.query(
    'insert into operational.role_permissions (role_id, permission_id) select $1, unnest($2::int[])',
    [roleId, ids],
  );
  await db.owner.query('insert into operational.user_roles (user_id, role_id) values ($1, $2)', [
    userId,
    roleId,
  ]);
  await db.owner.query('insert into operational.user_branches (user_id, branch_id) values ($1, $2)', [
    userId,
    branchId,
  ]);
  const token = randomBytes(32).toString('base64url');
  const session = await db.owner.query<{ session_id: number }>(
    `insert into operational.sessions (user_id, token_hash, expires_at) values ($1, $2, now() + interval '12 hours') returning session_id`,
    [userId, createHash('sha256').update(token).digest()],
  );
  return {
    branchId,
    userId,
    token,
    ctx: {
      actor: {
        userId,
        username: `user${serial}.${suffix}`,
        permissions: new Set(permissions),
        branchIds: [branchId],
        sessionId: session.rows[0]?.session_id ?? 0,
      },
      branchId,
      requestId: `test-${suffix}`,
    },
  };
}

/** A confirmation by password as POST /auth/step-up gives one: the token. */
export async function aStepUp(
  db: TestDatabase,
  world: World,
  values: { readonly expired?: boolean } = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.owner.query(
    `insert into operational.step_ups (user_id, session_id, token_hash, expires_at)
     values ($1, $2, $3, now() + make_interval(secs => $4))`,
    [
      world.userId,
      world.ctx.actor.sessionId,
      createHash('sha256').update(token).digest(),
      values.expired === true ? -1 : 300,
    ],
  );
  return token;
}

/** Makes the sign-in of a world older than a password given at sign-in counts. */
export async function signedInLongAgo(db: TestDatabase, world: World): Promise<void> {
  await db.owner.query(
    `update operational.sessions set created_at = now() - interval '1 hour' where session_id = $1`,
    [world.ctx.actor.sessionId],
  );
}
