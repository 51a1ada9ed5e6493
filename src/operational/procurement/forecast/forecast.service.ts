import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { DemandCurve } from './demand-curve.domain.js';
import {
  observe,
  openShares,
  weekdayShares,
  type DemandWeek,
  type Observation,
  type WeekdayShares,
} from './demand.domain.js';
import { forecastDemand, NO_FORECAST, type Forecast } from './forecast.domain.js';
import { ForecastRepository, type BranchDay, type HistoryRow } from './forecast.repository.js';
import { fitSeasons } from './seasonality.domain.js';

/** Days that stock-outs and lost sales are told of: a quarter in whole weeks. */
export const TOLD_DAYS = 91;

/** What is expected of a product at a branch, and what led to it. */
export interface ProductForecast {
  readonly forecast: Forecast;
  readonly demand: DemandCurve;
  /** The oldest first; the last ends yesterday. */
  readonly weeks: readonly DemandWeek[];
  /** The same as rates, as they would have been with stock. */
  readonly observations: readonly Observation[];
  /** Of the last TOLD_DAYS days it was seen in: with stock, and without. */
  readonly daysInStock: number;
  readonly stockOutDays: number;
  /** Base units noted as lost in them. */
  readonly lost: number;
}

/** A product nobody asked for. */
export const UNKNOWN: ProductForecast = {
  ...{ forecast: NO_FORECAST, demand: DemandCurve.of([]), weeks: [], observations: [] },
  ...{ daysInStock: 0, stockOutDays: 0, lost: 0 },
};

/** Expected demand of every product of a branch. Products without any in two years have none. */
@Injectable()
export class ForecastService {
  constructor(private readonly histories: ForecastRepository) {}

  /** By product. All of a branch at once, since products of a class share their season. */
  async all(tx: Tx, branch: BranchDay): Promise<ReadonlyMap<number, ProductForecast>> {
    const sales = await this.histories.weekdaySales(tx, branch);
    const rows = await this.histories.histories(tx, branch);
    const shares = weekdayShares(sales);
    const told = rows.map((row) => {
      const weeks = weeksOf(row, shares);
      return { row, weeks, observations: observe(weeks) };
    });
    const seasons = fitSeasons(told.map(({ row, observations }) => ({ group: row.group, observations })));
    return new Map(
      told.map(({ row, weeks, observations }, at) => {
        const history = { weeks, size: row.size ?? row.packUnits };
        const forecast = forecastDemand(history, seasons[at], observations);
        const demand = DemandCurve.of(forecast.weeks, shares);
        return [row.drugId, { forecast, demand, weeks, observations, ...toldOf(row, weeks) }];
      }),
    );
  }
}

function weeksOf(row: HistoryRow, shares: WeekdayShares): DemandWeek[] {
  const open = openShares(row.firstDay, row.empty, shares);
  const length = Math.max(open.length, ...row.usedAt.map((at) => at + 1), ...row.lostAt.map((at) => at + 1));
  const weeks = Array.from({ length }, (_, at) => ({
    used: 0,
    lost: 0,
    open: open[at - (length - open.length)] ?? 0,
  }));
  const add = (at: readonly number[], values: readonly number[], key: 'used' | 'lost'): void => {
    at.forEach((ago, n) => {
      const week = weeks[length - 1 - ago];
      if (week) week[key] += values[n] ?? 0;
    });
  };
  add(row.usedAt, row.used, 'used');
  add(row.lostAt, row.lost, 'lost');
  return weeks;
}

function toldOf(
  { firstDay, empty }: HistoryRow,
  weeks: readonly DemandWeek[],
): Pick<ProductForecast, 'daysInStock' | 'stockOutDays' | 'lost'> {
  const days = Math.min(firstDay, TOLD_DAYS);
  const stockOutDays = empty.reduce((sum, [from, to]) => sum + Math.max(Math.min(from, days) - to + 1, 0), 0);
  const lost = weeks.slice(-TOLD_DAYS / 7).reduce((sum, week) => sum + week.lost, 0);
  return { daysInStock: days - stockOutDays, stockOutDays, lost };
}
