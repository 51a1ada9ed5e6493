import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { exactAmount } from '../../platform/money/exact-amount.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AccountTendersService } from '../accounts/account-tenders.service.js';
import { LoyaltyService } from '../accounts/loyalty.service.js';
import { ClaimSharesService } from '../insurance/claim-shares.service.js';
import type { ClaimTender } from '../insurance/claims.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import type { Disposition } from '../inventory/inventory.types.js';
import { settleExchange } from './exchange.domain.js';
import {
  checkRefunds,
  leftOf,
  refundOfLine,
  refundToOriginalTenders,
  refundTotal,
  wasPaidInCashAlone,
  type LineRefund,
  type RefundPayment,
  type TenderBalance,
} from './refund.domain.js';
import { ClaimedLineWhole, NoOpenShift, SaleNotReversible } from './sales.errors.js';
import { SalesRepository } from './sales.repository.js';
import type { ReturnSale, VoidSale } from './sales.schemas.js';
import { required } from './required.js';
import type { NewSaleItem, SaleDetail, SaleHeader, SaleLine, SaleType, Till } from './sales.types.js';

/** A line to take back, with where its goods go. */
interface TakenLine {
  readonly line: SaleLine;
  readonly refund: LineRefund;
  readonly disposition: Disposition;
}

/** Something to take back, ready to be posted. */
interface Reversal {
  readonly saleType: Exclude<SaleType, 'sale'>;
  readonly original: SaleHeader;
  readonly shiftId: number;
  readonly businessDate: string;
  readonly reason: string;
  readonly taken: readonly TakenLine[];
  readonly total: Money;
  /** To the customer. */
  readonly payments: readonly RefundPayment[];
  /** Back to payers: their claims are reversed with it. */
  readonly claims: readonly ClaimTender[];
}

