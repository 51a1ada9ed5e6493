import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../platform/http/schemas.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { RedactionsService } from '../audit-seals/redactions.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { ErasureBlocked } from './erasure.errors.js';
import { ErasureRepository, type IdentityRow, type RequestRow, type RuleRow } from './erasure.repository.js';
import type {
  CreateErasureRequest,
  ErasurePreview,
  ErasureRequestQuery,
  UpdateRetentionRule,
} from './erasure.schemas.js';

/** Requests whose rest is erased in one look of the job, each in a transaction of its own. */
const DUE_AT_ONCE = 100;

/**
 * Erasing people on their request: what no rule holds goes at once, the rest on the day after its last. One transaction a person: it is
 * done whole or not at all.
 */
@Injectable()
export class ErasureService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly erasure: ErasureRepository,
    private readonly patients: PatientsService,
    private readonly redactions: RedactionsService,
  ) {}

  /** What would be erased today and what held back, until when and why; that the record was read is recorded. */
  preview(ctx: RequestContext, patientId: number): Promise<z.output<typeof ErasurePreview>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const plan = await this.erasure.plan(tx, patient.patientId);
      const held = new Map<string, z.output<typeof ErasurePreview>['held'][number]>();
      for (const { recordClass, records, heldUntil, legalBasis, source } of plan) {
        if (heldUntil === null || legalBasis === null || source === null) continue;
        const so = held.get(recordClass)?.records ?? 0;
        const kind = recordClass as z.output<typeof ErasurePreview>['held'][number]['recordClass'];
        held.set(recordClass, { recordClass: kind, records: so + records, heldUntil, legalBasis, source });
      }
      return {
        open: await this.erasure.blockers(tx, patient.patientId),
        atOnce: plan
          .filter((row) => row.heldUntil === null)
          .map(({ tableName, records }) => ({ tableName, records })),
        held: [...held.values()],
      };
    });
  }

  /** Writes down that somebody asked. Throws NotFound, PatientMerged, PatientErased, ErasureBlocked. */
  request(
    ctx: RequestContext,
    patientId: number,
    input: z.output<typeof CreateErasureRequest>,
  ): Promise<RequestRow> {
    return this.uow.run(ctx, async (tx) => {
      await this.patients.get(tx, ctx.branchId, patientId);
      const open = await this.erasure.blockers(tx, patientId);
      if (open.length > 0)
        throw new ErasureBlocked(Object.fromEntries(open.map(({ kind, records }) => [kind, records])));
      return this.get(tx, ctx, await this.erasure.insert(tx, ctx.branchId, patientId, input));
    });
  }

  /** Requests of the branch, the last first. */
  findPage(ctx: RequestContext, query: z.output<typeof ErasureRequestQuery>): Promise<Page<RequestRow>> {
    const { page, limit, status } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.erasure.findPage(tx, ctx.branchId, { status, page, limit });
      return { data, meta: countedMeta(total, page, limit) };
    });
  }

  findOne(ctx: RequestContext, requestId: number): Promise<RequestRow> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, requestId));
  }

  /**
   * Carries it out. Throws NotFound, InvalidTransition where it was decided, ErasureBySecond, ErasureBlocked where something was opened
   * since.
   */
  async approve(ctx: RequestContext, requestId: number): Promise<RequestRow> {
    const key = await this.redactions.key();
    return this.uow.run(ctx, async (tx) => {
      const { branchId } = ctx;
      if (!(await this.erasure.lock(tx, branchId, requestId))) throw new NotFound('erasure request');
      const rowHashes = await this.erasure.carryOut(tx, requestId);
      await this.redactions.record(tx, key, { branchId, erasureRequestId: requestId, rowHashes });
      return this.get(tx, ctx, requestId);
    });
  }

  /** Refuses it, or takes it back; the reason is what the person is told. Throws NotFound, InvalidTransition. */
  decide(
    ctx: RequestContext,
    requestId: number,
    status: 'refused' | 'withdrawn',
    reason: string,
  ): Promise<RequestRow> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.erasure.lock(tx, ctx.branchId, requestId))) throw new NotFound('erasure request');
      await this.erasure.decide(tx, requestId, { userId: ctx.actor.userId, status, reason });
      return this.get(tx, ctx, requestId);
    });
  }

  /** Who the erased patient was, as long as something is held; each look is written down. Throws NotFound. */
  identities(ctx: RequestContext, requestId: number, reason: string): Promise<{ data: IdentityRow[] }> {
    return this.uow.run(ctx, async (tx) => {
      await this.get(tx, ctx, requestId);
      return { data: await this.erasure.readIdentities(tx, requestId, reason) };
    });
  }

  /** Erases what was held and is not any more, at all branches; a second time does nothing. Answers how many people it was of. */
  async releaseDue(): Promise<number> {
    const key = await this.redactions.key();
    const branchIds = await this.uow.read(jobContext(), (tx) => this.erasure.branchIds(tx));
    const due = await this.uow.read(jobContext(branchIds), (tx) => this.erasure.findDue(tx, DUE_AT_ONCE));
    for (const { erasureRequestId, branchId } of due)
      await this.uow.run(jobContext([branchId]), async (tx) => {
        const rowHashes = await this.erasure.release(tx, erasureRequestId);
        await this.redactions.record(tx, key, { branchId, erasureRequestId, rowHashes });
      });
    return due.length;
  }

  async rules(ctx: RequestContext): Promise<{ data: RuleRow[] }> {
    return { data: await this.uow.read(ctx, (tx) => this.erasure.rules(tx)) };
  }

  /** Changes a rule of the version given; what is held already keeps its day. Throws StaleVersion. */
  updateRule(
    ctx: RequestContext,
    recordClass: string,
    input: z.output<typeof UpdateRetentionRule>,
  ): Promise<RuleRow> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.erasure.updateRule(tx, recordClass, ctx.actor.userId, input)))
        throw new StaleVersion('retention rule');
      const rule = (await this.erasure.rules(tx)).find((one) => one.recordClass === recordClass);
      if (!rule) throw new NotFound('retention rule');
      return rule;
    });
  }

  private async get(tx: Tx, ctx: RequestContext, requestId: number): Promise<RequestRow> {
    const found = await this.erasure.find(tx, ctx.branchId, requestId);
    if (!found) throw new NotFound('erasure request');
    return found;
  }
}
