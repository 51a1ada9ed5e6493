import { Module } from '@nestjs/common';

import { ControlledRegisterController } from './controlled-register.controller.js';
import { ControlledRegisterRepository } from './controlled-register.repository.js';
import { ControlledRegisterService } from './controlled-register.service.js';

/** The perpetual register of controlled products. */
@Module({
  controllers: [ControlledRegisterController],
  providers: [ControlledRegisterRepository, ControlledRegisterService],
})
export class ControlledRegisterModule {}
