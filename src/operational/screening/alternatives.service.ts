import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import { SubstitutesService } from '../../reference/drugs/substitutes.service.js';
import { weigh } from './alternatives.domain.js';
import { AlternativesRepository } from './alternatives.repository.js';
import type { ClinicalAlternatives, ClinicalAlternativesResult } from './alternatives.schemas.js';
import { ScreeningService } from './screening.service.js';

/** Candidates screened at most: contents and routes, not products; the widest purpose has fewer in stock. */
const MOST_SCREENED = 80;
/** More than a pharmacist reads at a stop. */
const MOST_OFFERED = 12;

type Query = z.output<typeof ClinicalAlternatives>;

/** What may be given instead of a product that stops. */
@Injectable()
export class AlternativesService {
  constructor(
    private readonly screenings: ScreeningService,
    private readonly clinical: ClinicalService,
    private readonly substitutes: SubstitutesService,
    private readonly repository: AlternativesRepository,
  ) {}

  /**
   * Products for the same purpose that raise no stop for this very person with the other medicines: all screened by one reading of
   * the rules. The dose is not carried over, for another product is dosed differently. Look-alikes never stop and are left out.
   * Throws NotFound (patient, product, prescription), UnknownClinicalSubject, Forbidden like a clinical check.
   */
  find(ctx: RequestContext, query: Query): Promise<ClinicalAlternativesResult> {
    const { insteadOf, prescriptionId, otcOnly = false } = query;
    return this.screenings.asking(ctx, query, { exceptPrescriptionId: prescriptionId }, async (tx, facts) => {
      if (prescriptionId !== undefined && query.patientId !== undefined) {
        const of = { patientId: query.patientId, branchId: ctx.branchId, drugId: insteadOf };
        if (!(await this.repository.isFor(tx, prescriptionId, of))) throw new NotFound('prescription');
      }
      const others = facts.proposed.filter(({ drugId }) => drugId !== insteadOf);
      const days = facts.proposed.find(({ drugId }) => drugId === insteadOf)?.days;
      const found = await this.substitutes.near(tx, ctx, insteadOf, { otcOnly, limit: MOST_SCREENED });
      const known = new Set([...others, ...facts.current].map(({ drugId }) => drugId));
      const candidates = found.products.filter(({ drugId }) => !known.has(drugId));
      const [without, ...withEach] = await this.clinical.screenEach(tx, facts, [
        others,
        ...candidates.map(({ drugId }) => [...others, days === undefined ? { drugId } : { drugId, days }]),
      ]);
      if (!without) throw new Error('nothing was screened');
      const { offered, stopping, unjudged } = weigh(candidates, without, withEach);
      const shown = offered.slice(0, MOST_OFFERED);
      return {
        data: shown.map(({ product, alerts, notChecked }) => {
          const { ingredientIds: _ids, isInStock: _stock, ingredients, ...rest } = product;
          return {
            ...rest,
            ingredients: [...ingredients],
            alerts: [...alerts] as ClinicalAlternativesResult['data'][number]['alerts'],
            notChecked: [...notChecked] as ClinicalAlternativesResult['data'][number]['notChecked'],
          };
        }),
        meta: {
          screened: candidates.length,
          stopping,
          unjudged,
          isComplete: !found.isMore && shown.length === offered.length,
          classIsKnown: found.classIsKnown,
        },
      };
    });
  }
}
