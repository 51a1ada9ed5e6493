import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugWriter } from './drug-writer.service.js';
import { DrugsRepository } from './drugs.repository.js';
import type { Storage } from './drugs.types.js';

/** A compounded preparation as a product. What it contains is written by the database out of its formula. */
export interface Preparation {
  readonly name: string;
  readonly nameAr: string | null;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly baseUnit: string;
  /** Base units its price is of. */
  readonly unitsPerPack: string;
  readonly price: string;
  readonly storage: Storage;
  readonly isHazardous: boolean;
  /** Left as it is where not said. */
  readonly status?: 'active' | 'discontinued';
}

/** Handling flag of products that are hazardous. */
const HAZARDOUS = 'hazardous';

/** Writes compounded preparations into the catalogue. In transactions as pharmacy_admin. */
@Injectable()
export class PreparationsService {
  constructor(
    private readonly writer: DrugWriter,
    private readonly drugs: DrugsRepository,
  ) {}

  /** Adds a preparation, on prescription only, and answers its identity. */
  create(tx: Tx, ctx: RequestContext, preparation: Preparation): Promise<number> {
    return this.writer.create(tx, ctx, { ...valuesOf(preparation), rxOnly: true }, 'compounded');
  }

  /** Writes a preparation anew. Throws NotFound. */
  async update(tx: Tx, ctx: RequestContext, drugId: number, preparation: Preparation): Promise<void> {
    const { version } = await this.lock(tx, drugId);
    await this.writer.update(tx, ctx, drugId, { ...valuesOf(preparation), version });
  }

  /** Sets the price of a pack where it is another. Throws NotFound. */
  async setPrice(tx: Tx, ctx: RequestContext, drugId: number, price: string): Promise<void> {
    const drug = await this.lock(tx, drugId);
    if (Money.of(drug.price).compare(Money.of(price)) === 0) return;
    await this.writer.update(tx, ctx, drugId, { price, version: drug.version });
  }

  private async lock(tx: Tx, drugId: number): Promise<{ version: number; price: string }> {
    const drug = await this.drugs.lock(tx, drugId);
    if (!drug) throw new NotFound('preparation');
    return drug;
  }
}

const valuesOf = ({ isHazardous, ...values }: Preparation) => ({
  ...values,
  handlingFlags: isHazardous ? [HAZARDOUS] : [],
});
