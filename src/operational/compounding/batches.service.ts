import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Permission } from '../../platform/security/permissions.js';
import { PreparationsService } from '../../reference/drugs/preparations.service.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { FillingService } from '../prescriptions/filling.service.js';
import { PackProof } from '../prescriptions/pack-proof.service.js';
import { assertReasoned } from '../screening/override.types.js';
import { assertBatchCommand, type BatchCommand } from './batch-status.domain.js';
import { BatchesRepository, type LockedBatch } from './batches.repository.js';
import type {
  BatchQuery,
  BatchReleased,
  BatchSummary,
  BatchView,
  DiscardBatch,
  ItemScanned,
  ReleaseBatch,
  ScanItem,
  StartBatch,
  WeighItem,
} from './batches.schemas.js';
import {
  BatchFillRequired,
  BatchNotWeighed,
  BeyondUseRefused,
  CheckerRequired,
  FormulaOutdated,
  WeighingOutOfTolerance,
} from './compounding.errors.js';
import { beyondUseDate, costOf, isWithinTolerance, scaled, yieldPrice } from './compounding.domain.js';
import { FormulasRepository } from './formulas.repository.js';
import { ruleOf } from './price-rule.domain.js';
import { printWorksheet } from './worksheet.domain.js';

type BatchItem = BatchView['items'][number];

