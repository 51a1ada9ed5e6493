import { Module } from '@nestjs/common';

import { TraceController } from './trace.controller.js';
import { TraceRepository } from './trace.repository.js';
import { TraceService } from './trace.service.js';

/** Events of packs with serials, for whoever the law wants told. */
@Module({ controllers: [TraceController], providers: [TraceRepository, TraceService] })
export class TraceModule {}
