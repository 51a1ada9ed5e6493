import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { PrescriptionDocumentsService } from './prescription-documents.service.js';

/** How often forgotten uploads are looked for, ms: they are kept a day, so an hour more does not matter. */
const EVERY_MS = 60 * 60_000;

/** Removes uploads that no prescription claimed within a day: at start and every hour, in every server. */
@Injectable()
export class DocumentSweeperService extends RecurringJob {
  constructor(
    private readonly documents: PrescriptionDocumentsService,
    http: HttpAdapterHost,
  ) {
    super(http, 'papers', EVERY_MS);
  }

  protected async look(): Promise<string | undefined> {
    const removed = await this.documents.sweep();
    return removed > 0 ? `${removed} uploads that no prescription claimed were removed` : undefined;
  }
}
