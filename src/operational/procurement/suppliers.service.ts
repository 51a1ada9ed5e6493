import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Supplier } from './supplier.entity.js';
import { SuppliersRepository } from './suppliers.repository.js';
import type { CreateSupplier, SupplierQuery, UpdateSupplier } from './suppliers.schemas.js';

/** Whom the pharmacy buys from. */
@Injectable()
export class SuppliersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly suppliers: SuppliersRepository,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof SupplierQuery>): Promise<Page<Supplier>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.suppliers.findPage(tx, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  get(ctx: RequestContext, supplierId: number): Promise<Supplier> {
    return this.uow.read(ctx, async (tx) => {
      const supplier = await this.suppliers.find(tx, supplierId);
      if (!supplier) throw new NotFound('supplier');
      return supplier;
    });
  }

  /** 409 `duplicate` when the name is taken. */
  create(ctx: RequestContext, input: z.output<typeof CreateSupplier>): Promise<Supplier> {
    return this.uow.run(ctx, (tx) => this.suppliers.insert(tx, input));
  }

  /** 409 `stale-version` when somebody else changed it, 409 `duplicate` when the name is taken. */
  update(ctx: RequestContext, supplierId: number, input: z.output<typeof UpdateSupplier>): Promise<Supplier> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const updated = await this.suppliers.update(tx, supplierId, version, values);
      if (updated) return updated;
      if (await this.suppliers.find(tx, supplierId)) throw new StaleVersion('supplier');
      throw new NotFound('supplier');
    });
  }
}
