import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RuleViolation } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { CodingService } from '../../../reference/coding/coding.service.js';
import { DrugsService } from '../../../reference/drugs/drugs.service.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { PrescriptionsService } from '../../prescriptions/prescriptions.service.js';
import { medicineCodes, namesOf } from '../reading/fhir-codes.domain.js';
import { FhirReadService } from '../rest/fhir-read.service.js';
import { withIssues } from './detected-issues.domain.js';
import { isBaseUnit, readOrder, type ReadOrder } from './medication-order.domain.js';
import type { MedicationOrder } from './medication-order.schemas.js';

/** Entering prescriptions that come as a MedicationRequest: the prescription desk's own command decides. */
@Injectable()
export class FhirOrdersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly coding: CodingService,
    private readonly drugs: DrugsService,
    private readonly branches: BranchesService,
    private readonly prescriptions: PrescriptionsService,
    private readonly records: FhirReadService,
  ) {}

  /**
   * Enters the prescription and answers it as FHIR, with what screening found inside. Throws what entering a prescription
   * throws, InvalidRequest for what is missing, RuleViolation where the medicine is not one product of the catalogue or
   * the quantity is in another unit than the product's.
   */
  async create(
    ctx: RequestContext,
    order: MedicationOrder,
    base: string,
  ): Promise<{ id: number; resource: object }> {
    const read = readOrder(order, base);
    const { drugId, today } = await this.uow.read(ctx, async (tx) => {
      const settings = await this.branches.settings(tx, ctx.branchId);
      const found = read.drugId ?? (await this.identify(tx, order));
      const drug = (await this.drugs.sellable(tx, [found])).get(found);
      if (drug && !isBaseUnit(read.quantityUnit, drug.baseUnit))
        throw new RuleViolation(
          `The quantity must be in the base unit of the product: ${drug.baseUnit}.`,
          {},
          [{ pointer: '/dispenseRequest/quantity/unit', detail: `must be ${drug.baseUnit}` }],
        );
      return { drugId: found, today: settings.today };
    });
    const made = await this.prescriptions.createWithValidation(ctx, inputOf(read, drugId, today));
    // The Idempotency-Key belongs to the command; reading what it made is another transaction.
    const { idempotency: _, ...reading } = ctx;
    const resource = await this.records.read(reading, 'MedicationRequest', String(made.prescriptionId));
    return { id: made.prescriptionId, resource: withIssues(resource, made.alerts, made.notChecked) };
  }

  private async identify(
    tx: Parameters<CodingService['identify']>[0],
    order: MedicationOrder,
  ): Promise<number> {
    const concept = order.medicationCodeableConcept;
    const [known] = await this.coding.identify(tx, [
      { codes: medicineCodes(concept), names: namesOf(concept) },
    ]);
    if (known?.kind === 'product') return known.drugId;
    throw new RuleViolation('The medicine is not one product of this catalogue.', {}, [
      {
        pointer: '/medicationCodeableConcept',
        detail: 'must have a code of a product, or be a reference to a Medication of this server',
      },
    ]);
  }
}

const inputOf = (
  { quantityUnit: _, ...read }: ReadOrder,
  drugId: number,
  today: string,
): Parameters<PrescriptionsService['createWithValidation']>[1] => ({
  ...read,
  drugId,
  prescribedDate: read.prescribedDate ?? today,
});
