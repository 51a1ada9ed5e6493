import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import type { MultipartRequest } from '../../platform/http/multipart.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ImportsService } from './imports.service.js';
import { SourceRegistry } from './source-registry.js';
import { mappingOf, receiveUpload, removeForgottenUploads } from './upload.js';

/** Imports of files that come over HTTP. */
@Injectable()
export class UploadsService implements OnApplicationBootstrap {
  constructor(
    private readonly imports: ImportsService,
    private readonly sources: SourceRegistry,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await removeForgottenUploads();
  }

  /** Takes the files in, and begins to read and compare them; answers the release. They are removed when that has ended. */
  async preview(ctx: RequestContext, request: MultipartRequest): Promise<number> {
    const upload = await receiveUpload(request);
    try {
      const { files, fields } = upload;
      const source = await this.sources.find(fields.get('source') ?? '', mappingOf(upload));
      const discontinueMany = fields.get('discontinueMany') === 'true';
      return await this.imports.startPreview(
        ctx,
        { source, files, apply: false, discontinueMany },
        upload.remove,
      );
    } catch (error) {
      await upload.remove();
      throw error;
    }
  }
}
