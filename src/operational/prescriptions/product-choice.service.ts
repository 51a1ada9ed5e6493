import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import { ProductComparisonService } from '../../reference/drugs/product-comparison.service.js';
import { DrugNotDispensable } from './prescription-refusals.domain.js';
import type { EarlierProduct, LockedPrescription } from './prescriptions.repository.js';
import type { FillPrescription } from './prescriptions.schemas.js';
import { owedPart } from './refill.domain.js';
import { decideSubstitution, type Substitution } from './substitution.domain.js';

/** What is given: the product, under which code, and why where it is not the one prescribed. */
export interface Product {
  readonly drug: SellableDrug;
  readonly dawCode: number;
  readonly substitution: Substitution | undefined;
}

/** Chooses what a fill gives. */
@Injectable()
export class ProductChoice {
  constructor(
    private readonly drugs: DrugsService,
    private readonly comparison: ProductComparisonService,
  ) {}

  /**
   * The product to be given: the one asked for, or of an owed rest that of the part before, or the one prescribed.
   * Throws NotFound, DrugNotDispensable, SubstitutionRefused.
   */
  async choose(
    tx: Tx,
    ctx: RequestContext,
    rx: LockedPrescription,
    fills: readonly EarlierProduct[],
    input: z.output<typeof FillPrescription>,
  ): Promise<Product> {
    const before =
      input.drugId === undefined ? owedPart({ quantity: Quantity.of(rx.quantity), fills }) : undefined;
    const drugId = input.drugId ?? before?.drugId ?? rx.drugId;
    const asked = input.substitution && { ...input.substitution, note: input.substitution.note ?? null };
    const substitution = asked ?? before?.substitution;
    const drug = (await this.drugs.sellable(tx, [drugId])).get(drugId);
    if (!drug) throw new NotFound('drug');
    const dawCode = decideSubstitution({
      prescribedDrugId: rx.drugId,
      dawCode: rx.dawCode,
      drugId,
      daw: input.daw,
      substitution,
      contents: drugId === rx.drugId ? 'same' : await this.comparison.contents(tx, rx.drugId, drugId),
      // What a pharmacist chose for the part before stands for the rest.
      mayVerify: ctx.actor.permissions.has('VerifyPrescription') || before?.substitution !== undefined,
    });
    if (drug.status !== 'active') throw new DrugNotDispensable(drug.status);
    return { drug, dawCode, substitution };
  }
}
