import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../../reference/reference.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { ScreeningModule } from '../../screening/screening.module.js';
import { CdsFeedbackController } from './cds-feedback.controller.js';
import { CdsFeedbackService } from './cds-feedback.service.js';
import { CdsHooksRepository } from './cds-hooks.repository.js';
import { CdsHooksService } from './cds-hooks.service.js';
import { CdsServicesController } from './cds-services.controller.js';

/** Decision support for prescribers' programs by CDS Hooks. */
@Module({
  imports: [ReferenceModule, AuthModule, ScreeningModule],
  controllers: [CdsServicesController, CdsFeedbackController],
  providers: [CdsHooksRepository, CdsHooksService, CdsFeedbackService],
})
export class CdsHooksModule {}
