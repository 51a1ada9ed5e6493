import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { Prescriber } from './prescriber.entity.js';
import { PrescribersController } from './prescribers.controller.js';
import { PrescribersRepository } from './prescribers.repository.js';
import { PrescribersService } from './prescribers.service.js';

/** Who may write prescriptions. */
@Module({
  imports: [TypeOrmModule.forFeature([Prescriber])],
  controllers: [PrescribersController],
  providers: [PrescribersRepository, PrescribersService],
  exports: [PrescribersService],
})
export class PrescribersModule {}
