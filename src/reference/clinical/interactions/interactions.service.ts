import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import type { RuleKeeper } from '../rules/rule-controller.js';
import { RulePreviewService } from '../rules/rule-preview.service.js';
import type { RuleKind } from '../rules/versioned-rule.types.js';
import { VersionedRulesService } from '../rules/versioned-rules.service.js';
import type { RuleQuery } from '../rules/rule.schemas.js';
import { DrugInteraction } from './drug-interaction.entity.js';
import type { CreateInteraction, InteractionView, UpdateInteraction } from './interactions.schemas.js';
import { inOrder } from './interaction-order.domain.js';
import { INTERACTIONS_PAGE } from './interactions.sql.js';

type View = z.output<typeof InteractionView>;

const INTERACTIONS: RuleKind<DrugInteraction> = {
  entity: DrugInteraction,
  what: 'interaction rule',
  pageSql: INTERACTIONS_PAGE,
};

/** Interaction rules. Sides may be given either way round; they are kept in one order, so a pair exists once. */
@Injectable()
export class InteractionsService implements RuleKeeper<
  View,
  z.output<typeof RuleQuery>,
  z.output<typeof CreateInteraction>,
  z.output<typeof UpdateInteraction>
> {
  constructor(
    private readonly rules: VersionedRulesService,
    private readonly previews: RulePreviewService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, INTERACTIONS, query);
  }

  /** Every version of a rule, the latest first. Throws NotFound. */
  findVersions(ctx: RequestContext, id: number): Promise<{ data: View[] }> {
    return this.rules.findVersions(ctx, INTERACTIONS, id);
  }

  /** Ends a rule; see VersionedRulesService.end. */
  close(ctx: RequestContext, id: number, version: number): Promise<View> {
    return this.rules.end(ctx, INTERACTIONS, id, version);
  }

  create(ctx: RequestContext, input: z.output<typeof CreateInteraction>, rules = this.rules): Promise<View> {
    const { a, b, aRoutes, bRoutes, code, ...values } = input;
    return rules.create(ctx, INTERACTIONS, [a, b], code, (resolve) => ({
      ...values,
      ...inOrder({ ...resolve(a), routes: aRoutes }, { ...resolve(b), routes: bRoutes }),
    }));
  }

  /** What a new rule, or a change of one (`id`), would have fired in the last twelve months. Nothing is kept. */
  preview(
    ctx: RequestContext,
    change:
      | { readonly id: number; readonly input: z.output<typeof UpdateInteraction> }
      | { readonly input: z.output<typeof CreateInteraction> },
  ): Promise<RulePreview> {
    return this.previews.preview(ctx, INTERACTIONS, (rules) =>
      'id' in change
        ? this.change(ctx, change.id, change.input, rules)
        : this.create(ctx, change.input, rules),
    );
  }

  change(
    ctx: RequestContext,
    id: number,
    input: z.output<typeof UpdateInteraction>,
    rules = this.rules,
  ): Promise<View> {
    const { a, b, aRoutes, bRoutes, version, ...values } = input;
    if (!a || !b)
      return rules.change(ctx, INTERACTIONS, id, version, [], () => ({
        ...values,
        routesA: aRoutes,
        routesB: bRoutes,
      }));
    return rules.change(ctx, INTERACTIONS, id, version, [a, b], (resolve) => ({
      ...values,
      ...inOrder({ ...resolve(a), routes: aRoutes ?? null }, { ...resolve(b), routes: bRoutes ?? null }),
    }));
  }
}
