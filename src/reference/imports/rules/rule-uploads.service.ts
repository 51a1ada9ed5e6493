import { Injectable } from '@nestjs/common';

import type { MultipartRequest } from '../../../platform/http/multipart.js';
import { InvalidRequest } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { mappingOf, receiveUpload } from '../upload.js';
import { ruleMappingFor } from './rule-file.js';
import { RuleImportsService } from './rule-imports.service.js';

/** Imports of rules that come over HTTP. */
@Injectable()
export class RuleUploadsService {
  constructor(private readonly imports: RuleImportsService) {}

  /** Takes a file in, and begins to read and compare it; answers the release. It is removed when that has ended. */
  async preview(ctx: RequestContext, request: MultipartRequest): Promise<number> {
    const upload = await receiveUpload(request);
    try {
      const { files, fields } = upload;
      const [file] = files;
      if (file === undefined || files.length > 1)
        throw new InvalidRequest('An import of rules takes one file.');
      const stated = (name: string): string | undefined => fields.get(name) || undefined;
      const mapping = ruleMappingFor(file, mappingOf(upload), {
        source: stated('source'),
        kind: stated('kind'),
      });
      const discontinueMany = fields.get('discontinueMany') === 'true';
      return await this.imports.startPreview(
        ctx,
        { mapping, file, apply: false, discontinueMany },
        upload.remove,
      );
    } catch (error) {
      await upload.remove();
      throw error;
    }
  }
}
