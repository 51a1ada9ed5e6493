import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import type { Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import { PrintTags, TagPage, TagQuery, type TagRow } from './price-tags.schemas.js';
import { PriceTagsService } from './price-tags.service.js';

@ApiTags('price tags')
@Controller('price-tags')
@RequirePermission('ReadInventory')
export class PriceTagsController {
  constructor(private readonly tags: PriceTagsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: TagPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TagQuery }) query: z.output<typeof TagQuery>,
  ): Promise<Page<TagRow>> {
    return this.tags.findPage(ctx, query);
  }

  /** Changes nothing: a POST since the list of tags is too long for an address. */
  @Post('print')
  @WorksWhenFull()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'Price tags as a printable page.' })
  print(
    @Ctx() ctx: RequestContext,
    @Body({ schema: PrintTags }) input: z.output<typeof PrintTags>,
  ): Promise<string> {
    return this.tags.html(ctx, input);
  }
}
