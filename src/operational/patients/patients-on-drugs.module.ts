import { Global, Module } from '@nestjs/common';

import { PATIENTS_ON_DRUGS } from '../../reference/imports/clinical-impact.types.js';
import { PatientsOnDrugsRepository } from './patients-on-drugs.repository.js';
import { PatientsOnDrugsService } from './patients-on-drugs.service.js';

/** Global: the catalogue asks what a release means for the people on its products. */
@Global()
@Module({
  providers: [
    PatientsOnDrugsRepository,
    PatientsOnDrugsService,
    { provide: PATIENTS_ON_DRUGS, useExisting: PatientsOnDrugsService },
  ],
  exports: [PATIENTS_ON_DRUGS],
})
export class PatientsOnDrugsModule {}
