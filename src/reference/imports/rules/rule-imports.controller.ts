import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { RULE_KINDS, type RuleReleaseChange } from '../../clinical/rule-sets/rule-sets.types.js';
import {
  ApplyRelease,
  RejectListQuery,
  RejectPage,
  ReleaseStarted,
  RevertRelease,
} from '../imports.schemas.js';
import type { RejectedRow, Release, RuleReleaseReport } from '../imports.types.js';
import type { MultipartRequest } from '../../../platform/http/multipart.js';
import {
  RuleChangeListQuery,
  RuleChangePage,
  RuleReleaseListQuery,
  RuleReleasePage,
  RuleReleasePreview,
  RuleReleaseView,
} from './rule-imports.schemas.js';
import { RuleImportsService } from './rule-imports.service.js';
import { RuleRejectsService } from './rule-rejects.service.js';
import { RuleUploadsService } from './rule-uploads.service.js';

/** Releases of clinical rules: preview, apply, revert. Long work goes on in the background; its release tells how far it is. */
@ApiTags('imports')
@Controller('reference/rule-imports')
@RequirePermission('ManageClinicalRules')
export class RuleImportsController {
  constructor(
    private readonly imports: RuleImportsService,
    private readonly uploads: RuleUploadsService,
    private readonly refused: RuleRejectsService,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: RuleReleasePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RuleReleaseListQuery }) query: z.output<typeof RuleReleaseListQuery>,
  ): Promise<Page<Release>> {
    return this.imports.findPage(ctx, query);
  }

  /** Reads a file and compares it with the rules in force; the release is staged then, to be applied or dropped. */
  @Post()
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      properties: {
        source: { type: 'string', description: 'Name of the source, and so of its set of rules' },
        kind: { type: 'string', enum: [...RULE_KINDS] },
        mapping: { type: 'string', description: 'How the file is read, JSON; left out: by its column names' },
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
  @ApiOkResponse({ standardSchema: RuleReleaseView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<RuleReleaseReport> {
    return this.imports.report(ctx, id);
  }

  @Get(':id/rejects')
  @ApiOkResponse({ standardSchema: RejectPage })
  rejects(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: RejectListQuery }) query: z.output<typeof RejectListQuery>,
  ): Promise<Page<RejectedRow>> {
    return this.imports.rejects(ctx, id, query);
  }

  @Get(':id/rejects.csv')
  async rejectsFile(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.refused.csv(ctx, id), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="rejected-${id}.csv"`,
    });
  }

  @Get(':id/changes')
  @ApiOkResponse({ standardSchema: RuleChangePage })
  changes(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: RuleChangeListQuery }) query: z.output<typeof RuleChangeListQuery>,
  ): Promise<Page<RuleReleaseChange>> {
    return this.imports.changes(ctx, id, query);
  }

  /** What the release would have fired in the last twelve months. Nothing is kept. */
  @Post(':id/preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: RuleReleasePreview })
  async firings(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof RuleReleasePreview>> {
    const preview = await this.imports.preview(ctx, id);
    return { preview: preview ? { ...preview, examples: [...preview.examples] } : null };
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
