import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { likenessOf } from './patient-duplicates.domain.js';
import {
  differencesOf,
  givenBack,
  standingBefore,
  takenFrom,
  type Particulars,
} from './patient-merge.domain.js';
import { PatientMergesRepository, type MergeRow } from './patient-merges.repository.js';
import type {
  DuplicateList,
  MergePage,
  MergePatient,
  MergeQuery,
  UndoMerge,
} from './patient-merges.schemas.js';
import type { Patient } from './patient.entity.js';
import { MergeStands, MergeUnconfirmed } from './patients.errors.js';
import { PatientsRepository } from './patients.repository.js';
import { PatientsService } from './patients.service.js';

/** Records looked at, and shown, of those that may be of the same person. */
const CANDIDATES = 200;
const SHOWN = 10;

/** Records of one person put together, and taken apart again. */
@Injectable()
export class PatientMergesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly records: PatientsRepository,
    private readonly merges: PatientMergesRepository,
  ) {}

  /**
   * Records of the branch that may be of the same person, the likeliest first, at most ten. Names are compared with slips forgiven, in
   * either script. That the record was read is recorded. Throws NotFound.
   */
  findDuplicates(ctx: RequestContext, patientId: number): Promise<z.output<typeof DuplicateList>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const candidates = await this.merges.findCandidates(tx, ctx.branchId, patient.patientId, CANDIDATES);
      const data = candidates
        .flatMap((candidate) => {
          const likeness = likenessOf(patient, candidate);
          if (!likeness) return [];
          const { score, agree, differ } = likeness;
          const confirm = differencesOf(patient, candidate);
          return [{ patient: candidate, score, agree: [...agree], differ: [...differ], confirm }];
        })
        .sort((a, b) => b.score - a.score || a.patient.patientId - b.patient.patientId)
        .slice(0, SHOWN);
      return { data };
    });
  }

  /**
   * Lets one record take over another of the same person: both numbers answer it from then on. Throws NotFound for a record of
   * another branch too, PatientMerged for one that was taken over already, MergeUnconfirmed.
   */
  merge(ctx: RequestContext, survivorId: number, input: z.output<typeof MergePatient>): Promise<MergeRow> {
    const { mergedId, reason, confirm } = input;
    if (mergedId === survivorId) throw new RuleViolation('A record cannot be merged with itself.');
    const pair = { survivorId, mergedId };
    return this.uow.run(ctx, async (tx) => {
      await this.merges.lock(tx, ctx.branchId, pair);
      const survivor = await this.patients.get(tx, ctx.branchId, survivorId);
      const merged = await this.patients.get(tx, ctx.branchId, mergedId);
      const confirmed = differencesOf(survivor, merged);
      const open = confirmed.filter((difference) => !confirm.includes(difference));
      if (open.length > 0) throw new MergeUnconfirmed(open);
      const taken = takenFrom(survivor, merged);
      const mergeId = await this.merges.insert(tx, ctx.branchId, pair, {
        userId: ctx.actor.userId,
        reason,
        confirmed,
        taken: standingBefore(survivor, taken),
      });
      await this.change(tx, survivor, taken);
      await this.merges.move(tx, ctx.branchId, mergeId, pair);
      return this.get(tx, ctx, mergeId);
    });
  }

  /**
   * Takes two records apart: what came with the merge goes back, what was written since stays. Throws NotFound, MergeStands.
   */
  undo(
    ctx: RequestContext,
    patientId: number,
    mergeId: number,
    { reason }: z.output<typeof UndoMerge>,
  ): Promise<MergeRow> {
    return this.uow.run(ctx, async (tx) => {
      const merge = await this.get(tx, ctx, mergeId);
      if (merge.survivorId !== patientId && merge.mergedId !== patientId) throw new NotFound('merge');
      await this.merges.lock(tx, ctx.branchId, merge);
      const survivor = await this.records.findOne(tx, ctx.branchId, merge.survivorId);
      const merged = await this.records.findOne(tx, ctx.branchId, merge.mergedId);
      if (!survivor || !merged) throw new NotFound('patient');
      if (survivor.mergedInto !== null)
        throw new MergeStands('The surviving record was itself merged since: undo that merge first.');
      const before = await this.merges.takenOf(tx, mergeId);
      if (!(await this.merges.undo(tx, mergeId, { userId: ctx.actor.userId, reason })))
        throw new MergeStands('This merge was undone already.');
      await this.change(tx, survivor, givenBack(survivor, merged, before));
      await this.merges.moveBack(tx, mergeId, merge);
      return this.get(tx, ctx, mergeId);
    });
  }

  /** Merges the person's records took part in, the last first; that his record was read is recorded. */
  findPage(
    ctx: RequestContext,
    patientId: number,
    { cursor, limit }: z.output<typeof MergeQuery>,
  ): Promise<z.output<typeof MergePage>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const data = await this.merges.findPage(tx, patient.patientId, cursor, limit);
      return { data, nextCursor: data.length < limit ? null : (data.at(-1)?.mergeId ?? null) };
    });
  }

  private async change(
    tx: Tx,
    { patientId, version }: { patientId: number; version: number },
    values: Particulars,
  ): Promise<void> {
    if (!(await this.records.update(tx, patientId, version, values as Partial<Patient>)))
      throw new StaleVersion('patient');
  }

  private async get(tx: Tx, ctx: RequestContext, mergeId: number): Promise<MergeRow> {
    const merge = await this.merges.findOne(tx, ctx.branchId, mergeId);
    if (!merge) throw new NotFound('merge');
    return merge;
  }
}