/** Takes sales back: by new rows that mirror the old ones, never by changing them. */
@Injectable()
export class ReturnsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly inventory: InventoryService,
    private readonly claims: ClaimSharesService,
    private readonly accounts: AccountTendersService,
    private readonly loyalty: LoyaltyService,
  ) {}

  /**
   * Takes back lines of a sale in the actor's open shift. Goods of a fill go to quarantine and others to the lots they
   * came from, unless told otherwise; money goes to the original tenders, what is owed first, then cash, unless told otherwise; points follow (ADR 39). What payers bear of
   * a fill goes back to them: it is returned whole, and its claims are reversed.
   * Refusals: `no-open-shift`, `returned-more-than-sold`, `sale-not-reversible` (409), `refund-mismatch`, `claimed-line-whole` (422).
   */
  takeBack(ctx: RequestContext, saleId: number, input: z.output<typeof ReturnSale>): Promise<SaleDetail> {
    return this.reversing(ctx, async (tx) => (await this.takeBackIn(tx, ctx, saleId, input)).sale);
  }

  /**
   * The same in the caller's transaction, where what comes back pays for something else: `due` is what that costs the customer. Answers the
   * return and what of it is `exchanged` for that; the rest is given back. The caller tells the payers after it.
   */
  async takeBackIn(
    tx: Tx,
    ctx: RequestContext,
    saleId: number,
    input: z.output<typeof ReturnSale>,
    due = Money.zero,
  ): Promise<{ sale: SaleDetail; exchanged: Money }> {
    const till = required(await this.sales.findTill(tx, ctx.branchId, ctx.actor.userId), 'branch');
    if (till.shiftId === null) throw new NoOpenShift();
    const { original, lines, balances } = await this.open(tx, ctx, saleId);
    const taken = takenOf(input, lines, till.currencyDecimals);
    const chosen = input.payments?.map(({ method, amount }) => ({
      method,
      amount: exactAmount(amount, till.currencyDecimals),
    }));
    const claims = await this.claimsOf(tx, ctx, taken);
    const borne = sumOf(claims);
    const isLast = isLastReturn(lines, taken);
    const inCashAlone = input.refundAs
      ? input.refundAs === 'cash'
      : (chosen?.every(({ method }) => method === 'cash') ?? wasPaidInCashAlone(balances));
    const cashRounding = Money.of(till.cashRounding);
    const exact = worth(taken).minus(borne);
    const { exchanged, paidOut } = due.isZero()
      ? {
          exchanged: Money.zero,
          paidOut: refundTotal(exact, balances, { isLast, inCashAlone, cashRounding }),
        }
      : settleExchange({
          worth: exact,
          left: leftOf(balances),
          isLast,
          due,
          step: inCashAlone ? cashRounding : Money.zero,
        });
    const asked = input.refundAs ? [{ method: input.refundAs, amount: paidOut }] : chosen;
    if (asked) checkRefunds(asked, paidOut, balances);
    const sale = await this.post(tx, ctx, {
      saleType: 'return',
      original,
      shiftId: till.shiftId,
      businessDate: till.businessDate,
      reason: input.reason,
      taken,
      total: exchanged.plus(paidOut).plus(borne),
      payments: [
        { method: 'exchange' as const, amount: exchanged },
        ...(asked ?? refundToOriginalTenders(paidOut, balances)),
      ].filter(({ amount }) => !amount.isZero()),
      claims,
    });
    return { sale, exchanged };
  }

  /** Tells the payers of the fills in a return or void what came back; after its transaction. */
  async tellPayers(ctx: RequestContext, sale: SaleDetail): Promise<void> {
    await this.claims.tellPayers(
      ctx,
      sale.items.flatMap(({ fillId }) => fillId ?? []),
    );
  }

  /**
   * Takes a whole sale back while its shift is open. Refusals: `no-open-shift` (its shift is closed),
   * `sale-not-reversible` (something of it was returned before).
   */
  voidSale(ctx: RequestContext, saleId: number, input: z.output<typeof VoidSale>): Promise<SaleDetail> {
    return this.reversing(ctx, async (tx) => {
      const till: Till = required(await this.sales.findTill(tx, ctx.branchId, ctx.actor.userId), 'branch');
      const { original, shiftStatus, lines, balances } = await this.open(tx, ctx, saleId);
      if (shiftStatus !== 'open') throw new NoOpenShift();
      if (lines.some((line) => !Money.of(line.returnedQuantity).isZero()))
        throw new SaleNotReversible('Something of this sale was taken back before: return the rest instead.');
      const taken = lines.map((line) => ({
        line,
        refund: refundOfLine(line, Quantity.of(line.quantity), till.currencyDecimals),
        disposition: defaultDisposition(line),
      }));
      const claims = await this.claimsOf(tx, ctx, taken);
      const total = Money.of(original.total);
      return this.post(tx, ctx, {
        saleType: 'void',
        original,
        shiftId: original.shiftId,
        businessDate: till.businessDate,
        reason: input.reason,
        taken,
        total,
        payments: refundToOriginalTenders(total.minus(sumOf(claims)), balances),
        claims,
      });
    });
  }

  /** Runs a return or void, then tells the payers of what came back. */
  private async reversing(ctx: RequestContext, work: (tx: Tx) => Promise<SaleDetail>): Promise<SaleDetail> {
    const sale = await this.uow.run(ctx, work);
    await this.tellPayers(ctx, sale);
    return sale;
  }

  /** What payers bear of the lines taken back. Throws ClaimedLineWhole where such a line stays in part. */
  private async claimsOf(tx: Tx, ctx: RequestContext, taken: readonly TakenLine[]): Promise<ClaimTender[]> {
    const claims = await this.claims.tenders(
      tx,
      ctx.branchId,
      taken.flatMap(({ line }) => line.fillId ?? []),
    );
    const whole = new Set(wholeFillsOf(taken));
    for (const { fillId } of claims) {
      const part = taken.find(({ line }) => line.fillId === fillId)?.line;
      if (part && !whole.has(fillId)) throw new ClaimedLineWhole(part.saleItemId);
    }
    return claims;
  }

  private async open(tx: Tx, ctx: RequestContext, saleId: number) {
    await this.sales.queueForSale(tx, saleId);
    const original = required(await this.sales.find(tx, ctx.branchId, saleId), 'sale');
    if (original.saleType !== 'sale')
      throw new SaleNotReversible('A return or void cannot itself be taken back.');
    const lines = await this.sales.findLines(tx, saleId);
    const balances: TenderBalance[] = await this.sales.findBalances(tx, saleId);
    return { original, shiftStatus: original.shiftStatus, lines, balances };
  }

  private async post(tx: Tx, ctx: RequestContext, reversal: Reversal): Promise<SaleDetail> {
    const { original, taken, total } = reversal;
    const subtotal = Money.sum(taken.map(({ refund }) => refund.amount));
    const discount = Money.sum(taken.map(({ refund }) => refund.discount));
    const accountId = await this.accounts.ofSale(tx, original.saleId);
    const posted = await this.sales.insert(tx, ctx.branchId, ctx.actor.userId, {
      saleType: reversal.saleType,
      originalSaleId: original.saleId,
      shiftId: reversal.shiftId,
      patientId: original.patientId,
      businessDate: reversal.businessDate,
      reason: reversal.reason,
      subtotal: subtotal.negated().toString(),
      discountTotal: discount.negated().toString(),
      rounding: worth(taken).minus(total).toString(),
      total: total.negated().toString(),
      accountId,
      items: taken.map(mirrored),
      payments: [
        ...reversal.claims.map(({ claimId, claimNumber, amount }) => ({
          method: 'insurance' as const,
          claimId,
          amount: Money.of(amount).negated().toString(),
          change: '0',
          reference: claimNumber,
        })),
        ...reversal.payments.map(({ method, amount }) => ({
          method,
          claimId: null,
          amount: amount.negated().toString(),
          change: '0',
          reference: null,
        })),
      ],
    });
    if (accountId !== null)
      await this.loyalty.follow(tx, ctx.branchId, {
        saleId: posted.saleId,
        originalSaleId: original.saleId,
        accountId,
        toPoints: toPoints(reversal.payments),
      });
    await this.claims.reverseAll(tx, wholeFillsOf(taken), reversal.reason);
    await this.inventory.returnStock(
      tx,
      ctx.branchId,
      taken.map(({ line, refund, disposition }, index) => ({
        saleItemId: posted.saleItemIds[index] ?? 0,
        drugId: line.drugId,
        quantity: refund.quantity.toString(),
        disposition,
        originalSaleItemId: line.saleItemId,
        originalFillId: line.fillId ?? undefined,
        returnedBefore: line.returnedQuantity,
      })),
    );
    return required(await this.sales.findDetail(tx, ctx.branchId, posted.saleId), 'sale');
  }
}

