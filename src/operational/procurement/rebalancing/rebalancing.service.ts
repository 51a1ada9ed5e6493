import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import type { BranchSettings } from '../../auth/branches/branches.types.js';
import { decimalOf } from '../forecast/demand-curve.domain.js';
import { ForecastService, UNKNOWN, type ProductForecast } from '../forecast/forecast.service.js';
import { ReorderRepository, type Product } from '../reorder/reorder.repository.js';
import { safetyFor } from '../reorder/safety-for.domain.js';
import { rebalance, type BranchStock, type Move } from './rebalance.domain.js';
import { RebalancingRepository } from './rebalancing.repository.js';
import type { RebalancingQuery, RebalancingRow } from './rebalancing.schemas.js';

/** A transfer within a town takes two days; a branch keeps and takes a quarter's demand at the most. */
const TERMS = { transitDays: 2, reviewDays: 7, keepDays: 90 };
/** Branches looked through at once, this one and so many others: each is a forecast of all its products. */
const MOST_OTHERS = 9;

const ONE = Quantity.of('1');

/** A product at a branch with all that a move of it is judged and told by. */
interface Held {
  readonly branch: BranchSettings;
  readonly product: Product;
  readonly stock: BranchStock;
}

/** Stock that is better off at another branch. Only branches the user belongs to are looked at: row-level security shows him no other. */
@Injectable()
export class RebalancingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rebalancing: RebalancingRepository,
    private readonly reorder: ReorderRepository,
    private readonly forecasts: ForecastService,
    private readonly branches: BranchesService,
  ) {}

  /** Moves from and to the branch worked at; what is worth most first. */
  findPage(
    ctx: RequestContext,
    { page, limit }: z.output<typeof RebalancingQuery>,
  ): Promise<Page<RebalancingRow>> {
    return this.uow.read(ctx, async (tx) => {
      const others = ctx.actor.branchIds.filter((id) => id !== ctx.branchId).slice(0, MOST_OTHERS);
      const branches: BranchSettings[] = [];
      for (const id of [ctx.branchId, ...others]) branches.push(await this.branches.settings(tx, id));
      const open = branches.filter((branch) => branch.active);
      const rows = (await this.held(tx, open)).flatMap((held) =>
        rebalance(
          held.map(({ stock }) => stock),
          TERMS,
        ).flatMap((move) => rowOf(move, held, ctx.branchId) ?? []),
      );
      rows.sort(
        (a, b) =>
          Money.of(b.value ?? '0').compare(Money.of(a.value ?? '0')) ||
          a.drugId - b.drugId ||
          a.otherBranchId - b.otherBranchId,
      );
      const data = rows.slice((page - 1) * limit, page * limit);
      return { data, meta: { total: rows.length, page, limit } };
    });
  }

  /** Products by what each branch holds and expects of them; only those somebody expects, and somebody holds. */
  private async held(tx: Tx, branches: readonly BranchSettings[]): Promise<Held[][]> {
    const known: { branch: BranchSettings; forecasts: ReadonlyMap<number, ProductForecast> }[] = [];
    for (const branch of branches) known.push({ branch, forecasts: await this.forecasts.all(tx, branch) });
    const stocked = await this.rebalancing.stocked(
      tx,
      branches.map(({ branchId }) => branchId),
    );
    const ids = stocked.filter((id) => known.some(({ forecasts }) => forecasts.has(id)));
    const byDrug = new Map<number, Held[]>();
    for (const { branch, forecasts } of known)
      for (const product of await this.reorder.products(tx, branch, ids)) {
        const { forecast, demand } = forecasts.get(product.drugId) ?? UNKNOWN;
        const { safety } = safetyFor(product, forecast, branch.serviceLevel, TERMS.reviewDays);
        const stock = { ...product, branchId: branch.branchId, demand, safety };
        byDrug.set(product.drugId, [...(byDrug.get(product.drugId) ?? []), { branch, product, stock }]);
      }
    return [...byDrug.values()];
  }
}

function rowOf(move: Move, held: readonly Held[], here: number): RebalancingRow | undefined {
  if (move.fromBranchId !== here && move.toBranchId !== here) return undefined;
  const from = held.find(({ branch }) => branch.branchId === move.fromBranchId);
  const to = held.find(({ branch }) => branch.branchId === move.toBranchId);
  if (!from || !to) return undefined;
  const other = move.fromBranchId === here ? to : from;
  const { drugId, drugName, drugNameAr, baseUnit, packUnits } = from.product;
  const days = from.stock.lots.flatMap((lot) => lot.days ?? []);
  const price = from.product.price ?? to.product.price;
  return {
    ...{ drugId, drugName, drugNameAr, baseUnit, packUnits },
    origin: move.fromBranchId === here ? 'send' : 'request',
    otherBranchId: other.branch.branchId,
    otherBranchName: other.branch.name,
    ...{ reason: move.reason, packs: move.packs, quantity: move.quantity },
    value:
      price === null
        ? null
        : Money.of(price)
            .share(Quantity.of(String(move.packs)), ONE, 2)
            .toString(),
    usageFrom: decimalOf(from.stock.demand.perDay),
    usageTo: decimalOf(to.stock.demand.perDay),
    firstExpiryDays: days.length === 0 ? null : Math.min(...days),
  };
}
