import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound, type DomainError } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { StockLookup } from '../../reference/drugs/drugs.types.js';
import { InsufficientStock, LotNotDispensable, StockDocumentMismatch } from './inventory.errors.js';
import type { IssueLine, LotPick, ReturnLine } from './inventory.types.js';
import { StockRepository, type Restocking } from './stock.repository.js';
import { takeBack } from './take-back.domain.js';

/**
 * Moves stock for the other slices, in their transaction. Every quantity is in base units; every change is a row of
 * the ledger, and the database refuses what would leave a lot negative, whatever is believed here.
 */
@Injectable()
export class InventoryService implements StockLookup {
  constructor(private readonly stock: StockRepository) {}

  /**
   * Takes stock first expiry first, all lines or none; answers the lots of each line in the order of the lines.
   * A shortage becomes 409 `insufficient-stock` (SQLSTATE MD001, mapped in inventory.errors.ts) and ends the transaction.
   */
  async issue(
    tx: Tx,
    branchId: number,
    type: 'dispense' | 'sale',
    lines: readonly IssueLine[],
  ): Promise<LotPick[][]> {
    const picks: LotPick[][] = lines.map(() => []);
    if (lines.length === 0) return picks;
    for (const { lineNo, ...pick } of await this.stock.issue(tx, branchId, type, lines))
      picks[lineNo - 1]?.push(pick);
    return picks;
  }

  /**
   * Which lots give the quantities, first expiry first, in the order of the lines; locks them and moves nothing. Throws InsufficientStock
   * where there is less, unless part of it will do.
   */
  async plan(
    tx: Tx,
    branchId: number,
    lines: readonly { readonly drugId: number; readonly quantity: string }[],
    isPartOk: boolean,
  ): Promise<LotPick[][]> {
    const picks: LotPick[][] = lines.map(() => []);
    if (lines.length === 0) return picks;
    for (const { lineNo, ...pick } of await this.stock.planLines(tx, branchId, lines))
      picks[lineNo - 1]?.push(pick);
    for (const [index, { drugId, quantity }] of lines.entries()) {
      const available = (picks[index] ?? []).reduce(
        (sum, pick) => sum.plus(Quantity.of(pick.quantity)),
        Quantity.zero,
      );
      const requested = Quantity.of(quantity);
      if (!isPartOk && available.compare(requested) < 0)
        throw new InsufficientStock({
          drugId,
          requested: requested.toString(),
          available: available.toString(),
        });
    }
    return picks;
  }

  /** Keeps stock for a fill, first expiry first; throws InsufficientStock when there is less than `quantity`. */
  async reserve(
    tx: Tx,
    branchId: number,
    drugId: number,
    quantity: string,
    fillId: number,
  ): Promise<LotPick[]> {
    const picks = await this.stock.planFefo(tx, branchId, drugId, quantity);
    const available = picks.reduce((sum, pick) => sum.plus(Quantity.of(pick.quantity)), Quantity.zero);
    const requested = Quantity.of(quantity);
    this.assertEnough(drugId, requested, available);
    await this.stock.insertReservations(tx, branchId, fillId, picks);
    return picks;
  }

  /** Throws InsufficientStock where there is less than is asked for. */
  assertEnough(drugId: number, requested: Quantity, available: Quantity): void {
    if (available.compare(requested) < 0)
      throw new InsufficientStock({
        drugId,
        requested: requested.toString(),
        available: available.toString(),
      });
  }

  /**
   * A refusal for want of stock with the lots that recalls set aside here and the recalls, since whoever looks at the shelf sees them lie there;
   * the refusal itself where there are none.
   */
  async namingRecalls(tx: Tx, branchId: number, refusal: DomainError): Promise<DomainError> {
    const { drugId } = refusal.params;
    if (!(refusal instanceof InsufficientStock) || typeof drugId !== 'number') return refusal;
    const lots = await this.stock.findRecalled(tx, branchId, drugId);
    if (lots.length === 0) return refusal;
    return new InsufficientStock({
      ...refusal.params,
      reason: 'recalled',
      recallIds: [...new Set(lots.map(({ recallId }) => recallId))],
      lotNumbers: [...new Set(lots.map(({ lotNumber }) => lotNumber))],
    });
  }

