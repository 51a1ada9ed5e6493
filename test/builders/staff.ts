import { randomBytes } from 'node:crypto';

import { syncAccess } from '../../src/operational/auth/first-start.js';
import { PasswordService } from '../../src/operational/auth/password.service.js';
import { migrateUp } from '../../src/platform/database/migrator.js';
import type { TestDatabase } from '../support/db.js';

/** Fills the permission catalogue and the seeded roles, as every start does. */
export async function seedAccess(db: TestDatabase): Promise<void> {
  await migrateUp(db.superuser, { afterUp: syncAccess });
}

/** Identity of a seeded role. */
export async function roleId(db: TestDatabase, name: string): Promise<number> {
  const { rows } = await db.owner.query<{ role_id: number }>(
    'select role_id from operational.roles where name = $1',
    [name],
  );
  return rows[0]?.role_id ?? 0;
}

/** A user who can sign in, with a password of his own and seeded roles at branches. */
export async function aUser(
  db: TestDatabase,
  values: { role?: string; branchIds?: readonly number[]; status?: 'active' | 'disabled' } = {},
): Promise<{ userId: number; username: string; password: string }> {
  const username = `person.${randomBytes(4).toString('hex')}`;
  const password = `quiet ${randomBytes(6).toString('hex')} river`;
  const { rows } = await db.owner.query<{ user_id: number }>(
    'insert into operational.users (username, full_name, password_hash, status) values ($1, $2, $3, $4) returning user_id',
    [username, `Person ${username}`, await new PasswordService().hash(password), values.status ?? 'active'],
  );
  const userId = rows[0]?.user_id ?? 0;
  if (values.role)
    await db.owner.query('insert into operational.user_roles (user_id, role_id) values ($1, $2)', [
      userId,
      await roleId(db, values.role),
    ]);
  await db.owner.query(
    'insert into operational.user_branches (user_id, branch_id) select $1, unnest($2::int[])',
    [userId, values.branchIds ?? []],
  );
  return { userId, username, password };
}
