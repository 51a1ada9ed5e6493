import { Module } from '@nestjs/common';

import { AnchorsService } from './anchors.service.js';
import { AuditSealsController } from './audit-seals.controller.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import { ChainStateService } from './chain-state.service.js';
import { DetachService } from './detach.service.js';
import { DetachedFilesService } from './detached-files.service.js';
import { AuditExportService } from './export.service.js';
import { RedactionsService } from './redactions.service.js';
import { RemovalService } from './removal.service.js';
import { SealerJobService } from './sealer-job.service.js';
import { SealerService } from './sealer.service.js';
import { VerifyService } from './verify.service.js';

/** The chain over the audit trail: seals, anchors, proof. */
@Module({
  controllers: [AuditSealsController],
  providers: [
    AuditSealsRepository,
    SealerService,
    SealerJobService,
    AnchorsService,
    ChainStateService,
    AuditExportService,
    RedactionsService,
    RemovalService,
    DetachService,
    DetachedFilesService,
    VerifyService,
  ],
  exports: [ChainStateService, RedactionsService],
})
export class AuditSealsModule {}
