import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound } from '../../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../../platform/http/schemas.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { daysBetween } from '../../../platform/time/local-date.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { ReceivingService } from '../../inventory/receiving.service.js';
import { inBaseUnits } from '../orders/order-figures.domain.js';
import { OrdersRepository } from '../orders/orders.repository.js';
import { OrdersService } from '../orders/orders.service.js';
import { AlreadyReversed, OverBonus, OverReceipt } from '../procurement.errors.js';
import { deliveredCosts, mayStillCome, type DeliveredLine } from './receipt-figures.domain.js';
import { ReceiptsRepository, type OpenLine } from './receipts.repository.js';
import type {
  OrderReceived,
  Receipt,
  ReceiptQuery,
  ReceiptWithItems,
  ReceiveOrder,
  ReverseReceiptItem,
} from './receipts.schemas.js';

type Given = z.output<typeof ReceiveOrder>;

/** Receiving against an order, and the receipts there are. */
@Injectable()
export class OrderReceivingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: OrdersService,
    private readonly ordered: OrdersRepository,
    private readonly receipts: ReceiptsRepository,
    private readonly receiving: ReceivingService,
    private readonly branches: BranchesService,
  ) {}

  /**
   * Takes a delivery in, all lines or none. Throws NotFound, InvalidTransition, OverReceipt, OverBonus, LotExpired, ExpiryRequired,
   * RuleViolation, and the refusals of the second person.
   */
  receive(
    ctx: RequestContext,
    purchaseOrderId: number,
    input: Given,
  ): Promise<z.output<typeof OrderReceived>> {
    return this.uow.run(ctx, async (tx) => {
      const order = await this.orders.open(tx, ctx, purchaseOrderId, 'receive');
      const { currencyDecimals, today } = await this.branches.settings(tx, ctx.branchId);
      const lines = new Map(
        (await this.receipts.orderedSoFar(tx, purchaseOrderId)).map((line) => [
          line.purchaseOrderItemId,
          line,
        ]),
      );
      const delivered = input.lines.map((line, index) => deliveredLine(line, lines, index));
      assertWithinTolerance(delivered, lines);
      assertFreeGoods(delivered, lines, ctx.actor.permissions.has('ApprovePurchaseOrder'));
      const costs = deliveredCosts(lines, delivered, input.landedCost, currencyDecimals);
      const posted = delivered.map(({ paid, bonus, of }, index) => ({
        drugId: of.drugId,
        lotNumber: input.lines[index]?.lotNumber ?? '',
        expiryDate: input.lines[index]?.expiryDate ?? null,
        quantity: paid.plus(bonus).toString(),
        unitCost: costs[index]?.unitCost ?? '0',
        ordered: {
          purchaseOrderItemId: of.purchaseOrderItemId,
          bonus: bonus.toString(),
          bonusReason: input.lines[index]?.bonusReason ?? null,
          netCost: costs[index]?.netCost ?? '0',
          landedCost: costs[index]?.landedCost ?? '0',
        },
        packs: input.lines[index]?.packs ?? [],
      }));
      const from = {
        supplierId: order.supplierId,
        supplierDocument: input.supplierDocument ?? null,
        transactionStatement: input.transactionStatement ?? null,
        purchaseOrderId,
        landedCost: input.lines.length > 0 ? input.landedCost : '0',
      };
      const { goodsReceiptId, items, packs } = await this.receiving.receiveIn(
        tx,
        ctx,
        posted,
        from,
        input.witness,
        '/lines',
      );
      await this.receipts.insertRefusals(tx, ctx.branchId, goodsReceiptId, refusals(input.refused, lines));
      const supplier = await this.ordered.supplier(tx, order.supplierId);
      const least = supplier?.minShelfLifeDays ?? 0;
      const warnings = items.flatMap(({ goodsReceiptItemId, expiryDate }) => {
        const daysToExpiry = expiryDate === null ? Infinity : daysBetween(today, expiryDate);
        return daysToExpiry < least
          ? [{ goodsReceiptItemId, code: 'short-expiry' as const, daysToExpiry }]
          : [];
      });
      const moved = await this.ordered.lock(tx, ctx.branchId, purchaseOrderId);
      return {
        receipt: await this.view(tx, ctx, goodsReceiptId),
        orderStatus: moved?.status ?? order.status,
        warnings,
        packs: [...packs],
        ...(await this.receiving.owedBy(tx, ctx, posted)),
      };
    });
  }

  findPage(ctx: RequestContext, query: z.output<typeof ReceiptQuery>): Promise<Page<Receipt>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, counted] = await this.receipts.findPage(tx, ctx.branchId, query);
      return { data, meta: countedMeta(counted, query.page, query.limit) };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, goodsReceiptId: number): Promise<ReceiptWithItems> {
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, goodsReceiptId));
  }

  /** Takes a line back while nothing of it has left. Throws NotFound, AlreadyReversed, StockHasLeft. */
  reverse(
    ctx: RequestContext,
    goodsReceiptId: number,
    goodsReceiptItemId: number,
    { reason }: z.output<typeof ReverseReceiptItem>,
  ): Promise<ReceiptWithItems> {
    return this.uow.run(ctx, async (tx) => {
      const item = await this.receipts.findItem(tx, ctx.branchId, goodsReceiptId, goodsReceiptItemId);
      if (!item) throw new NotFound('receipt line');
      if (item.isReversed) throw new AlreadyReversed();
      if (item.purchaseOrderId !== null) await this.receipts.lockOrder(tx, item.purchaseOrderId);
      await this.receipts.reverse(tx, ctx.branchId, item, reason);
      return this.view(tx, ctx, goodsReceiptId);
    });
  }

  private async view(tx: Tx, ctx: RequestContext, goodsReceiptId: number): Promise<ReceiptWithItems> {
    const receipt = await this.receipts.find(tx, ctx.branchId, goodsReceiptId);
    if (!receipt) throw new NotFound('receipt');
    return receipt;
  }
}