/** The lines asked for with what goes back of each. */
function takenOf(
  input: z.output<typeof ReturnSale>,
  lines: readonly SaleLine[],
  currencyDecimals: number,
): TakenLine[] {
  return input.items.map((item) => {
    const line = required(
      lines.find((one) => one.saleItemId === item.saleItemId),
      'sale line',
    );
    return {
      line,
      refund: refundOfLine(line, Quantity.of(item.quantity), currencyDecimals),
      disposition: item.disposition ?? defaultDisposition(line),
    };
  });
}
const toPoints = (payments: readonly RefundPayment[]): Money =>
  Money.sum(payments.filter(({ method }) => method === 'points').map(({ amount }) => amount));

/** What a patient had in hands for a prescription does not go back to the shelf unjudged. */
const defaultDisposition = (line: SaleLine): Disposition => (line.fillId === null ? 'restock' : 'quarantine');

const sumOf = (claims: readonly ClaimTender[]): Money =>
  Money.sum(claims.map((claim) => Money.of(claim.amount)));

/** Fills of which nothing is left with the customer after this. */
const wholeFillsOf = (taken: readonly TakenLine[]): number[] =>
  taken.flatMap(({ line, refund }) =>
    line.fillId !== null &&
    Quantity.of(line.returnedQuantity).plus(refund.quantity).compare(Quantity.of(line.quantity)) === 0
      ? [line.fillId]
      : [],
  );

const worth = (taken: readonly TakenLine[]): Money =>
  Money.sum(
    taken.map(({ line, refund }) => {
      const base = refund.amount.minus(refund.discount);
      return line.taxIncluded ? base : base.plus(refund.tax);
    }),
  );

/** Whether nothing of the sale is left with the customer after this return. */
function isLastReturn(lines: readonly SaleLine[], taken: readonly TakenLine[]): boolean {
  return lines.every((line) => {
    const now =
      taken.find((one) => one.line.saleItemId === line.saleItemId)?.refund.quantity ?? Quantity.zero;
    return Quantity.of(line.returnedQuantity).plus(now).compare(Quantity.of(line.quantity)) === 0;
  });
}

/** The line of a return: the old one with a minus, in base units. */
function mirrored({ line, refund, disposition }: TakenLine): NewSaleItem {
  return {
    drugId: line.drugId,
    fillId: line.fillId,
    originalSaleItemId: line.saleItemId,
    description: line.description,
    quantity: refund.quantity.negated().toString(),
    unit: 'unit',
    unitQuantity: refund.quantity.negated().toString(),
    packPrice: line.packPrice,
    amount: refund.amount.negated().toString(),
    discount: refund.discount.negated().toString(),
    tax: {
      taxClassId: line.taxClassId,
      rate: line.taxRate,
      isIncluded: line.taxIncluded,
      amount: refund.tax.negated().toString(),
    },
    disposition,
  };
}
