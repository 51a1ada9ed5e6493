import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { ExchangeRatesRepository, type ExchangeRate } from './exchange-rates.repository.js';
import type { RateQuery, SetExchangeRates } from './exchange-rates.schemas.js';

interface RatesOfDay {
  readonly date: string;
  readonly data: ExchangeRate[];
}

/** Rates of the day, for showing prices in another currency. Nothing is paid or posted in it. */
@Injectable()
export class ExchangeRatesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rates: ExchangeRatesRepository,
    private readonly branches: BranchesService,
  ) {}

  /** The rates of a day, today unless it is said otherwise; none where none were entered for it. */
  find(ctx: RequestContext, query: z.output<typeof RateQuery>): Promise<RatesOfDay> {
    return this.uow.read(ctx, (tx) => this.of(tx, ctx, query.date));
  }

  /** Writes down the rates of a day in place of what there was. 422 `rule-violation` for the currency of the branch itself. */
  set(ctx: RequestContext, input: z.output<typeof SetExchangeRates>): Promise<RatesOfDay> {
    return this.uow.run(ctx, async (tx) => {
      const { today, currency } = await this.branches.settings(tx, ctx.branchId);
      const own = input.rates.findIndex((rate) => rate.currency === currency);
      if (own >= 0)
        throw new RuleViolation('Prices are in this currency as it is.', {}, [
          { pointer: `/rates/${own}/currency`, detail: 'must not be the currency of the branch' },
        ]);
      await this.rates.replace(tx, ctx.branchId, input.date ?? today, input.rates);
      return this.of(tx, ctx, input.date);
    });
  }

  private async of(tx: Tx, ctx: RequestContext, asked: string | undefined): Promise<RatesOfDay> {
    const date = asked ?? (await this.branches.settings(tx, ctx.branchId)).today;
    return { date, data: await this.rates.find(tx, ctx.branchId, date) };
  }
}
