import { DeadStockList } from './dead-stock-list';
import { LostSales } from './lost-sales';
import { Rebalancing } from './rebalancing';
import { useView } from './replenishment-tabs';
import { ToBuy } from './to-buy';

const PARTS = { buy: ToBuy, rebalance: Rebalancing, dead: DeadStockList, lost: LostSales } as const;

/** What to buy, what to send to another branch, what does not go, and what was not there. */
export function ReplenishmentScreen() {
  const Part = PARTS[useView()];
  return <Part />;
}
