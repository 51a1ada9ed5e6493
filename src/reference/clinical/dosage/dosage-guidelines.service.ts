import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { DoseRuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import type { RuleKeeper } from '../rules/rule-controller.js';
import { RulePreviewService } from '../rules/rule-preview.service.js';
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
export class DosageGuidelinesService implements RuleKeeper<
  View,
  z.output<typeof DoseRuleQuery>,
  z.output<typeof CreateDosageGuideline>,
  z.output<typeof UpdateDosageGuideline>
> {
  constructor(
    private readonly rules: VersionedRulesService,
    private readonly previews: RulePreviewService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof DoseRuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, DOSAGE_GUIDELINES, query);
  }

  /** Every version of a rule, the latest first. Throws NotFound. */
  findVersions(ctx: RequestContext, id: number): Promise<{ data: View[] }> {
    return this.rules.findVersions(ctx, DOSAGE_GUIDELINES, id);
  }

  /** Ends a rule; see VersionedRulesService.end. */
  close(ctx: RequestContext, id: number, version: number): Promise<View> {
    return this.rules.end(ctx, DOSAGE_GUIDELINES, id, version);
  }

  create(
    ctx: RequestContext,
    input: z.output<typeof CreateDosageGuideline>,
    rules = this.rules,
  ): Promise<View> {
    const { subject, code, ...values } = input;
    return rules.create(ctx, DOSAGE_GUIDELINES, [], code, () => ({ ...values, ...subject }));
  }

  /** What a new rule, or a change of one (`id`), would have fired in the last twelve months. Nothing is kept. */
  preview(
    ctx: RequestContext,
    change:
      | { readonly id: number; readonly input: z.output<typeof UpdateDosageGuideline> }
      | { readonly input: z.output<typeof CreateDosageGuideline> },
  ): Promise<RulePreview> {
    return this.previews.preview(ctx, DOSAGE_GUIDELINES, (rules) =>
      'id' in change
        ? this.change(ctx, change.id, change.input, rules)
        : this.create(ctx, change.input, rules),
    );
  }

  change(
    ctx: RequestContext,
    id: number,
    input: z.output<typeof UpdateDosageGuideline>,
    rules = this.rules,
  ): Promise<View> {
    const { version, ...values } = input;
    return rules.change(ctx, DOSAGE_GUIDELINES, id, version, [], () => values);
  }
}
