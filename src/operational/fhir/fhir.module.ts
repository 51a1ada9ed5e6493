import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PrescriptionsModule } from '../prescriptions/prescriptions.module.js';
import { BundleImportController } from './bundle-import/bundle-import.controller.js';
import { BundleImportRepository } from './bundle-import/bundle-import.repository.js';
import { BundleImportService } from './bundle-import/bundle-import.service.js';
import { MeasuredImport } from './bundle-import/measured-import.service.js';
import { PeopleImport } from './bundle-import/people-import.service.js';
import { RecordsImport } from './bundle-import/records-import.service.js';
import { Substances } from './bundle-import/substances.service.js';
import { FhirOrdersController } from './orders/fhir-orders.controller.js';
import { FhirOrdersService } from './orders/fhir-orders.service.js';
import { FhirMedicinesController } from './rest/fhir-medicines.controller.js';
import { FhirMetadataController } from './rest/fhir-metadata.controller.js';
import { FhirPeopleController } from './rest/fhir-people.controller.js';
import { FhirReadRepository } from './rest/fhir-read.repository.js';
import { FhirReadService } from './rest/fhir-read.service.js';

/** FHIR R4: reading, entering prescriptions, importing bundles. */
@Module({
  imports: [ReferenceModule, AuthModule, PrescriptionsModule],
  controllers: [
    FhirMetadataController,
    FhirPeopleController,
    FhirMedicinesController,
    FhirOrdersController,
    BundleImportController,
  ],
  providers: [
    FhirReadRepository,
    FhirReadService,
    FhirOrdersService,
    BundleImportRepository,
    BundleImportService,
    PeopleImport,
    RecordsImport,
    MeasuredImport,
    Substances,
  ],
  exports: [BundleImportService],
})
export class FhirModule {}
