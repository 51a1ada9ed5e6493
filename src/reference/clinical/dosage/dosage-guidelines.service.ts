import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RuleQuery } from '../rules/rule.schemas.js';
import type { RuleKind } from '../rules/versioned-rule.types.js';
import { VersionedRulesService } from '../rules/versioned-rules.service.js';
import { DosageGuideline } from './dosage-guideline.entity.js';
import type {
  CreateDosageGuideline,
  DosageGuidelineView,
  UpdateDosageGuideline,
} from './dosage-guidelines.schemas.js';
import { DOSAGE_GUIDELINES_PAGE } from './dosage-guidelines.sql.js';

type View = z.output<typeof DosageGuidelineView>;

const DOSAGE_GUIDELINES: RuleKind<DosageGuideline> = {
  entity: DosageGuideline,
  what: 'dosage guideline',
  pageSql: DOSAGE_GUIDELINES_PAGE,
};

/** Dose limits of ingredients. */
@Injectable()
export class DosageGuidelinesService {
  constructor(private readonly rules: VersionedRulesService) {}

  findPage(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, DOSAGE_GUIDELINES, query);
  }

  create(ctx: RequestContext, input: z.output<typeof CreateDosageGuideline>): Promise<View> {
    const { subject, code, ...values } = input;
    return this.rules.create(ctx, DOSAGE_GUIDELINES, [], code, () => ({ ...values, ...subject }));
  }

  change(ctx: RequestContext, id: number, input: z.output<typeof UpdateDosageGuideline>): Promise<View> {
    const { version, ...values } = input;
    return this.rules.change(ctx, DOSAGE_GUIDELINES, id, version, [], () => values);
  }
}
