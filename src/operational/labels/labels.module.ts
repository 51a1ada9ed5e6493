import { Module } from '@nestjs/common';

import { SigModule } from '../sig/sig.module.js';
import { LabelTemplateController } from './label-template.controller.js';
import { LabelsRepository } from './labels.repository.js';
import { LabelsService } from './labels.service.js';

/** What is printed of a fill: label and leaflet. */
@Module({
  imports: [SigModule],
  controllers: [LabelTemplateController],
  providers: [LabelsRepository, LabelsService],
  exports: [LabelsService],
})
export class LabelsModule {}
