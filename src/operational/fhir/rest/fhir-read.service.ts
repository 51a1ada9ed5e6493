import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { FhirReadRepository, type FoundRow } from './fhir-read.repository.js';
import type { FhirResource, ResourceType } from './fhir-resource.types.js';
import type {
  AllergyRow,
  ConditionRow,
  DrugRow,
  FillRow,
  PatientRow,
  PractitionerRow,
  PrescriptionRow,
  ReportedMedicineRow,
} from './fhir-rows.types.js';
import { toMedication, toMedicationDispense, toMedicationRequest } from './medicines.mapper.domain.js';
import { issue, outcome } from './operation-outcome.domain.js';
import {
  toAllergy,
  toCondition,
  toMedicationStatement,
  toPatient,
  toPractitioner,
} from './people.mapper.domain.js';
import { searchBundle, type FhirBundle } from './search-bundle.domain.js';
import { readSearch, type Search } from './search-query.domain.js';

/** Kinds that say nothing of a patient: reading them leaves no trace. */
const OF_NOBODY: ReadonlySet<ResourceType> = new Set(['Medication', 'Practitioner']);

/** A resource from its row; each kind's statement answers exactly the row its mapper takes. */
const MAPPERS: Readonly<Record<ResourceType, (row: FoundRow) => FhirResource>> = {
  Patient: (row) => toPatient(row as FoundRow & PatientRow),
  Practitioner: (row) => toPractitioner(row as FoundRow & PractitionerRow),
  AllergyIntolerance: (row) => toAllergy(row as FoundRow & AllergyRow),
  Condition: (row) => toCondition(row as FoundRow & ConditionRow),
  Medication: (row) => toMedication(row as FoundRow & DrugRow),
  MedicationRequest: (row) => toMedicationRequest(row as FoundRow & PrescriptionRow),
  MedicationDispense: (row) => toMedicationDispense(row as FoundRow & FillRow),
  MedicationStatement: (row) => toMedicationStatement(row as FoundRow & ReportedMedicineRow),
};

/**
 * FHIR R4 reading and searching of what the branch has on record. Whoever's record an answer shows, that it was read is
 * in the audit trail; another branch's is not found.
 */
@Injectable()
export class FhirReadService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: FhirReadRepository,
  ) {}

  /** One resource; NotFound where there is none of this id at the branch. */
  read(ctx: RequestContext, type: ResourceType, id: string): Promise<FhirResource> {
    return this.reading(ctx, type, async (tx) => {
      const resource = await this.get(tx, ctx, type, id);
      if (type === 'MedicationRequest') await this.records.logPrescriptionRead(tx, ctx.branchId, Number(id));
      return resource;
    });
  }

  /** The same within a transaction of the caller's. */
  async get(tx: Tx, ctx: RequestContext, type: ResourceType, id: string): Promise<FhirResource> {
    const rows = await this.records.find(tx, type, ctx.branchId, byId(id));
    const [row] = rows;
    if (!row) throw new NotFound(type);
    await this.log(tx, ctx, type, rows);
    return MAPPERS[type](row);
  }

  /**
   * A page of what matches the query, with a link to the next. `isStrict` refuses parameters that are not known; else they
   * are passed over and named in an OperationOutcome. Throws InvalidRequest for values that cannot be read.
   */
  search(
    ctx: RequestContext,
    type: ResourceType,
    base: string,
    query: readonly (readonly [name: string, value: string])[],
    isStrict: boolean,
  ): Promise<FhirBundle> {
    const search = readSearch(type, query, isStrict);
    return this.reading(ctx, type, async (tx) => {
      const { branchId } = ctx;
      const isCountOnly = search.count === 0;
      const found = isCountOnly ? [] : await this.records.find(tx, type, branchId, search);
      const rows = found.slice(0, search.count);
      await this.log(tx, ctx, type, rows);
      const hasMore = found.length > rows.length;
      const isWhole = !hasMore && search.cursor === undefined && !isCountOnly;
      const total = isWhole
        ? rows.length
        : search.wantsTotal || isCountOnly
          ? await this.records.count(tx, type, branchId, search)
          : undefined;
      const last = hasMore ? rows.at(-1) : undefined;
      return searchBundle({
        base,
        type,
        search,
        total,
        resources: rows.map((row) => MAPPERS[type](row)),
        next: last ? { value: last.sortValue, id: last.pageId } : undefined,
        notice:
          search.ignored.length === 0
            ? undefined
            : outcome(
                search.ignored.map((name) =>
                  issue(
                    'warning',
                    'not-supported',
                    `The parameter ${name} is not known and was passed over.`,
                  ),
                ),
              ),
      });
    });
  }

  /** What leaves a trace needs a transaction that may write. */
  private reading<T>(ctx: RequestContext, type: ResourceType, work: (tx: Tx) => Promise<T>): Promise<T> {
    return OF_NOBODY.has(type) ? this.uow.read(ctx, work) : this.uow.run(ctx, work);
  }

  private async log(
    tx: Tx,
    ctx: RequestContext,
    type: ResourceType,
    rows: readonly FoundRow[],
  ): Promise<void> {
    if (OF_NOBODY.has(type)) return;
    const ids = rows.flatMap(({ patientId }) => (patientId === undefined ? [] : [patientId]));
    await this.records.logPatientsRead(tx, ctx.branchId, [...new Set(ids)]);
  }
}

const byId = (id: string): Search => ({
  filters: [{ name: '_id', type: 'token', any: [{ system: null, code: id }] }],
  count: 1,
  sort: '_id',
  isDescending: false,
  cursor: undefined,
  wantsTotal: false,
  understood: [],
  ignored: [],
});
