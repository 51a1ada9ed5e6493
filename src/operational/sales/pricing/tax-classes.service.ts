import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { required } from '../required.js';
import { TaxRateInEffect } from './pricing.errors.js';
import { TaxClassesRepository } from './tax-classes.repository.js';
import type {
  CreateTaxClass,
  SetDrugTaxClass,
  SetTaxRate,
  TaxClass,
  TaxClassQuery,
  TaxDefaults,
  TaxedDrug,
  UpdateTaxClass,
} from './tax-classes.schemas.js';

/** Keeps tax classes of the installation, their rates by day, and which products have which. */
@Injectable()
export class TaxClassesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly classes: TaxClassesRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, { page, limit }: z.output<typeof TaxClassQuery>): Promise<Page<TaxClass>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.classes.findPage(tx, ctx.branchId, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  /** Makes a class whose first rate holds from today. Throws Duplicate. */
  create(ctx: RequestContext, input: z.output<typeof CreateTaxClass>): Promise<TaxClass> {
    const { rate, nameAr = null, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const taxClassId = await this.classes.insert(tx, { ...values, nameAr });
      const { today } = await this.branches.settings(tx, ctx.branchId);
      await this.classes.setRate(tx, taxClassId, { validFrom: today, rate }, ctx.actor.userId);
      return this.get(tx, ctx, taxClassId);
    });
  }

  /** Throws NotFound, StaleVersion. */
  update(
    ctx: RequestContext,
    taxClassId: number,
    { version, name, nameAr = null }: z.output<typeof UpdateTaxClass>,
  ): Promise<TaxClass> {
    return this.uow.run(ctx, async (tx) => {
      const isChanged = await this.classes.update(tx, taxClassId, version, { name, nameAr });
      const found = await this.get(tx, ctx, taxClassId);
      if (!isChanged) throw new StaleVersion('tax class');
      return found;
    });
  }

  /** Sets the rate from a later day on. Throws NotFound, TaxRateInEffect where the day has begun. */
  setRate(ctx: RequestContext, taxClassId: number, input: z.output<typeof SetTaxRate>): Promise<TaxClass> {
    return this.uow.run(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      // What was sold today was taxed by the rate of today.
      if (input.validFrom <= today) throw new TaxRateInEffect();
      await this.classes.setRate(tx, taxClassId, input, ctx.actor.userId);
      return this.get(tx, ctx, taxClassId);
    });
  }

  /** What products of the branch without a class of their own have. Throws NotFound. */
  setDefaults(
    ctx: RequestContext,
    input: z.output<typeof TaxDefaults>,
  ): Promise<z.output<typeof TaxDefaults>> {
    return this.uow.run(ctx, async (tx) => {
      await this.classes.setDefaults(tx, ctx.branchId, input);
      return input;
    });
  }

  /** Gives a product a class of its own, or that of its branch again. Throws NotFound. */
  setDrug(
    ctx: RequestContext,
    input: z.output<typeof SetDrugTaxClass>,
  ): Promise<z.output<typeof SetDrugTaxClass>> {
    return this.uow.run(ctx, async (tx) => {
      await this.classes.setDrug(tx, input.drugId, input.taxClassId);
      return input;
    });
  }

  /** Products with a class as their own. */
  findDrugs(
    ctx: RequestContext,
    taxClassId: number,
    { page, limit }: z.output<typeof TaxClassQuery>,
  ): Promise<Page<TaxedDrug>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.classes.findDrugs(tx, taxClassId, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  private async get(tx: Tx, ctx: RequestContext, taxClassId: number): Promise<TaxClass> {
    return required(await this.classes.find(tx, ctx.branchId, taxClassId), 'tax class');
  }
}
