import { Module } from '@nestjs/common';

import { DrugsModule } from './drugs/drugs.module.js';
import { ClinicalModule } from './clinical/clinical.module.js';
import { CodingModule } from './coding/coding.module.js';
import { HubModule } from './hub/hub.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { ReferenceDataModule } from './reference-data/reference-data.module.js';

/** Master data: the catalogue and the clinical rules. Exports what the daily work may ask. */
@Module({
  imports: [ClinicalModule, CodingModule, HubModule, ImportsModule, ReferenceDataModule, DrugsModule],
  exports: [ClinicalModule, CodingModule, HubModule, ImportsModule, ReferenceDataModule, DrugsModule],
})
export class ReferenceModule {}
