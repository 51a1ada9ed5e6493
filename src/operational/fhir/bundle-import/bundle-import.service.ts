import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import { systemContext, type RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { BundleImportRepository } from './bundle-import.repository.js';
import { planBundle, type BundlePlan } from './bundle-plan.js';
import { readBundle } from './bundle-reader.js';
import type { BundleReport, EntryOutcome } from './bundle.types.js';
import { MeasuredImport } from './measured-import.service.js';
import { reportOf } from './outcomes.js';
import { PeopleImport } from './people-import.service.js';
import { keyText } from './person.domain.js';
import { RecordsImport } from './records-import.service.js';
import { keysElsewhere, Subjects } from './subjects.js';

/** What became of a bundle: the report, and each resource by itself. */
export interface ImportedBundle {
  readonly report: BundleReport;
  /** In the order of the entries. */
  readonly outcomes: readonly EntryOutcome[];
  /** Entries there were, those without a resource included. */
  readonly entries: number;
}

/** Imports people from FHIR bundles: all of a bundle in one transaction, or nothing of it. */
@Injectable()
export class BundleImportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly branches: BranchesService,
    private readonly records: BundleImportRepository,
    private readonly people: PeopleImport,
    private readonly clinical: RecordsImport,
    private readonly measured: MeasuredImport,
  ) {}

  /**
   * Imports a bundle at the branch of the context. The same bundle again changes nothing. Throws BundleRefused (422) for
   * one that cannot be kept as a whole; then nothing of it is.
   */
  import(ctx: RequestContext, sent: unknown, source: string | null = null): Promise<ImportedBundle> {
    const bundle = readBundle(sent);
    return this.uow.run(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      await this.records.lockBranch(tx, ctx.branchId);
      const plan = planBundle(bundle, today);
      const placed = await this.people.patients(tx, ctx.branchId, plan.patients);
      const practitioners = await this.people.practitioners(tx, ctx.branchId, plan.practitioners);
      const subjects = await this.subjects(
        tx,
        ctx.branchId,
        plan,
        new Map([...placed].map(([index, { held }]) => [index, held.patientId])),
      );
      const outcomes = [
        ...plan.settled,
        ...[...placed.values()].map(({ outcome }) => outcome),
        ...practitioners,
        ...(await this.clinical.keep(tx, ctx, plan, subjects, today)),
        ...(await this.measured.keep(tx, ctx, plan.observations, subjects, today)),
      ].sort((a, b) => a.index - b.index);
      const patients = [...placed.values()].map(({ held, outcome }) => ({
        patientId: held.patientId,
        outcome: outcome.outcome,
      }));
      const entries = bundle.entries.length + bundle.empty;
      return { report: reportOf(source, bundle, outcomes, patients), outcomes, entries };
    });
  }

  /** The context of an import by the command line: at the branch of the code, or the first there is. */
  async contextAt(code: string | undefined): Promise<{ ctx: RequestContext; branch: string }> {
    const found = await this.uow.read(systemContext(), (tx) => this.records.findBranch(tx, code ?? null));
    if (!found) throw new NotFound(code === undefined ? 'branch' : `branch "${code}"`);
    return { ctx: systemContext([found.branchId]), branch: found.code };
  }

  /** The patients of the bundle, and those on record that something in it is of. */
  private async subjects(
    tx: Tx,
    branchId: number,
    plan: BundlePlan,
    inBundle: ReadonlyMap<number, number>,
  ): Promise<Subjects> {
    const targets = [...plan.allergies, ...plan.conditions, ...plan.medicines, ...plan.observations].map(
      ({ subject }) => subject,
    );
    const keys = keysElsewhere(targets);
    const found = await this.records.findResources(
      tx,
      branchId,
      keys.map((key) => ({ ...key, resourceType: 'Patient' })),
    );
    const onRecord = new Map<string, number | undefined>();
    for (const resource of found) {
      const key = keyText(resource);
      const isAnother = onRecord.has(key) && onRecord.get(key) !== resource.patientId;
      onRecord.set(key, isAnother ? undefined : (resource.patientId ?? undefined));
    }
    const subjects = new Subjects(inBundle, onRecord);
    // Held as the patients of the bundle are: an allergy recorded meanwhile must not be missed by "none known".
    await this.records.lockPatients(tx, branchId, subjects.all, []);
    return subjects;
  }
}
