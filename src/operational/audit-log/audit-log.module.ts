import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';

import { AuditLogController } from './audit-log.controller.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { AuditLogService } from './audit-log.service.js';
import { RequestTrailRepository } from './requests/request-trail.repository.js';
import { RequestTrailService } from './requests/request-trail.service.js';
import { ShownPatientsInterceptor } from './requests/shown-patients.interceptor.js';

/** Reading the audit trail; and what triggers cannot write to it: refused requests, and whom lists showed. */
@Module({
  controllers: [AuditLogController],
  providers: [
    AuditLogRepository,
    AuditLogService,
    RequestTrailRepository,
    RequestTrailService,
    { provide: APP_INTERCEPTOR, useClass: ShownPatientsInterceptor },
  ],
})
export class AuditLogModule {}
