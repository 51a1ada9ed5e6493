import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { RequirePermission } from '../../platform/security/decorators.js';
import { NotSealed } from './audit-seals.errors.js';
import { AuditChain, AuditVerification, VerifyQuery } from './audit-seals.schemas.js';
import type { VerifyReport } from './audit-seals.types.js';
import { ChainStateService, type ChainState } from './chain-state.service.js';
import { SealerService } from './sealer.service.js';
import { VerifyService } from './verify.service.js';

/** The chain over the audit trail: where it stands, and whether it holds. Numbers alone are told, no content of any branch. */
@ApiTags('audit')
@Controller('audit-logs')
@RequirePermission('ReadAuditLog')
export class AuditSealsController {
  constructor(
    private readonly chain: ChainStateService,
    private readonly verifier: VerifyService,
    private readonly sealer: SealerService,
  ) {}

  @Get('chain')
  @ApiOkResponse({ standardSchema: AuditChain })
  state(): Promise<ChainState> {
    return this.chain.state();
  }

  @Get('verify')
  @ApiOkResponse({ standardSchema: AuditVerification })
  verify(@Query({ schema: VerifyQuery }) { from }: z.output<typeof VerifyQuery>): Promise<VerifyReport> {
    if (!this.sealer.isConfigured) throw new NotSealed();
    return this.verifier.verifyPart(from);
  }
}