/** Batches: begun, weighed, made by one and released by another, or discarded. */
@Injectable()
export class BatchesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly formulas: FormulasRepository,
    private readonly preparations: PreparationsService,
    private readonly branches: BranchesService,
    private readonly inventory: InventoryService,
    private readonly witnesses: WitnessService,
    private readonly filling: FillingService,
    private readonly packs: PackProof,
    private readonly nearMisses: NearMissesService,
  ) {}

  /** A page, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof BatchQuery>): Promise<Page<BatchSummary>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.batches.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** One batch. Throws NotFound. */
  findOne(ctx: RequestContext, batchId: number): Promise<BatchView> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, batchId));
  }

  /** The worksheet as a page to print. Throws NotFound. */
  worksheet(ctx: RequestContext, batchId: number, lang: 'en' | 'ar'): Promise<string> {
    return this.uow.read(ctx, async (tx) =>
      printWorksheet(await this.get(tx, ctx, batchId), await this.branches.settings(tx, ctx.branchId), lang),
    );
  }

  /**
   * Begins a batch: its ingredients are kept, first expiry first, all or none. Throws NotFound, FormulaOutdated, InsufficientStock,
   * NotForPrescription, RuleViolation for a quantity too small to be weighed.
   */
  start(ctx: RequestContext, input: StartBatch): Promise<BatchView> {
    return this.uow.run(ctx, async (tx) => {
      const formula = await this.formulas.findOne(tx, input.formulaId);
      if (!formula) throw new NotFound('formula');
      const outdated = formula.items.filter(({ isCurrent }) => !isCurrent).map(({ drugId }) => drugId);
      if (formula.status !== 'active' || outdated.length > 0)
        throw new FormulaOutdated({ status: formula.status, drugIds: outdated });
      const wanted = Quantity.of(input.quantity);
      const needed = formula.items.map(({ drugId, quantity }) => ({
        drugId,
        quantity: scaled(Quantity.of(quantity), wanted, Quantity.of(formula.yieldQuantity)),
      }));
      const tooSmall = needed.find(({ quantity }) => !quantity.isPositive());
      if (tooSmall)
        throw new RuleViolation('So little of an ingredient cannot be weighed.', { drugId: tooSmall.drugId });
      const { branchId } = ctx;
      const begun = { ...input, formulaVersion: formula.version };
      const batchId = await this.batches.insert(tx, branchId, begun, ctx.actor.userId);
      const got = await this.batches.insertItems(
        tx,
        branchId,
        batchId,
        needed.map(({ drugId, quantity }) => ({ drugId, quantity: quantity.toString() })),
      );
      for (const [index, { drugId, quantity }] of needed.entries()) {
        const available = got
          .filter(({ position }) => position === index + 1)
          .reduce((sum, pick) => sum.plus(Quantity.of(pick.quantity)), Quantity.zero);
        this.inventory.assertEnough(drugId, quantity, available);
      }
      return this.get(tx, ctx, batchId);
    });
  }

  /** Whether the pack in hand is the one to weigh from; nothing is kept. Throws NotFound, InvalidTransition, ScanMismatch, ScanIncomplete. */
  scan(ctx: RequestContext, batchId: number, input: ScanItem): Promise<ItemScanned> {
    return this.nearMisses.keeping(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        await this.open(tx, ctx, batchId, 'weigh');
        const item = await this.itemOf(tx, ctx, batchId, input.batchItemId);
        await this.provePack(tx, ctx, item, input);
        return { batchItemId: item.batchItemId, lotNumber: item.lotNumber };
      }),
    );
  }

  /**
   * Proves the pack of an item and keeps what was weighed of it; again, where it is weighed again. Throws NotFound, InvalidTransition,
   * ScanMismatch (kept as a near miss), ScanIncomplete, WeighingOutOfTolerance, LotNotDispensable, InsufficientStock.
   */
  weigh(ctx: RequestContext, batchId: number, input: WeighItem): Promise<BatchView> {
    const { bypass } = input;
    if (bypass) {
      assertMay(ctx, 'BypassScan');
      assertReasoned(bypass.note, '/bypass/note');
    }
    return this.nearMisses.keeping(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        const batch = await this.open(tx, ctx, batchId, 'weigh');
        const item = await this.itemOf(tx, ctx, batchId, input.batchItemId);
        if (input.code !== undefined) await this.provePack(tx, ctx, item, { ...input, code: input.code });
        const planned = Quantity.of(item.quantityPlanned);
        if (!isWithinTolerance(planned, Quantity.of(input.quantity), batch.tolerancePercent))
          throw new WeighingOutOfTolerance({
            planned: item.quantityPlanned,
            weighed: input.quantity,
            tolerancePercent: batch.tolerancePercent,
          });
        await this.batches.weigh(tx, input, ctx.actor.userId);
        return this.get(tx, ctx, batchId);
      }),
    );
  }

  /** It is made: from here on nothing goes back. Throws NotFound, InvalidTransition, BatchNotWeighed, BeyondUseRefused. */
  make(ctx: RequestContext, batchId: number, asked: string | undefined): Promise<BatchView> {
    return this.uow.run(ctx, async (tx) => {
      const batch = await this.open(tx, ctx, batchId, 'make');
      const { items } = await this.get(tx, ctx, batchId);
      const unweighed = items.filter(({ quantityUsed }) => quantityUsed === null);
      if (unweighed.length > 0)
        throw new BatchNotWeighed({ items: unweighed.map(({ batchItemId }) => batchItemId) });
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const latest = beyondUseDate(
        today,
        batch.beyondUseDays,
        items.map(({ expiryDate }) => expiryDate),
      );
      const last = asked ?? latest;
      if (last > latest || last < today) throw new BeyondUseRefused({ latest, beyondUseDate: last });
      await this.batches.make(tx, batchId, ctx.actor.userId, last);
      return this.get(tx, ctx, batchId);
    });
  }

  /**
   * Checked and released: the ingredients leave their lots and the preparation comes, in one transaction; with `fill` also the fill of
   * its prescription. Throws NotFound, InvalidTransition, CheckerRequired, LotNotDispensable, BeyondUseRefused, BatchFillRequired, and
   * what a fill is refused with.
   */
  release(ctx: RequestContext, batchId: number, { fill }: ReleaseBatch): Promise<BatchReleased> {
    if (fill) assertMay(ctx, 'DispensePrescription');
    return this.filling.keepingRefusals(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        const batch = await this.open(tx, ctx, batchId, 'release');
        const { needsSecondPerson } = await this.get(tx, ctx, batchId);
        if (needsSecondPerson && batch.madeById === ctx.actor.userId) throw new CheckerRequired();
        const input = this.fillOf(batch, fill);
        await this.price(tx, ctx, batch);
        const makeLot = () => this.batches.release(tx, batchId, ctx.actor.userId);
        const filled =
          input && batch.prescriptionId !== null
            ? await this.filling.fillFromLot(tx, ctx, batch.prescriptionId, input, makeLot)
            : null;
        if (!filled) await makeLot();
        return { batch: await this.get(tx, ctx, batchId), fill: filled };
      }),
    );
  }

  /**
   * Given up before it was released: what was not weighed, or goes back unmixed, is free again; the rest is written off, controlled
   * ingredients before a second person. Throws NotFound, InvalidTransition, WitnessRequired, WitnessRefused.
   */
  discard(ctx: RequestContext, batchId: number, input: DiscardBatch): Promise<BatchView> {
    return this.uow.run(ctx, async (tx) => {
      const { status } = await this.open(tx, ctx, batchId, 'discard');
      if (input.weighedBack && status !== 'in_preparation')
        throw new RuleViolation('The batch is made: nothing of it goes back.', { status });
      const needed = await this.batches.needWitness(tx, ctx.branchId, batchId, input.weighedBack);
      const witnessId = input.witness && (await this.witnesses.use(tx, ctx, input.witness));
      if (!witnessId) this.witnesses.assertNoneNeeded(needed);
      await this.batches.discard(tx, batchId, input, ctx.actor.userId, witnessId || undefined);
      return this.get(tx, ctx, batchId);
    });
  }

  private async itemOf(
    tx: Tx,
    ctx: RequestContext,
    batchId: number,
    batchItemId: number,
  ): Promise<BatchItem> {
    const { items } = await this.get(tx, ctx, batchId);
    const item = items.find((one) => one.batchItemId === batchItemId);
    if (!item) throw new NotFound('item of this batch');
    return item;
  }

  private async provePack(
    tx: Tx,
    ctx: RequestContext,
    item: BatchItem,
    scan: Omit<ScanItem, 'batchItemId'>,
  ): Promise<void> {
    const { today } = await this.branches.settings(tx, ctx.branchId);
    const fill = { fillId: 0, isNew: true, drugId: item.drugId, drugName: item.drugName };
    await this.packs.prove(tx, { fill, lots: [item], stage: 'other' }, scan, { needsLot: true, today });
  }

  /** The fill that goes with the release: the product of the batch, all of it. */
  private fillOf(batch: LockedBatch, fill: ReleaseBatch['fill']): ReleaseBatch['fill'] {
    const { prescriptionId, quantity, drugId } = batch;
    if (prescriptionId === null) {
      if (fill) throw new RuleViolation('The batch was not made for a prescription.');
      return undefined;
    }
    if (
      !fill ||
      (fill.drugId ?? drugId) !== drugId ||
      (fill.quantity !== undefined && Quantity.of(fill.quantity).compare(Quantity.of(quantity)) !== 0)
    )
      throw new BatchFillRequired({ prescriptionId, drugId, quantity });
    return { ...fill, drugId, quantity };
  }

  /** Where the price follows the cost it is that of the last batch released. */
  private async price(tx: Tx, ctx: RequestContext, batch: LockedBatch): Promise<void> {
    const rule = ruleOf(batch);
    if (rule.kind === 'fixed') return;
    const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    const cost = costOf(await this.batches.costs(tx, batch.batchId));
    const made = { cost, quantity: Quantity.of(batch.quantity) };
    const price = yieldPrice(rule, made, Quantity.of(batch.yieldQuantity), currencyDecimals).toString();
    await this.uow.asAdmin(tx, () => this.preparations.setPrice(tx, ctx, batch.drugId, price));
  }

  private async open(
    tx: Tx,
    ctx: RequestContext,
    batchId: number,
    command: BatchCommand,
  ): Promise<LockedBatch> {
    const batch = await this.batches.lock(tx, ctx.branchId, batchId);
    if (!batch) throw new NotFound('batch');
    assertBatchCommand(batch.status, command);
    return batch;
  }

  private async get(tx: Tx, ctx: RequestContext, batchId: number): Promise<BatchView> {
    const found = await this.batches.findOne(tx, ctx.branchId, batchId);
    if (!found) throw new NotFound('batch');
    return found;
  }
}

function assertMay(ctx: RequestContext, permission: Permission): void {
  if (!ctx.actor.permissions.has(permission))
    throw new Forbidden(`This needs the permission ${permission}.`, { missing: [permission] });
}
