import { Module } from '@nestjs/common';

import { DocumentSweeperService } from './document-sweeper.service.js';
import { PrescriptionDocumentsController } from './prescription-documents.controller.js';
import './prescription-documents.errors.js';
import { PrescriptionDocumentsRepository } from './prescription-documents.repository.js';
import { PrescriptionDocumentsService } from './prescription-documents.service.js';

/** Papers of prescriptions. */
@Module({
  controllers: [PrescriptionDocumentsController],
  providers: [PrescriptionDocumentsRepository, PrescriptionDocumentsService, DocumentSweeperService],
  exports: [PrescriptionDocumentsService],
})
export class PrescriptionDocumentsModule {}