  /**
   * Keeps a quantity of one lot for a fill instead of what was kept for it. Throws NotFound where the lot is not of the product,
   * LotNotDispensable, InsufficientStock when the lot alone has less.
   */
  async reserveLot(
    tx: Tx,
    branchId: number,
    fillId: number,
    wanted: { readonly lotId: number; readonly drugId: number; readonly quantity: string },
  ): Promise<LotPick> {
    await this.stock.lockReservedLots(tx, fillId, wanted.lotId);
    await this.stock.closeReservations(tx, fillId, 'released');
    const lot = await this.stock.findFree(tx, branchId, wanted.lotId);
    if (lot?.drugId !== wanted.drugId) throw new NotFound('lot');
    if (!lot.isDispensable) throw new LotNotDispensable();
    const { lotId, drugId, quantity } = wanted;
    if (Quantity.of(lot.free).compare(Quantity.of(quantity)) < 0)
      throw new InsufficientStock({ drugId, requested: quantity, available: lot.free });
    const pick = { lotId, lotNumber: lot.lotNumber, expiryDate: lot.expiryDate, quantity };
    await this.stock.insertReservations(tx, branchId, fillId, [pick]);
    return pick;
  }

  /** Frees what a fill had reserved; nothing happens when it has nothing reserved. */
  async releaseReservations(tx: Tx, fillId: number): Promise<void> {
    await this.stock.lockReservedLots(tx, fillId);
    await this.stock.closeReservations(tx, fillId, 'released');
  }

  /**
   * Turns what a fill had reserved into dispense movements and answers the lots. A lot that was quarantined, recalled
   * or expired meanwhile refuses with 409 `lot-not-dispensable`.
   */
  async consumeReservations(tx: Tx, branchId: number, fillId: number): Promise<LotPick[]> {
    await this.stock.lockReservedLots(tx, fillId);
    // First the reservation, then the movement: a lot may never hold less than is reserved on it.
    const picks = await this.stock.closeReservations(tx, fillId, 'consumed');
    if (picks.length > 0) await this.stock.insertDispenseMovements(tx, branchId, fillId, picks);
    return picks;
  }

  /**
   * Brings returned goods back: to the lots they came from, the last one first, or into a quarantined lot of the same
   * number, expiry and cost. Throws StockDocumentMismatch when a line never took that much.
   */
  async returnStock(tx: Tx, branchId: number, lines: readonly ReturnLine[]): Promise<void> {
    const issued = await this.stock.findIssued(
      tx,
      branchId,
      lines.flatMap((line) => (line.originalFillId === undefined ? [line.originalSaleItemId] : [])),
      lines.flatMap((line) => line.originalFillId ?? []),
    );
    const back = lines.map((line) => {
      const given = issued.filter((row) =>
        line.originalFillId === undefined
          ? row.saleItemId === line.originalSaleItemId
          : row.fillId === line.originalFillId,
      );
      const lots = takeBack(given, line.returnedBefore, line.quantity);
      if (!lots) throw new StockDocumentMismatch();
      return { line, lots };
    });
    const aside = await this.stock.quarantineLotsOf(
      tx,
      branchId,
      [...new Set(back.filter(({ line }) => line.disposition === 'quarantine').flatMap(lotIdsOf))].sort(
        (a, b) => a - b,
      ),
    );
    const rows: Restocking[] = back.flatMap(({ line, lots }) =>
      lots.map(({ lotId, quantity }) => ({
        lotId: line.disposition === 'quarantine' ? (aside.get(lotId) ?? lotId) : lotId,
        quantity,
        saleItemId: line.saleItemId,
      })),
    );
    await this.stock.lockLots(
      tx,
      branchId,
      rows.map((row) => row.lotId),
    );
    await this.stock.insertReturnMovements(tx, branchId, rows);
  }

  onHand(tx: Tx, branchId: number, drugIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    return this.stock.findOnHand(tx, branchId, drugIds);
  }

  drugIdsInStock(tx: Tx, branchId: number): Promise<readonly number[]> {
    return this.stock.findDrugsInStock(tx, branchId);
  }
}

const lotIdsOf = ({ lots }: { lots: readonly { lotId: number }[] }): number[] => lots.map((lot) => lot.lotId);
