import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { AccessRepository } from '../access.repository.js';
import { assertMayChange, assertMayGrant } from '../grants.domain.js';
import type { PermissionEntry } from './permission.entity.js';
import { RolesRepository, type RoleRow } from './roles.repository.js';
import type { CreateRole, PermissionQuery, RoleQuery, UpdateRole } from './roles.schemas.js';

/** Sets of permissions. Nobody makes or changes one that holds more than he does. */
@Injectable()
export class RolesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RolesRepository,
    private readonly access: AccessRepository,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof RoleQuery>): Promise<Page<RoleRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.roles.findPage(tx, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  findOne(ctx: RequestContext, roleId: number): Promise<RoleRow> {
    return this.uow.read(ctx, async (tx) => {
      const role = await this.roles.find(tx, roleId);
      if (!role) throw new NotFound('role');
      return role;
    });
  }

  findPermissions(
    ctx: RequestContext,
    query: z.output<typeof PermissionQuery>,
  ): Promise<Page<PermissionEntry>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.roles.findPermissions(tx, query.page, query.limit);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws CannotGrant, Duplicate. */
  create(ctx: RequestContext, input: z.output<typeof CreateRole>): Promise<RoleRow> {
    const { permissions, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      assertMayGrant(await this.access.lockFor(tx, ctx.actor, 'ManageRoles'), permissions);
      const roleId = await this.roles.insert(tx, values);
      await this.roles.setPermissions(tx, roleId, permissions);
      const role = await this.roles.find(tx, roleId);
      if (!role) throw new NotFound('role');
      return role;
    });
  }

  /** Throws NotFound, StaleVersion, CannotGrant, Forbidden, and RuleViolation for what a seeded role must stay. */
  update(ctx: RequestContext, roleId: number, input: z.output<typeof UpdateRole>): Promise<RoleRow> {
    const { version, permissions, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const own = await this.access.lockFor(tx, ctx.actor, 'ManageRoles');
      const before = await this.roles.find(tx, roleId);
      if (!before) throw new NotFound('role');
      assertMayChange(own, 'role', before.permissions);
      if (permissions) assertMayGrant(own, permissions);
      assertStaysSeeded(before, input);
      if (!(await this.roles.update(tx, roleId, version, values))) throw new StaleVersion('role');
      if (permissions) await this.roles.setPermissions(tx, roleId, permissions);
      return (await this.roles.find(tx, roleId)) ?? before;
    });
  }
}

/** A seeded role keeps its name; the administrator keeps every permission, so that somebody always holds them all. */
function assertStaysSeeded(before: RoleRow, input: z.output<typeof UpdateRole>): void {
  if (!before.isSystem) return;
  if (input.name !== undefined && input.name !== before.name)
    throw new RuleViolation('A seeded role cannot be renamed.', {}, [
      { pointer: '/name', detail: 'must stay as it is' },
    ]);
  const kept = new Set<string>(input.permissions ?? before.permissions);
  if (before.name === 'administrator' && before.permissions.some((permission) => !kept.has(permission)))
    throw new RuleViolation('The administrator role keeps every permission.', {}, [
      { pointer: '/permissions', detail: 'must hold every permission' },
    ]);
}
