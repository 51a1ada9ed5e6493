import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import { CountNotOpen, LotAmbiguous } from './stock-counts.errors.js';
import { StockCountsRepository } from './stock-counts.repository.js';
import type { EnterCounts } from './stock-counts.schemas.js';
import type { EnteredLine } from './stock-counts.types.js';

type Item = z.output<typeof EnterCounts>['items'][number];

/** A lot as it was read from a pack or typed; an expiry of undefined: it was not said. */
interface NamedLot {
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null | undefined;
  readonly unitCost: string | undefined;
}

/** Takes what was counted: by lot, by the code on a pack, or by what is printed on it. */
@Injectable()
export class CountEntriesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counts: StockCountsRepository,
    private readonly codes: PackCodesService,
  ) {}

  /**
   * Keeps what was counted, all or none, and answers which lines must be counted once more; not what was expected. A lot that was not to
   * be counted comes in as found; one the book does not know is made, set aside, with nothing in it until the count is approved. Throws
   * NotFound, CountNotOpen, LotInOpenCount, LotAmbiguous, RuleViolation, and what the reading of codes throws.
   */
  enter(
    ctx: RequestContext,
    countId: number,
    input: z.output<typeof EnterCounts>,
  ): Promise<{ lines: EnteredLine[] }> {
    return this.uow.run(ctx, async (tx) => {
      const status = await this.counts.lock(tx, ctx.branchId, countId);
      if (status === undefined) throw new NotFound('count');
      if (status !== 'counting') throw new CountNotOpen();
      const counted = new Map<number, Quantity>();
      for (const [index, item] of input.items.entries()) {
        const line = await this.lineOf(tx, ctx, countId, item, index);
        // Packs of one lot may be scanned one by one: what one call says of a line adds up.
        counted.set(line, (counted.get(line) ?? Quantity.zero).plus(Quantity.of(item.counted)));
      }
      const entries = [...counted].map(([countLineId, sum]) => ({ countLineId, counted: sum.toString() }));
      return { lines: await this.counts.insertEntries(tx, ctx.branchId, countId, entries, ctx.actor.userId) };
    });
  }

  private async lineOf(
    tx: Tx,
    ctx: RequestContext,
    countId: number,
    item: Item,
    index: number,
  ): Promise<number> {
    if ('lotId' in item) {
      const lot = await this.counts.findLineOfLot(tx, ctx.branchId, countId, item.lotId);
      if (!lot) throw new NotFound('lot');
      return lot.countLineId ?? this.counts.insertFoundLine(tx, ctx.branchId, countId, lot.lotId);
    }
    const named = await this.named(tx, item, index);
    const lots = await this.counts.findNamedLots(tx, ctx.branchId, countId, named);
    const known = lots.some((lot) => lot.countLineId !== null)
      ? lots.filter((lot) => lot.countLineId !== null)
      : lots;
    if (known.length > 1) throw new LotAmbiguous(known.map((lot) => lot.lotId));
    const lotId = known[0]?.lotId ?? (await this.makeLot(tx, ctx, countId, named, index));
    return known[0]?.countLineId ?? this.counts.insertFoundLine(tx, ctx.branchId, countId, lotId);
  }

  private async named(tx: Tx, item: Exclude<Item, { lotId: number }>, index: number): Promise<NamedLot> {
    if (!('code' in item)) return { ...item, expiryDate: item.expiryDate, unitCost: item.unitCost };
    const pack = await this.codes.read(tx, item.code);
    if (pack.drugId === null) throw new NotFound('product with this code');
    const lotNumber = pack.lotNumber ?? item.lotNumber;
    if (lotNumber === undefined)
      throw missing(index, 'lotNumber', 'the code does not say the lot: read it from the pack');
    return {
      drugId: pack.drugId,
      lotNumber,
      expiryDate: pack.expiryDate ?? item.expiryDate,
      unitCost: item.unitCost,
    };
  }

  private async makeLot(
    tx: Tx,
    ctx: RequestContext,
    countId: number,
    { drugId, lotNumber, expiryDate, unitCost }: NamedLot,
    index: number,
  ): Promise<number> {
    if (expiryDate === undefined)
      throw missing(
        index,
        'expiryDate',
        'this lot is not in the book: read its expiry from the pack, null where none is printed',
      );
    const cost = unitCost ?? (await this.counts.lastCost(tx, ctx.branchId, drugId));
    if (cost === undefined)
      throw missing(index, 'unitCost', 'this product was never here: say what a base unit cost');
    return this.counts.insertFoundLot(tx, ctx.branchId, countId, {
      drugId,
      lotNumber,
      expiryDate,
      unitCost: cost,
    });
  }
}

const missing = (index: number, field: string, detail: string): RuleViolation =>
  new RuleViolation('A lot that was counted is not known well enough.', {}, [
    { pointer: `/items/${index}/${field}`, detail },
  ]);
