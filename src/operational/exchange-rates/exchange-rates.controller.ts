import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ExchangeRates, RateQuery, SetExchangeRates } from './exchange-rates.schemas.js';
import { ExchangeRatesService } from './exchange-rates.service.js';

@ApiTags('till')
@Controller('exchange-rates')
export class ExchangeRatesController {
  constructor(private readonly rates: ExchangeRatesService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: ExchangeRates })
  find(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RateQuery }) query: z.output<typeof RateQuery>,
  ): Promise<z.output<typeof ExchangeRates>> {
    return this.rates.find(ctx, query);
  }

  @Put()
  @RequirePermission('SuperviseTill')
  @ApiOkResponse({ standardSchema: ExchangeRates })
  set(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetExchangeRates }) input: z.output<typeof SetExchangeRates>,
  ): Promise<z.output<typeof ExchangeRates>> {
    return this.rates.set(ctx, input);
  }
}
