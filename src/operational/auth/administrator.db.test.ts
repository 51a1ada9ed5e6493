import { beforeAll, describe, expect, it } from 'vitest';

import { seedAccess } from '../../../test/builders/staff.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { PERMISSIONS, SEEDED_ROLES } from '../../platform/security/permissions.js';
import { systemContext } from '../../platform/security/request-context.js';
import { AccessRepository } from './access.repository.js';
import { AdministratorService } from './administrator.service.js';
import { BranchesRepository } from './branches/branches.repository.js';
import { BranchesService } from './branches/branches.service.js';
import { FirstStartRepository } from './first-start.repository.js';
import { CredentialsRepository } from './credentials.repository.js';
import { PasswordPolicyService } from './password-policy.service.js';
import { PasswordRefused } from './password.domain.js';
import { PasswordService } from './password.service.js';

const service = (db: ReturnType<typeof useTestDatabase>): AdministratorService =>
  new AdministratorService(
    db.uow,
    new FirstStartRepository(),
    new PasswordPolicyService(db.uow, new CredentialsRepository()),
    new PasswordService(),
  );

describe('the first start', () => {
  const db = useTestDatabase();
  beforeAll(() => seedAccess(db));

  const count = async (text: string): Promise<number> =>
    Number((await db.owner.query<{ n: number }>(`select count(*) as n ${text}`)).rows[0]?.n);

  it('brings the catalogue of permissions and the seeded roles, and repeating it changes nothing', async () => {
    const before = await count('from operational.audit_logs');
    await seedAccess(db);
    expect(await count('from operational.audit_logs')).toBe(before);
    expect(await count('from operational.permissions')).toBe(Object.keys(PERMISSIONS).length);
    const { rows } = await db.owner.query<{ name: string; permissions: string[] }>(
      `select r.name, array_agg(p.name) as permissions from operational.roles r
       join operational.role_permissions using (role_id) join operational.permissions p using (permission_id)
       where r.is_system group by r.name`,
    );
    expect(new Set(rows.map((row) => row.name))).toEqual(new Set(Object.keys(SEEDED_ROLES)));
    for (const row of rows)
      expect(new Set(row.permissions)).toEqual(new Set(SEEDED_ROLES[row.name]?.permissions));
  });

  it('completes the administrator again, and leaves what a pharmacy made of another role', async () => {
    await db.owner.query(`delete from operational.role_permissions rp using operational.permissions p
      where p.permission_id = rp.permission_id and p.name = 'Sell'`);
    await seedAccess(db);
    const { rows } = await db.owner.query<{ name: string }>(
      `select r.name from operational.roles r join operational.role_permissions using (role_id)
       join operational.permissions p using (permission_id) where p.name = 'Sell'`,
    );
    expect(rows).toEqual([{ name: 'administrator' }]);
  });

  it('refuses a password given beforehand that is a common one', async () => {
    await expect(service(db).ensure('administrator')).rejects.toThrow(PasswordRefused);
    expect(await count('from operational.users')).toBe(0);
  });

  it('makes one administrator, however many processes start at once', async () => {
    const made = (await Promise.all(Array.from({ length: 6 }, () => service(db).ensure()))).filter(Boolean);
    expect(made).toHaveLength(1);
    expect(made[0]?.username).toBe('admin');
    expect(made[0]?.password).toMatch(/^[A-Za-z0-9]{20}$/);
    const { rows } = await db.owner.query<{ hash: string; code: string; role: string }>(
      `select u.password_hash as hash, b.code, r.name as role from operational.users u
       join operational.user_branches using (user_id) join operational.branches b using (branch_id)
       join operational.user_roles using (user_id) join operational.roles r using (role_id)`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ code: 'MAIN', role: 'administrator' });
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await new PasswordService().verify(rows[0]?.hash, made[0]?.password ?? '')).toBe(true);
    expect(await service(db).ensure('another good password')).toBeUndefined();
  });

  it('answers the settings of a branch with its own date of today', async () => {
    const branches = new BranchesService(db.uow, new BranchesRepository(), new AccessRepository());
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Niue']) {
      const { rows } = await db.owner.query<{ branch_id: number; today: string }>(
        `insert into operational.branches (code, name, time_zone) values (upper(left(md5($1), 8)), $1, $1)
         returning branch_id, (now() at time zone $1)::date as today`,
        [timeZone],
      );
      const branchId = rows[0]?.branch_id ?? 0;
      const settings = await db.uow.read(systemContext(), (tx) => branches.settings(tx, branchId));
      expect(settings).toMatchObject({
        timeZone,
        today: rows[0]?.today,
        currencyDecimals: 2,
        cashRounding: '0.000',
        earlyRefillShare: 0.75,
        prescriptionValidMonths: 12,
        dispensingPolicy: 'counter',
        jurisdiction: 'none',
      });
    }
    await expect(db.uow.read(systemContext(), (tx) => branches.settings(tx, 0))).rejects.toThrow(
      /no such branch/,
    );
  });
});
