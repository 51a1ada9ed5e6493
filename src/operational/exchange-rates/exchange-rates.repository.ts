import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** What a unit of another currency is worth on a day. */
export interface ExchangeRate {
  readonly currency: string;
  readonly rate: string;
  readonly decimals: number;
}

const FIND = `
select /* exchangeRates.find */ r.currency, trim_scale(r.rate)::text as rate, r.decimals
from operational.exchange_rates r where r.branch_id = $1 and r.rate_date = $2
order by r.currency`;

const DELETE_OTHERS = `
delete /* exchangeRates.deleteOthers */ from operational.exchange_rates where branch_id = $1 and rate_date = $2 and currency <> all ($3::text[])`;

const UPSERT = `
insert /* exchangeRates.upsert */ into operational.exchange_rates (branch_id, rate_date, currency, rate, decimals)
select $1, $2, x.currency, x.rate, x.decimals from unnest($3::text[], $4::numeric[], $5::smallint[]) as x (currency, rate, decimals)
on conflict (branch_id, currency, rate_date) do update set rate = excluded.rate, decimals = excluded.decimals
where (exchange_rates.rate, exchange_rates.decimals) is distinct from (excluded.rate, excluded.decimals)`;

/** Rates by day: a price is shown by that of its own day or not at all. */
@Injectable()
export class ExchangeRatesRepository {
  async find(tx: Tx, branchId: number, date: string): Promise<ExchangeRate[]> {
    return tx.query<ExchangeRate>(FIND, [branchId, date]);
  }

  async replace(tx: Tx, branchId: number, date: string, rates: readonly ExchangeRate[]): Promise<void> {
    const currencies = rates.map((rate) => rate.currency);
    await tx.execute(DELETE_OTHERS, [branchId, date, currencies]);
    await tx.execute(UPSERT, [
      branchId,
      date,
      currencies,
      rates.map((rate) => rate.rate),
      rates.map((rate) => rate.decimals),
    ]);
  }
}
