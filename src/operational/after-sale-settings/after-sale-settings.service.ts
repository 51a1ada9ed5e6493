import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AfterSaleSettingsRepository } from './after-sale-settings.repository.js';
import type { UpdateAfterSaleSettings } from './after-sale-settings.schemas.js';
import type { AfterSaleSettings } from './after-sale-settings.types.js';

/** What a branch has where nobody set anything; the database says the same. */
const DEFAULTS: AfterSaleSettings = {
  heldBasketHours: 24,
  quotationDays: 7,
  quotationKeepsPrices: true,
  creditNoteDays: null,
  eInvoice: 'none',
  taxNumber: null,
  version: 0,
};

/** Settings of what happens around a sale, by branch. */
@Injectable()
export class AfterSaleSettingsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly settings: AfterSaleSettingsRepository,
  ) {}

  async of(tx: Tx, branchId: number): Promise<AfterSaleSettings> {
    return (await this.settings.find(tx, branchId)) ?? DEFAULTS;
  }

  read(ctx: RequestContext): Promise<AfterSaleSettings> {
    return this.uow.read(ctx, (tx) => this.of(tx, ctx.branchId));
  }

  /** Throws StaleVersion. */
  update(ctx: RequestContext, input: z.output<typeof UpdateAfterSaleSettings>): Promise<AfterSaleSettings> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.settings.save(tx, ctx.branchId, input))) throw new StaleVersion('setting');
      return this.of(tx, ctx.branchId);
    });
  }
}
