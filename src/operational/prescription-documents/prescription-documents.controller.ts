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
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import type { MultipartRequest } from '../../platform/http/multipart.js';
import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { MEDIA_TYPES, type MediaType } from './document-content.domain.js';
import type { ShownDocument } from './prescription-documents.repository.js';
import {
  DocumentPage,
  DocumentQuery,
  DocumentView,
  WithdrawDocument,
} from './prescription-documents.schemas.js';
import { PrescriptionDocumentsService } from './prescription-documents.service.js';

const FILE_FORM = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'JPEG, PNG, WebP or PDF, 10 MiB at the most' },
    },
  },
};

const ENDING: Readonly<Record<MediaType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/**
 * A file of a stranger is shown as nothing but what it was judged to be, runs nothing and loads nothing. A PDF is shown in a frame of
 * our own page, and without `sandbox`: browsers show no PDF under it, and their viewer lets no script out (ADR 26).
 */
const contentPolicy = (mediaType: MediaType): string =>
  mediaType === 'application/pdf'
    ? "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    : "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The papers prescriptions were written on. */
@ApiTags('prescriptions')
@Controller()
export class PrescriptionDocumentsController {
  constructor(private readonly documents: PrescriptionDocumentsService) {}

  @Post('prescription-documents')
  @RequirePermission('WritePrescription')
  @ApiConsumes('multipart/form-data')
  @ApiBody(FILE_FORM)
  @ApiCreatedResponse({ standardSchema: DocumentView })
  upload(@Ctx() ctx: RequestContext, @Req() request: MultipartRequest): Promise<ShownDocument> {
    return this.documents.upload(ctx, request, null);
  }

  @Get('prescription-documents')
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: DocumentPage })
  listUnclaimed(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DocumentQuery }) query: z.output<typeof DocumentQuery>,
  ): Promise<Page<ShownDocument>> {
    return this.documents.findUnclaimed(ctx, query);
  }

  @Delete('prescription-documents/:id')
  @HttpCode(204)
  @RequirePermission('WritePrescription')
  @ApiNoContentResponse()
  discard(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.documents.discard(ctx, id);
  }

  @Get('prescription-documents/:id/content')
  @RequirePermission('ReadPrescription', 'IdentifyPatients')
  @ApiProduces(...MEDIA_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { document, bytes } = await this.documents.content(ctx, id);
    const { documentId, mediaType, byteSize } = document;
    reply.header('content-security-policy', contentPolicy(mediaType));
    reply.header('x-frame-options', mediaType === 'application/pdf' ? 'SAMEORIGIN' : 'DENY');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('cache-control', 'private, no-store');
    return new StreamableFile(bytes, {
      type: mediaType,
      length: byteSize,
      disposition: `inline; filename="paper-${documentId}.${ENDING[mediaType]}"`,
    });
  }

  @Post('prescription-documents/:id/withdraw')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: DocumentView })
  withdraw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: WithdrawDocument }) { reason }: z.output<typeof WithdrawDocument>,
  ): Promise<ShownDocument> {
    return this.documents.withdraw(ctx, id, reason);
  }

  @Post('prescriptions/:id/documents')
  @RequirePermission('WritePrescription')
  @ApiConsumes('multipart/form-data')
  @ApiBody(FILE_FORM)
  @ApiCreatedResponse({ standardSchema: DocumentView })
  add(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Req() request: MultipartRequest,
  ): Promise<ShownDocument> {
    return this.documents.upload(ctx, request, id);
  }

  @Get('prescriptions/:id/documents')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: DocumentPage })
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: DocumentQuery }) query: z.output<typeof DocumentQuery>,
  ): Promise<Page<ShownDocument>> {
    return this.documents.findOfPrescription(ctx, id, query);
  }
}
