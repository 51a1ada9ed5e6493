import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { Duplicate, NotFound } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Device } from '../device.js';
import { hashSessionToken, newSessionToken } from '../session-token.js';
import { RegisteredTillsRepository, type RegisteredTill } from './registered-tills.repository.js';
import type { RegisteredTillQuery, RegisterTill } from './registered-tills.schemas.js';

registerRefusals({ MD437: () => new NotFound('registered till') });

/** Browsers of tills that count as something their users have; of the branches the actor works at. */
@Injectable()
export class RegisteredTillsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tills: RegisteredTillsRepository,
  ) {}

  findPage(
    ctx: RequestContext,
    query: z.output<typeof RegisteredTillQuery>,
    { tillToken }: Device,
  ): Promise<Page<RegisteredTill>> {
    const own = tillToken === undefined ? null : hashSessionToken(tillToken);
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.tills.findPage(tx, ctx.actor.branchIds, own, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Registers the browser that asks, at the branch worked at; `token` is for it to keep. Throws Duplicate where it is a till already. */
  register(
    ctx: RequestContext,
    { name }: z.output<typeof RegisterTill>,
    { tillToken }: Device,
  ): Promise<{ token: string; till: RegisteredTill }> {
    const token = newSessionToken();
    const tokenHash = hashSessionToken(token);
    return this.uow.run(ctx, async (tx) => {
      if (tillToken !== undefined && (await this.tills.isOne(tx, hashSessionToken(tillToken))))
        throw new Duplicate('This browser is a registered till already. Take that back first.');
      const id = await this.tills.insert(tx, {
        branchId: ctx.branchId,
        name,
        tokenHash,
        registeredBy: ctx.actor.userId,
      });
      return { token, till: await this.tills.find(tx, ctx.actor.branchIds, tokenHash, id) };
    });
  }

  /** Throws NotFound. */
  async rename(ctx: RequestContext, id: number, { name }: z.output<typeof RegisterTill>): Promise<void> {
    const isThere = await this.uow.run(ctx, (tx) => this.tills.rename(tx, id, ctx.actor.branchIds, name));
    if (!isThere) throw new NotFound('registered till');
  }

  /** Takes a till back: what is open there asks for a second factor at its next request. Throws NotFound. */
  async revoke(ctx: RequestContext, id: number): Promise<void> {
    const isThere = await this.uow.run(ctx, (tx) =>
      this.tills.revoke(tx, id, ctx.actor.branchIds, ctx.actor.userId),
    );
    if (!isThere) throw new NotFound('registered till');
  }
}
