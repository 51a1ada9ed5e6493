import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RuleQuery } from '../rules/rule.schemas.js';
import type { RulePreview } from '../rules/rule-preview.types.js';
import type { RuleKeeper } from '../rules/rule-controller.js';
import { RulePreviewService } from '../rules/rule-preview.service.js';
import type { RuleKind } from '../rules/versioned-rule.types.js';
import { VersionedRulesService } from '../rules/versioned-rules.service.js';
import { Contraindication } from './contraindication.entity.js';
import type {
  ContraindicationView,
  CreateContraindication,
  UpdateContraindication,
} from './contraindications.schemas.js';
import { CONTRAINDICATIONS_PAGE } from './contraindications.sql.js';

type View = z.output<typeof ContraindicationView>;

const CONTRAINDICATIONS: RuleKind<Contraindication> = {
  entity: Contraindication,
  what: 'contraindication',
  pageSql: CONTRAINDICATIONS_PAGE,
};

/** Rules on whom an ingredient or group is not for. */
@Injectable()
export class ContraindicationsService implements RuleKeeper<
  View,
  z.output<typeof RuleQuery>,
  z.output<typeof CreateContraindication>,
  z.output<typeof UpdateContraindication>
> {
  constructor(
    private readonly rules: VersionedRulesService,
    private readonly previews: RulePreviewService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, CONTRAINDICATIONS, query);
  }

  /** Every version of a rule, the latest first. Throws NotFound. */
  findVersions(ctx: RequestContext, id: number): Promise<{ data: View[] }> {
    return this.rules.findVersions(ctx, CONTRAINDICATIONS, id);
  }

  /** Ends a rule; see VersionedRulesService.end. */
  close(ctx: RequestContext, id: number, version: number): Promise<View> {
    return this.rules.end(ctx, CONTRAINDICATIONS, id, version);
  }

  create(
    ctx: RequestContext,
    input: z.output<typeof CreateContraindication>,
    rules = this.rules,
  ): Promise<View> {
    const { subject, code, ...values } = input;
    return rules.create(ctx, CONTRAINDICATIONS, [subject], code, (resolve) => {
      const { ingredientId, groupId } = resolve(subject);
      return { ...values, ingredientId, groupId };
    });
  }

  /** What a new rule, or a change of one (`id`), would have fired in the last twelve months. Nothing is kept. */
  preview(
    ctx: RequestContext,
    change:
      | { readonly id: number; readonly input: z.output<typeof UpdateContraindication> }
      | { readonly input: z.output<typeof CreateContraindication> },
  ): Promise<RulePreview> {
    return this.previews.preview(ctx, CONTRAINDICATIONS, (rules) =>
      'id' in change
        ? this.change(ctx, change.id, change.input, rules)
        : this.create(ctx, change.input, rules),
    );
  }

  change(
    ctx: RequestContext,
    id: number,
    input: z.output<typeof UpdateContraindication>,
    rules = this.rules,
  ): Promise<View> {
    const { subject, version, ...values } = input;
    if (!subject) return rules.change(ctx, CONTRAINDICATIONS, id, version, [], () => values);
    return rules.change(ctx, CONTRAINDICATIONS, id, version, [subject], (resolve) => {
      const { ingredientId, groupId } = resolve(subject);
      return { ...values, ingredientId, groupId };
    });
  }
}
