import { Global, Module } from '@nestjs/common';

import { PAST_SCREENINGS } from '../../reference/clinical/rules/rule-preview.types.js';
import { AlertsRepository } from './alerts.repository.js';
import { PastScreeningsService } from './past-screenings.service.js';

/** Global: the keepers of rules ask what a change would have meant for what was screened. */
@Global()
@Module({
  providers: [
    AlertsRepository,
    PastScreeningsService,
    { provide: PAST_SCREENINGS, useExisting: PastScreeningsService },
  ],
  exports: [PAST_SCREENINGS],
})
export class PastScreeningsModule {}
