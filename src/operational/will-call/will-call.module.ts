import { Module } from '@nestjs/common';

import { WillCallController } from './will-call.controller.js';
import { WillCallRepository } from './will-call.repository.js';
import { WillCallService } from './will-call.service.js';

/** Bins, and the fills that wait in them. Reads fills by SQL of its own, so that prescriptions can ask it for a bin. */
@Module({
  controllers: [WillCallController],
  providers: [WillCallRepository, WillCallService],
  exports: [WillCallService],
})
export class WillCallModule {}
