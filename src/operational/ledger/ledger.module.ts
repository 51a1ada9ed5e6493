import { Module } from '@nestjs/common';

import { LedgerJobService } from './ledger-job.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';

/** The months of the ledger, and the job that keeps them. */
@Module({ providers: [LedgerRepository, LedgerService, LedgerJobService] })
export class LedgerModule {}
