import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { OwedFillsService } from '../owed-fills/owed-fills.service.js';
import type { OwedFill } from '../owed-fills/owed-fills.types.js';
import { PackIntakeService } from '../serials/pack-intake.service.js';
import type { PackTaken } from '../serials/serials.types.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { DestructionsRepository } from './destructions.repository.js';
import { LotExpired } from './inventory.errors.js';
import type { ReceiveGoods } from './inventory.schemas.js';
import {
  ReceivingRepository,
  type DeliverySource,
  type PostedLine,
  type ReceivedLine,
} from './receiving.repository.js';

/** A delivery as taken in. */
export interface GoodsReceipt {
  readonly goodsReceiptId: number;
  readonly receivedAt: Date;
  readonly items: readonly PostedLine[];
  /** Packs that were scanned, as they stand now: those whose serial was seen before are set aside. */
  readonly packs: readonly PackTaken[];
}

/** A delivery, and how many rests owed to patients the stock completes now; which ones, for who may read prescriptions. */
export interface DeliveryTaken extends GoodsReceipt {
  readonly owedCompletable: number;
  readonly owedFills: OwedFill[];
}

/** Takes deliveries in: receipt, lots and ledger, all lines or none. */
@Injectable()
export class ReceivingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receiving: ReceivingRepository,
    private readonly owed: OwedFillsService,
    private readonly destructions: DestructionsRepository,
    private readonly witnesses: WitnessService,
    private readonly intake: PackIntakeService,
  ) {}

  /**
   * Takes a delivery in; 422 `lot-expired` when a line is past its expiry at the branch, 409 `witness-required` when a line needs a
   * second person and his signature (`witness`) is not sent.
   */
  receive(ctx: RequestContext, input: z.output<typeof ReceiveGoods>): Promise<DeliveryTaken> {
    const lines = input.items.map((item) => ({
      ...item,
      quantity: Quantity.of(item.quantity).toString(),
      expiryDate: item.expiryDate ?? null,
    }));
    return this.uow.run(ctx, async (tx) => {
      const supplierId = input.supplierId ?? null;
      const supplierDocument = input.supplierDocument ?? null;
      const transactionStatement = input.transactionStatement ?? null;
      const from = { supplierId, supplierDocument, transactionStatement };
      const receipt = await this.receiveIn(tx, ctx, lines, from, input.witness);
      return { ...receipt, ...(await this.owedBy(tx, ctx, lines)) };
    });
  }

  /** Rests owed to patients that these products complete now. */
  async owedBy(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly Pick<ReceivedLine, 'drugId'>[],
  ): Promise<Pick<DeliveryTaken, 'owedCompletable' | 'owedFills'>> {
    const drugIds = [...new Set(lines.map((line) => line.drugId))];
    const owed = await this.owed.completedBy(tx, ctx.branchId, drugIds);
    const mayRead = ctx.actor.permissions.has('ReadPrescription');
    return { owedCompletable: owed.length, owedFills: mayRead ? owed : [] };
  }

  /** The same inside a transaction of the caller's; `at` is where the lines stand in the request. */
  async receiveIn(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly ReceivedLine[],
    from: DeliverySource,
    witness?: string,
    at: '/items' | '/lines' = '/items',
  ): Promise<GoodsReceipt> {
    const today = await this.receiving.today(tx, ctx.branchId);
    if (today === undefined) throw new NotFound('branch');
    for (const { drugId, lotNumber, expiryDate } of lines)
      if (expiryDate !== null && expiryDate < today) throw new LotExpired({ drugId, lotNumber, expiryDate });
    const scanned = await this.intake.read(tx, lines, (line) => `${at}/${line}/packs`);
    const witnessId = await this.witnessOf(tx, ctx, lines, witness);
    const receipt = await this.receiving.insertReceipt(tx, ctx.branchId, {
      ...from,
      userId: ctx.actor.userId,
    });
    const lotIds = await this.receiving.lotsFor(tx, ctx.branchId, from.supplierId, lines);
    const items = await this.receiving.insertLines(
      tx,
      ctx.branchId,
      receipt.goodsReceiptId,
      lines,
      lotIds,
      witnessId,
    );
    return { ...receipt, items, packs: await this.intake.enter(tx, ctx, items, scanned) };
  }

  /** Who signs as second person; undefined where nobody must and nobody does. */
  private async witnessOf(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly ReceivedLine[],
    witness: string | undefined,
  ): Promise<number | undefined> {
    if (witness !== undefined) return this.witnesses.use(tx, ctx, witness);
    const drugIds = lines.map((line) => line.drugId);
    const needed = await this.destructions.twoPersonDrugs(tx, ctx.branchId, drugIds);
    this.witnesses.assertNoneNeeded(needed);
    return undefined;
  }
}
