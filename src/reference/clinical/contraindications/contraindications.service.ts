import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { RuleQuery } from '../rules/rule.schemas.js';
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
export class ContraindicationsService {
  constructor(private readonly rules: VersionedRulesService) {}

  findPage(ctx: RequestContext, query: z.output<typeof RuleQuery>): Promise<Page<View>> {
    return this.rules.findPage(ctx, CONTRAINDICATIONS, query);
  }

  create(ctx: RequestContext, input: z.output<typeof CreateContraindication>): Promise<View> {
    const { subject, code, ...values } = input;
    return this.rules.create(ctx, CONTRAINDICATIONS, [subject], code, (resolve) => {
      const { ingredientId, groupId } = resolve(subject);
      return { ...values, ingredientId, groupId };
    });
  }

  change(ctx: RequestContext, id: number, input: z.output<typeof UpdateContraindication>): Promise<View> {
    const { subject, version, ...values } = input;
    if (!subject) return this.rules.change(ctx, CONTRAINDICATIONS, id, version, [], () => values);
    return this.rules.change(ctx, CONTRAINDICATIONS, id, version, [subject], (resolve) => {
      const { ingredientId, groupId } = resolve(subject);
      return { ...values, ingredientId, groupId };
    });
  }
}
