import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PERMISSIONS, SEEDED_ROLES } from '../../platform/security/permissions.js';
import { systemContext } from '../../platform/security/request-context.js';
import { FirstStartRepository } from './first-start.repository.js';

type DataSource = ConstructorParameters<typeof UnitOfWork>[0];

/**
 * Brings the permission catalogue of the database up to that of the code, makes the seeded roles that are missing, and
 * keeps the administrator role complete. Runs as meditory_owner after each migration: the server itself may not write
 * permissions. Repeating it changes nothing.
 */
export async function syncAccess(dataSource: DataSource): Promise<void> {
  const repository = new FirstStartRepository();
  const permissions = Object.entries(PERMISSIONS).map(([name, description]) => ({ name, description }));
  const roles = Object.entries(SEEDED_ROLES).map(([name, role]) => ({ name, ...role }));
  await new UnitOfWork(dataSource).run(systemContext(), async (tx) => {
    await repository.lock(tx);
    await repository.syncPermissions(tx, permissions);
    await repository.seedRoles(tx, roles);
  });
}
