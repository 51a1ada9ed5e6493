import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { AuthorisationsController } from './authorisations.controller.js';
import { AuthorisationsRepository } from './authorisations.repository.js';
import { AuthorisationsService } from './authorisations.service.js';
import { BatchesRepository } from './batches.repository.js';
import { BatchesService } from './batches.service.js';
import { ClaimSharesService } from './claim-shares.service.js';
import { ClaimsController } from './claims.controller.js';
import { ClaimsRepository } from './claims.repository.js';
import { ClaimsService } from './claims.service.js';
import { CoverageRepository } from './coverage.repository.js';
import { CoverageRuleRow } from './coverage-rule.entity.js';
import { EstimatesService } from './estimates.service.js';
import { LocalAdjudicator } from './local-adjudicator.service.js';
import { Payer } from './payer.entity.js';
import { PayerPlan } from './payer-plan.entity.js';
import { PatientsModule } from '../patients/patients.module.js';
import { PAYER_PORT } from './payer-port.types.js';
import { PayersController } from './payers.controller.js';
import { PayersRepository } from './payers.repository.js';
import { PayersService } from './payers.service.js';

/** Payers, plans, coverage and claims. Reads fills and covers by SQL of its own, so that dispensing and the till can ask it. */
@Module({
  imports: [ReferenceModule, PatientsModule, TypeOrmModule.forFeature([Payer, PayerPlan, CoverageRuleRow])],
  controllers: [PayersController, ClaimsController, AuthorisationsController],
  providers: [
    PayersRepository,
    PayersService,
    CoverageRepository,
    ClaimsRepository,
    ClaimsService,
    ClaimSharesService,
    BatchesRepository,
    BatchesService,
    EstimatesService,
    AuthorisationsRepository,
    AuthorisationsService,
    LocalAdjudicator,
    { provide: PAYER_PORT, useExisting: LocalAdjudicator },
  ],
  exports: [ClaimSharesService],
})
export class InsuranceModule {}
