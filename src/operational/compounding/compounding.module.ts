import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { NearMissesModule } from '../near-misses/near-misses.module.js';
import { PrescriptionsModule } from '../prescriptions/prescriptions.module.js';
import { BatchesController } from './batches.controller.js';
import { BatchesRepository } from './batches.repository.js';
import { BatchesService } from './batches.service.js';
import './compounding.errors.js';
import { FormulasController } from './formulas.controller.js';
import { FormulasRepository } from './formulas.repository.js';
import { FormulasService } from './formulas.service.js';

/** Compounded preparations: formulas and batches. */
@Module({
  imports: [ReferenceModule, NearMissesModule, PrescriptionsModule],
  controllers: [FormulasController, BatchesController],
  providers: [FormulasRepository, FormulasService, BatchesRepository, BatchesService],
})
export class CompoundingModule {}
