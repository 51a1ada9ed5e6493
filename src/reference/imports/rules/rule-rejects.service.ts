import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';

import type { RequestContext } from '../../../platform/security/request-context.js';
import { ReleasesService } from '../releases.service.js';

/** Rows read at a time. */
const BATCH = 5000;

/** Refused rows as a file. */
@Injectable()
export class RuleRejectsService {
  constructor(private readonly releases: ReleasesService) {}

  /**
   * The refused rows of a release of rules as CSV (UTF-8 with mark, RFC 4180), streamed batch by batch. What a spreadsheet
   * would take for a formula is escaped. Throws NotFound (404) before the first row.
   */
  async csv(ctx: RequestContext, releaseId: number): Promise<Readable> {
    await this.releases.find(ctx, releaseId, true);
    const file = stringify({
      header: true,
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
      columns: ['file', 'line', 'column', 'reason', 'value'],
    });
    const rows = Readable.from(this.records(ctx, releaseId));
    rows.on('error', (error) => file.destroy(error));
    file.on('close', () => rows.destroy());
    return rows.pipe(file);
  }

  private async *records(ctx: RequestContext, releaseId: number): AsyncGenerator<(string | number)[]> {
    for (let page = 1; ; page++) {
      const { data } = await this.releases.rejects(ctx, releaseId, { page, limit: BATCH }, true);
      for (const { file, line, column, reason, value } of data)
        yield [file, line, column ?? '', reason, value];
      if (data.length < BATCH) return;
    }
  }
}
