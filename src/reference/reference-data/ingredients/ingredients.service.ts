import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Duplicate, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { foldText } from '../../../platform/text/fold.js';
import { ListRepository } from '../list.repository.js';
import { ListService } from '../list.service.js';
import { INGREDIENTS } from './ingredient.entity.js';
import { IngredientsRepository } from './ingredients.repository.js';
import type {
  CreateIngredient,
  IngredientQuery,
  IngredientView,
  UpdateIngredient,
} from './ingredients.schemas.js';

/** Active ingredients, their other names and their groups. One name, standard or other, means one ingredient. */
@Injectable()
export class IngredientsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lists: ListService,
    private readonly entries: ListRepository,
    private readonly ingredients: IngredientsRepository,
  ) {}

  /** A page by name; `q` is looked for in names and synonyms, beginnings first. */
  findPage(
    ctx: RequestContext,
    query: z.output<typeof IngredientQuery>,
  ): Promise<Page<z.output<typeof IngredientView>>> {
    return this.uow.read(ctx, async (tx) => {
      const { q, verified, page, limit } = query;
      const [data, total] = await this.ingredients.findPage(tx, { q, verified, page, limit });
      return { data, meta: { total, page, limit } };
    });
  }

  /** Adds an ingredient. Throws Duplicate (409) when one of its names is taken, RuleViolation (422) for an unknown group. */
  create(
    ctx: RequestContext,
    input: z.output<typeof CreateIngredient>,
  ): Promise<z.output<typeof IngredientView>> {
    const { synonyms, groupCodes, ...values } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      await this.refuseTakenNames(tx, 0, [values.name]);
      const { id } = await this.entries.insert(tx, INGREDIENTS, { ...values, source: 'manual' });
      return this.writeAround(tx, id, synonyms, groupCodes);
    });
  }

  /** Changes an ingredient; synonyms and groups, when given, replace those there are. Throws as create, NotFound, StaleVersion. */
  update(
    ctx: RequestContext,
    id: number,
    input: z.output<typeof UpdateIngredient>,
  ): Promise<z.output<typeof IngredientView>> {
    const { synonyms, groupCodes, ...change } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      if (change.name !== undefined) await this.refuseTakenNames(tx, id, [change.name]);
      await this.lists.updateIn(tx, INGREDIENTS, id, change);
      return this.writeAround(tx, id, synonyms, groupCodes);
    });
  }

  private async writeAround(
    tx: Tx,
    id: number,
    synonyms: IngredientView['synonyms'] | undefined,
    groupCodes: string[] | undefined,
  ): Promise<IngredientView> {
    if (synonyms) {
      const unique = [...new Map(synonyms.map((entry) => [foldText(entry.synonym), entry])).values()];
      await this.refuseTakenNames(
        tx,
        id,
        unique.map(({ synonym }) => synonym),
      );
      await this.ingredients.replaceSynonyms(tx, id, unique);
    }
    if (groupCodes) {
      const unknown = await this.ingredients.findUnknownGroups(tx, groupCodes);
      if (unknown.length > 0)
        throw new RuleViolation('There is no ingredient group of this code.', { unknown });
      await this.ingredients.replaceGroups(tx, id, groupCodes);
    }
    return this.ingredients.getView(tx, id);
  }

  private async refuseTakenNames(tx: Tx, id: number, names: readonly string[]): Promise<void> {
    const taken = await this.ingredients.findTakenNames(tx, id, names);
    if (taken.length > 0) throw new Duplicate('This name means another ingredient already.', { taken });
  }
}
