import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RuleQuery, RuleSubject } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import type { RuleKeeper } from '../rules/rule-controller.js';
import { RulePreviewService } from '../rules/rule-preview.service.js';
import type { RuleKind } from '../rules/versioned-rule.types.js';
import { VersionedRulesService, type SubjectResolver } from '../rules/versioned-rules.service.js';
import { AllergyRuleRow } from './allergy-rule.entity.js';
import type { AllergyRuleView, CreateAllergyRule, UpdateAllergyRule } from './allergy-rules.schemas.js';
import { ALLERGY_RULES_PAGE } from './allergy-rules.sql.js';

type View = z.output<typeof AllergyRuleView>;

const ALLERGY_RULES: RuleKind<AllergyRuleRow> = {
  entity: AllergyRuleRow,
  what: 'allergy rule',
  pageSql: ALLERGY_RULES_PAGE,
};

/** Rules on cross reactions. They have a direction: from the allergen to what may cross-react. */
@Injectable()
export class AllergyRulesService implements RuleKeeper<
  View,
  z.output<typeof RuleQuery>,
  z.output<typeof CreateAllergyRule>,
  z.output<typeof UpdateAllergyRule>
> {
  constructor(
    private readonly rules: VersionedRulesService,
    private readonly previews: RulePreviewService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, ALLERGY_RULES, query);
  }

  /** Every version of a rule, the latest first. Throws NotFound. */
  findVersions(ctx: RequestContext, id: number): Promise<{ data: View[] }> {
    return this.rules.findVersions(ctx, ALLERGY_RULES, id);
  }

  /** Ends a rule; see VersionedRulesService.end. */
  close(ctx: RequestContext, id: number, version: number): Promise<View> {
    return this.rules.end(ctx, ALLERGY_RULES, id, version);
  }

  create(ctx: RequestContext, input: z.output<typeof CreateAllergyRule>, rules = this.rules): Promise<View> {
    const { allergen, cross, code, ...values } = input;
    return rules.create(ctx, ALLERGY_RULES, [allergen, cross], code, (resolve) => ({
      ...values,
      ...columnsOf(resolve, allergen, cross),
    }));
  }

  /** What a new rule, or a change of one (`id`), would have fired in the last twelve months. Nothing is kept. */
  preview(
    ctx: RequestContext,
    change:
      | { readonly id: number; readonly input: z.output<typeof UpdateAllergyRule> }
      | { readonly input: z.output<typeof CreateAllergyRule> },
  ): Promise<RulePreview> {
    return this.previews.preview(ctx, ALLERGY_RULES, (rules) =>
      'id' in change
        ? this.change(ctx, change.id, change.input, rules)
        : this.create(ctx, change.input, rules),
    );
  }

  change(
    ctx: RequestContext,
    id: number,
    input: z.output<typeof UpdateAllergyRule>,
    rules = this.rules,
  ): Promise<View> {
    const { allergen, cross, version, ...values } = input;
    const given = [allergen, cross].filter((subject) => subject !== undefined);
    return rules.change(ctx, ALLERGY_RULES, id, version, given, (resolve) => ({
      ...values,
      ...columnsOf(resolve, allergen, cross),
    }));
  }
}

function columnsOf(
  resolve: SubjectResolver,
  allergen: RuleSubject | undefined,
  cross: RuleSubject | undefined,
): Partial<AllergyRuleRow> {
  const from = allergen && resolve(allergen);
  const to = cross && resolve(cross);
  return {
    ...(from ? { allergenIngredientId: from.ingredientId, allergenGroupId: from.groupId } : {}),
    ...(to ? { crossIngredientId: to.ingredientId, crossGroupId: to.groupId } : {}),
  };
}
