import { Module } from '@nestjs/common';

import { IntegrityRepository } from './integrity.repository.js';
import { IntegrityService } from './integrity.service.js';

/** The integrity check behind `npm run doctor`. */
@Module({ providers: [IntegrityRepository, IntegrityService], exports: [IntegrityService] })
export class IntegrityModule {}
