import { z } from 'zod';

import { Id, pageOf, Paging, text } from '../../../platform/http/schemas.js';
import { PERMISSIONS, type Permission } from '../../../platform/security/permissions.js';

const PermissionName = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]);

export const RoleQuery = z.strictObject({ ...Paging, q: text(100).optional() });

/** The catalogue is short: it comes as one page unless a smaller one is asked for. */
export const PermissionQuery = z.strictObject({ ...Paging, limit: Paging.limit.unwrap().default(100) });

export const RoleView = z
  .object({
    roleId: Id,
    name: z.string(),
    description: z.string(),
    isSystem: z.boolean(),
    requiresMfa: z.boolean().meta({
      description: 'Who has it and no second factor can, after the grace, do nothing but set one up',
    }),
    permissions: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Role' });

export const RolePage = pageOf(RoleView).meta({ id: 'RolePage' });

export const PermissionView = z
  .object({ permissionId: Id, name: z.string(), description: z.string() })
  .meta({ id: 'Permission' });

export const PermissionPage = pageOf(PermissionView).meta({ id: 'PermissionPage' });

export const CreateRole = z
  .strictObject({
    name: text(100),
    description: text(500, 0).default(''),
    permissions: z.array(PermissionName).max(200),
    requiresMfa: z.boolean().default(true),
  })
  .meta({ id: 'CreateRole' });

export const UpdateRole = z
  .strictObject({
    version: z.int().min(1),
    name: text(100).optional(),
    description: text(500, 0).optional(),
    permissions: z.array(PermissionName).max(200).optional(),
    requiresMfa: z.boolean().optional(),
  })
  .meta({ id: 'UpdateRole' });
