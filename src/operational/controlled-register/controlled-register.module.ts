import { Module } from '@nestjs/common';

import { ControlledRegisterController } from './controlled-register.controller.js';
import { ControlledRegisterRepository } from './controlled-register.repository.js';
import { ControlledRegisterService } from './controlled-register.service.js';
import { SignOffsController } from './sign-offs.controller.js';
import { SignOffsRepository } from './sign-offs.repository.js';
import { SignOffsService } from './sign-offs.service.js';

/** The perpetual register of controlled products, and its daily sign-off. */
@Module({
  controllers: [ControlledRegisterController, SignOffsController],
  providers: [ControlledRegisterRepository, ControlledRegisterService, SignOffsRepository, SignOffsService],
})
export class ControlledRegisterModule {}
