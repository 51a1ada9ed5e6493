import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';

import type { MultipartRequest } from '../../platform/http/multipart.js';
import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  ApplyRelease,
  ChangeListQuery,
  ChangePage,
  RejectListQuery,
  RejectPage,
  ReleaseListQuery,
  ReleasePage,
  ReleaseReportView,
  ReleaseStarted,
  RevertRelease,
  SourceList,
} from './imports.schemas.js';
import { ImportsService } from './imports.service.js';
import type { RejectedRow, Release, ReleaseChange, ReleaseReport } from './imports.types.js';
import { ReleasesService } from './releases.service.js';
import { SourceRegistry } from './source-registry.js';
import { UploadsService } from './uploads.service.js';

/** Catalogue releases: preview, apply, revert. Long work goes on in the background; its release tells how far it is. */
@ApiTags('imports')
@Controller('reference/imports')
@RequirePermission('ManageDrugCatalog')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly uploads: UploadsService,
    private readonly releases: ReleasesService,
    private readonly sources: SourceRegistry,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: ReleasePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReleaseListQuery }) query: z.output<typeof ReleaseListQuery>,
  ): Promise<Page<Release>> {
    return this.releases.findPage(ctx, query);
  }

  @Get('sources')
  @ApiOkResponse({ standardSchema: SourceList })
  async listSources(): Promise<z.output<typeof SourceList>> {
    return { data: await this.sources.list() };
  }

  /** Reads files and compares them with the catalogue; the release is staged then, to be applied or dropped. */
  @Post()
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['source', 'files'],
      properties: {
        source: { type: 'string', description: 'Name of a source, or csv with a mapping' },
        mapping: { type: 'string', description: 'Mapping of delimited text, JSON' },
        discontinueMany: { type: 'string', enum: ['true', 'false'] },
        files: { type: 'array', items: { type: 'string', format: 'binary' } },
      },
    },
  })
  @ApiAcceptedResponse({ standardSchema: ReleaseStarted })
  async preview(
    @Ctx() ctx: RequestContext,
    @Req() request: MultipartRequest,
  ): Promise<z.output<typeof ReleaseStarted>> {
    return { releaseId: await this.uploads.preview(ctx, request) };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: ReleaseReportView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<ReleaseReport> {
    return this.releases.report(ctx, id);
  }

  @Get(':id/rejects')
  @ApiOkResponse({ standardSchema: RejectPage })
  rejects(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: RejectListQuery }) query: z.output<typeof RejectListQuery>,
  ): Promise<Page<RejectedRow>> {
    return this.releases.rejects(ctx, id, query);
  }

  @Get(':id/changes')
  @ApiOkResponse({ standardSchema: ChangePage })
  changes(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ChangeListQuery }) query: z.output<typeof ChangeListQuery>,
  ): Promise<Page<ReleaseChange>> {
    return this.releases.changes(ctx, id, query);
  }

  @Post(':id/apply')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: ReleaseStarted })
  async apply(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ApplyRelease }) input: z.output<typeof ApplyRelease>,
  ): Promise<z.output<typeof ReleaseStarted>> {
    return { releaseId: await this.imports.startApply(ctx, id, input) };
  }

  @Post(':id/revert')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: ReleaseStarted })
  async revert(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: RevertRelease }) input: z.output<typeof RevertRelease>,
  ): Promise<z.output<typeof ReleaseStarted>> {
    return { releaseId: await this.imports.startRevert(ctx, id, input) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  drop(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.imports.drop(ctx, id);
  }
}