type Delivered = DeliveredLine & { readonly of: OpenLine; readonly bonusReason: string | undefined };

function deliveredLine(
  line: Given['lines'][number],
  lines: ReadonlyMap<number, OpenLine>,
  index: number,
): Delivered {
  const of = lines.get(line.purchaseOrderItemId);
  if (!of) throw new NotFound('line of this order');
  const unit = line.inBaseUnits ? '1' : of.unitBaseUnits;
  return {
    of,
    purchaseOrderItemId: of.purchaseOrderItemId,
    paid: inBaseUnits(line.quantity, unit, index),
    bonus: inBaseUnits(line.bonus, unit, index),
    bonusReason: line.bonusReason,
  };
}

/** The database refuses it as well; this says which line and how much may come. */
function assertWithinTolerance(delivered: readonly Delivered[], lines: ReadonlyMap<number, OpenLine>): void {
  const sums = new Map<number, Quantity>();
  for (const { purchaseOrderItemId, paid } of delivered)
    sums.set(purchaseOrderItemId, (sums.get(purchaseOrderItemId) ?? Quantity.zero).plus(paid));
  for (const [id, paid] of sums) {
    const line = lines.get(id);
    if (!line) continue;
    const open = mayStillCome(line, line.tolerance);
    if (paid.compare(open) > 0)
      throw new OverReceipt({ lineNo: line.lineNo, open: open.toString(), received: paid.toString() });
  }
}

/** As above for what comes free: beyond what was ordered free somebody who approves orders says why. */
function assertFreeGoods(
  delivered: readonly Delivered[],
  lines: ReadonlyMap<number, OpenLine>,
  mayApprove: boolean,
): void {
  for (const line of lines.values()) {
    const free = delivered.filter(
      ({ purchaseOrderItemId, bonus }) =>
        purchaseOrderItemId === line.purchaseOrderItemId && bonus.isPositive(),
    );
    const sum = free.reduce((all, { bonus }) => all.plus(bonus), Quantity.zero);
    const facts = { quantityOrdered: line.bonusOrdered, quantityReceived: line.bonusReceived };
    const open = mayStillCome(facts, line.tolerance);
    const isSaid = mayApprove && free.every(({ bonusReason }) => bonusReason !== undefined);
    if (sum.compare(open) > 0 && !isSaid)
      throw new OverBonus({ lineNo: line.lineNo, open: open.toString(), received: sum.toString() });
  }
}

function refusals(refused: Given['refused'], lines: ReadonlyMap<number, OpenLine>) {
  return refused.map((line, index) => {
    const { purchaseOrderItemId = null, drugId = 0, quantity, reason, note, lotNumber, expiryDate } = line;
    const rest = { reason, note, lotNumber, expiryDate };
    if (purchaseOrderItemId === null) return { purchaseOrderItemId, drugId, quantity, ...rest };
    const of = lines.get(purchaseOrderItemId);
    if (!of) throw new NotFound('line of this order');
    const units = inBaseUnits(quantity, of.unitBaseUnits, index).toString();
    return { purchaseOrderItemId, drugId: of.drugId, quantity: units, ...rest };
  });
}
