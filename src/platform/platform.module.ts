import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';

import { FigureConnection } from './database/figure-connection.js';
import { LateReads } from './database/replicas/late-reads.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { DatabaseProbe } from './health/database-probe.js';
import { HealthNotes } from './health/health-notes.js';
import { HealthController } from './health/health.controller.js';
import { HeavyGate } from './http/heavy-gate.js';
import { ReplicaNotes } from './health/replica-notes.js';
import { HealthService } from './health/health.service.js';
import { Drain } from './http/drain.js';
import { validationPipe } from './http/validation.js';
import { JobsService } from './jobs/jobs.service.js';
import { Metrics } from './metrics/metrics.js';
import { PlatformFigures } from './metrics/platform-figures.js';
import { AccessGuard } from './security/access.guard.js';
import { StorageGuard } from './storage/storage.guard.js';
import { Clock } from './time/clock.js';

/** What every slice may use. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [
    UnitOfWork,
    LateReads,
    FigureConnection,
    HealthNotes,
    HealthService,
    DatabaseProbe,
    ReplicaNotes,
    JobsService,
    Metrics,
    PlatformFigures,
    Drain,
    Clock,
    HeavyGate,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useExisting: HeavyGate },
    { provide: APP_GUARD, useClass: StorageGuard },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [
    UnitOfWork,
    LateReads,
    FigureConnection,
    HealthNotes,
    HealthService,
    HeavyGate,
    JobsService,
    Metrics,
    Drain,
    Clock,
  ],
})
export class PlatformModule {}
