import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { databaseFailure } from '../../platform/errors/database-errors.js';
import { Forbidden, NotFound, TemporarilyUnavailable } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AuthorisationsRepository } from './authorisations.repository.js';
import { ClaimSharesService } from './claim-shares.service.js';
import {
  assertClaimCommand,
  isUnsettled,
  type ClaimCommand,
  type ClaimStatus,
} from './claim-status.domain.js';
import { ClaimsRepository, type LockedFill } from './claims.repository.js';
import type {
  ClaimDetail,
  ClaimPage,
  ClaimQuery,
  FillClaims,
  PayClaim,
  ResubmitClaim,
} from './claims.schemas.js';
import { leftToPatient, nextStep, type ClaimInLine, type NextStep } from './coordination.domain.js';
import { CoverageRepository } from './coverage.repository.js';
import {
  ClaimNotPayable,
  ClaimOrder,
  ClaimSold,
  FillNotClaimable,
  LIMIT_USED_UP,
  NoCover,
} from './insurance.errors.js';
import { PAYER_PORT, type PayerPort } from './payer-port.types.js';

/** An answer that no longer fits what the period leaves is asked for again, so often at most. */
const MAX_ASKS = 10;

/** A claim and its fill under their locks. */
interface Case {
  readonly fill: LockedFill;
  readonly claim: ClaimInLine;
  readonly line: readonly ClaimInLine[];
}

