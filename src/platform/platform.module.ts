import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';

import { OwnConnection } from './database/own-connection.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { HealthNotes } from './health/health-notes.js';
import { HealthController } from './health/health.controller.js';
import { HeavyGate } from './http/heavy-gate.js';
import { validationPipe } from './http/validation.js';
import { AccessGuard } from './security/access.guard.js';
import { Clock } from './time/clock.js';

/** What every slice may use. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [
    UnitOfWork,
    OwnConnection,
    HealthNotes,
    Clock,
    HeavyGate,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useExisting: HeavyGate },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [UnitOfWork, OwnConnection, HealthNotes, HeavyGate, Clock],
})
export class PlatformModule {}