/**
 * Claims. A claim is written as submitted, the payer asked outside of any transaction, his answer kept in the next one; whatever
 * breaks in between leaves it submitted, to be asked again by the same number.
 */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly claims: ClaimsRepository,
    private readonly coverage: CoverageRepository,
    private readonly authorisations: AuthorisationsRepository,
    private readonly shares: ClaimSharesService,
    @Inject(PAYER_PORT) private readonly payer: PayerPort,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof ClaimQuery>): Promise<z.output<typeof ClaimPage>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.claims.findPage(tx, ctx.branchId, query);
      const counts = await this.claims.countByStatus(tx, ctx.branchId);
      return { data, meta: { total, page: query.page, limit: query.limit }, counts };
    });
  }

  /** A claim with its history. Throws NotFound. */
  get(ctx: RequestContext, claimId: number): Promise<z.output<typeof ClaimDetail>> {
    return this.uow.read(ctx, async (tx) => {
      const claim = await this.claims.findOne(tx, ctx.branchId, claimId);
      if (!claim) throw new NotFound('claim');
      const events = await this.claims.events(tx, claimId);
      return {
        ...claim,
        events: events.map((event) => ({ ...event, occurredAt: event.occurredAt.toISOString() })),
      };
    });
  }

  /**
   * Asks every payer of a fill that was not asked yet, in order, each for what the ones before left; stops at one that refuses.
   * Throws NoCover, FillNotClaimable, ClaimOrder, PayerUnavailable.
   */
  async submit(ctx: RequestContext, fillId: number): Promise<z.output<typeof FillClaims>> {
    await this.uow.run(ctx, async (tx) => {
      const fill = await this.lockFill(tx, ctx, fillId);
      if (fill.wasSold) throw new FillNotClaimable('sold');
      if (!isStanding(fill)) throw new FillNotClaimable('taken_back');
      if (Money.of(fill.price).isZero()) throw new FillNotClaimable('no_price');
      const step = await this.step(tx, ctx, fill);
      if (step.do === 'reverse-later') throw new ClaimOrder();
      return { fillId };
    });
    return this.settle(ctx, fillId);
  }

  /** Asks the payer of a submitted claim again, and those behind it. Throws NotFound, InvalidTransition, PayerUnavailable. */
  async adjudicate(ctx: RequestContext, claimId: number): Promise<z.output<typeof FillClaims>> {
    const { fillId } = await this.uow.run(ctx, async (tx) => {
      const { fill } = await this.open(tx, ctx, claimId, 'adjudicate');
      return { fillId: fill.fillId };
    });
    return this.settle(ctx, fillId);
  }

  /** Notes that the payer paid what he was to bear. Throws NotFound, InvalidTransition, ClaimNotPayable. */
  pay(
    ctx: RequestContext,
    claimId: number,
    input: z.output<typeof PayClaim>,
  ): Promise<z.output<typeof FillClaims>> {
    return this.uow.run(ctx, async (tx) => {
      const { fill } = await this.open(tx, ctx, claimId, 'pay');
      if (fill.status !== 'dispensed') throw new ClaimNotPayable();
      await this.claims.pay(tx, claimId, input.paidOn, input.reference ?? null);
      return this.view(tx, ctx, fill.fillId);
    });
  }

  /**
   * Corrects a rejected claim and asks again: the new claim names the one it corrects. Throws NotFound, InvalidTransition, Forbidden
   * (the member number is the patient's record), Duplicate, PayerUnavailable.
   */
  async resubmit(
    ctx: RequestContext,
    claimId: number,
    input: z.output<typeof ResubmitClaim>,
  ): Promise<z.output<typeof FillClaims>> {
    if (input.memberNumber !== undefined && !ctx.actor.permissions.has('WritePatient'))
      throw new Forbidden('The member number is part of the patient’s record, which you may not change.');
    const { fillId } = await this.uow.run(ctx, async (tx) => {
      const { fill, claim, line } = await this.open(tx, ctx, claimId, 'resubmit');
      const { insuranceId } = claim;
      if (fill.wasSold) throw new FillNotClaimable('sold');
      if (input.memberNumber !== undefined)
        await this.claims.correctMember(tx, insuranceId, input.memberNumber);
      if (input.authorisation)
        await this.authorisations.insert(tx, ctx, insuranceId, {
          ...input.authorisation,
          drugId: fill.drugId,
          validFrom: fill.serviceDate,
        });
      await this.claims.close(tx, claimId, 'resubmitted', input.note ?? null);
      const amount = leftToPatient(fill.price, line);
      await this.claims.insert(tx, ctx.branchId, ctx.actor.userId, {
        fillId: fill.fillId,
        insuranceId,
        amount,
        previousClaimId: claimId,
        note: input.note ?? null,
      });
      return { fillId: fill.fillId };
    });
    return this.settle(ctx, fillId);
  }

  /** Leaves to the patient what a payer refused; payers that come later are asked. Throws NotFound, InvalidTransition. */
  async writeOff(ctx: RequestContext, claimId: number, reason: string): Promise<z.output<typeof FillClaims>> {
    const { fillId } = await this.uow.run(ctx, async (tx) => {
      const { fill } = await this.open(tx, ctx, claimId, 'write-off');
      await this.claims.close(tx, claimId, 'written_off', reason);
      return { fillId: fill.fillId };
    });
    return this.settle(ctx, fillId);
  }

  /**
   * Takes a claim back, and those behind it, which were asked for what it left. Once more for a reversed one tells its payer, where he
   * did not answer before. Throws NotFound, InvalidTransition, ClaimSold.
   */
  async reverse(ctx: RequestContext, claimId: number, reason: string): Promise<z.output<typeof FillClaims>> {
    const { fillId } = await this.uow.run(ctx, async (tx) => {
      const found = await this.find(tx, ctx, claimId);
      const { fill, claim } = found;
      if (claim.status === 'reversed' && (await this.claims.toTell(tx, [fill.fillId])).length > 0)
        return { fillId: fill.fillId };
      assertClaimCommand(claim.status, 'reverse');
      if (fill.isSold) throw new ClaimSold();
      await this.claims.reverseFrom(tx, [fill.fillId], claimId, reason);
      return { fillId: fill.fillId };
    });
    await this.shares.tellPayers(ctx, [fillId]);
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, fillId));
  }

  /** Takes every step that needs nobody, each in a transaction of its own, and answers where the fill stands then. */
  private async settle(ctx: RequestContext, fillId: number): Promise<z.output<typeof FillClaims>> {
    const later: RequestContext = { ...ctx, idempotency: undefined };
    for (;;) {
      const step = await this.uow.run(later, async (tx) => {
        const fill = await this.lockFill(tx, later, fillId);
        return fill.wasSold || !isStanding(fill) ? undefined : this.step(tx, later, fill);
      });
      if (step?.do !== 'adjudicate') break;
      await this.ask(later, step.claimId, fillId);
    }
    return this.uow.read(later, (tx) => this.view(tx, later, fillId));
  }

  /** What is next for a fill under its lock; a payer whose turn it is gets his claim. */
  private async step(tx: Tx, ctx: RequestContext, fill: LockedFill): Promise<NextStep> {
    const covers = await this.coverage.coversOf(tx, fill.patientId, fill.serviceDate);
    const line = await this.claims.inLine(tx, fill.fillId);
    if (covers.length === 0 && line.length === 0) throw new NoCover();
    const ids = covers.map((cover) => cover.insuranceId);
    const step = nextStep(fill.price, ids, line);
    if (step.do !== 'ask') return step;
    const { insuranceId, amount } = step;
    const claim = { fillId: fill.fillId, insuranceId, amount };
    return {
      do: 'adjudicate',
      claimId: await this.claims.insert(tx, ctx.branchId, ctx.actor.userId, claim),
    };
  }

  /** Asks a payer outside of any transaction and keeps his answer; asks again where another claim used up the period meanwhile. */
  private async ask(ctx: RequestContext, claimId: number, fillId: number): Promise<void> {
    for (let asked = 0; asked < MAX_ASKS; asked++) {
      const claim = await this.uow.read(ctx, async (tx) => {
        const found = await this.claims.toAdjudicate(tx, claimId);
        const medicine = found && (await this.coverage.medicine(tx, found.drugId));
        return medicine && { ...found, medicine };
      });
      if (!claim) return;
      const answer = await this.payer.adjudicate(ctx, claim);
      try {
        const status = await this.uow.run(ctx, async (tx): Promise<ClaimStatus> => {
          await this.lockFill(tx, ctx, fillId);
          await this.claims.answer(tx, claimId, answer);
          return (await this.claims.statusOf(tx, claimId)).status;
        });
        // Taken back while the payer was being asked: he may have heard of the reversal before the claim.
        if (status === 'reversed') await this.payer.reverse(ctx, claim.claimNumber);
        return;
      } catch (error) {
        if (databaseFailure(error)?.code !== LIMIT_USED_UP) throw error;
      }
    }
    throw new TemporarilyUnavailable('Other claims on the same cover keep being answered. Ask again.');
  }

  private async lockFill(tx: Tx, ctx: RequestContext, fillId: number): Promise<LockedFill> {
    const fill = await this.claims.lockFill(tx, ctx.branchId, fillId);
    if (!fill) throw new NotFound('fill');
    return fill;
  }

  private async find(tx: Tx, ctx: RequestContext, claimId: number): Promise<Case> {
    const fillId = await this.claims.fillOf(tx, ctx.branchId, claimId);
    if (fillId === undefined) throw new NotFound('claim');
    const fill = await this.lockFill(tx, ctx, fillId);
    const line = await this.claims.inLine(tx, fillId);
    const claim = line.find((one) => one.claimId === claimId);
    if (!claim) throw new NotFound('claim');
    return { fill, claim, line };
  }

  private async open(tx: Tx, ctx: RequestContext, claimId: number, command: ClaimCommand): Promise<Case> {
    const found = await this.find(tx, ctx, claimId);
    assertClaimCommand(found.claim.status, command);
    return found;
  }

  private async view(tx: Tx, ctx: RequestContext, fillId: number): Promise<z.output<typeof FillClaims>> {
    const [[shares], claims] = await Promise.all([
      this.shares.shares(tx, ctx.branchId, [fillId]),
      this.claims.ofFill(tx, ctx.branchId, fillId),
    ]);
    if (!shares) throw new NotFound('fill');
    const { price, patientShare } = shares;
    return { fillId, price, patientShare, isSettled: !claims.some((one) => isUnsettled(one.status)), claims };
  }
}

const isStanding = (fill: LockedFill): boolean =>
  fill.status !== 'reversed' && fill.status !== 'returned_to_stock';
