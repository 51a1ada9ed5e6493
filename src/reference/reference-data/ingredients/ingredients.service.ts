import './ingredients.errors.js';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Duplicate, NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { foldText } from '../../../platform/text/fold.js';
import { ListRepository } from '../list.repository.js';
import { ListService } from '../list.service.js';
import { INGREDIENTS } from './ingredient.entity.js';
import { IngredientMergeRepository } from './ingredient-merge.repository.js';
import { ClinicalRulesWouldBeLost } from './ingredients.errors.js';
import { IngredientsRepository } from './ingredients.repository.js';
import type {
  CreateIngredient,
  GivenSynonym,
  IngredientQuery,
  IngredientView,
  UpdateIngredient,
} from './ingredients.schemas.js';

type Around = Pick<UpdateIngredient, 'synonyms' | 'codes' | 'groupCodes'>;

/** Active ingredients, their other names, codes and groups. One name, standard or other, means one ingredient. */
@Injectable()
export class IngredientsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lists: ListService,
    private readonly entries: ListRepository,
    private readonly ingredients: IngredientsRepository,
    private readonly merging: IngredientMergeRepository,
  ) {}

  /** A page by name; `q` is looked for in names, synonyms and codes, beginnings first. Merged ones only when asked for. */
  findPage(
    ctx: RequestContext,
    query: IngredientQuery,
  ): Promise<Page<IngredientView & { products: number }>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.ingredients.findPage(tx, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** One ingredient. Throws NotFound. */
  findOne(ctx: RequestContext, id: number): Promise<IngredientView> {
    return this.uow.read(ctx, async (tx) => {
      const found = await this.ingredients.find(tx, id);
      if (!found) throw new NotFound(INGREDIENTS.what);
      return found;
    });
  }

  /**
   * Adds an ingredient. Throws Duplicate (409) when one of its names or codes is taken, RuleViolation (422) for an unknown
   * group or a salt without a base.
   */
  create(ctx: RequestContext, input: CreateIngredient): Promise<IngredientView> {
    const { synonyms, codes, groupCodes, ...values } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      await this.refuseTakenNames(tx, 0, [values.name]);
      await this.checkBase(tx, 0, { kind: values.kind ?? 'substance', ...values });
      const { id } = await this.entries.insert(tx, INGREDIENTS, { ...values, source: 'manual' });
      return this.writeAround(tx, id, { synonyms, codes, groupCodes });
    });
  }

  /**
   * Changes an ingredient; synonyms, codes and groups, when given, replace those there are. Verifying it, or calling it
   * a salt, takes effect on every product that contains it. Throws as create, NotFound, StaleVersion (409),
   * ClinicalRulesWouldBeLost (409) when it becomes a salt though rules name it.
   */
  update(ctx: RequestContext, id: number, input: UpdateIngredient): Promise<IngredientView> {
    const { synonyms, codes, groupCodes, ...change } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      if (change.name !== undefined) await this.refuseTakenNames(tx, id, [change.name]);
      const ids = [id, ...(change.baseIngredientId ? [change.baseIngredientId] : [])];
      const present = (await this.ingredients.lock(tx, ids)).get(id);
      if (!present) throw new NotFound(INGREDIENTS.what);
      if (present.kind === 'merged')
        throw new RuleViolation('A merged ingredient is not changed: the one that stands for it is.', {
          baseIngredientId: present.baseIngredientId,
        });
      const kind = change.kind ?? present.kind;
      const base = kind === 'salt' ? {} : { baseIngredientId: null, baseFactor: null };
      const baseIngredientId = change.baseIngredientId ?? (kind === 'salt' ? present.baseIngredientId : null);
      await this.checkBase(tx, id, { kind, baseIngredientId });
      if (kind === 'salt' && present.kind !== 'salt' && baseIngredientId)
        await this.refuseLostRules(tx, id, baseIngredientId);
      await this.lists.updateIn(tx, INGREDIENTS, id, { ...change, ...base });
      if (change.verified !== undefined && change.verified !== present.verified)
        await this.ingredients.recomputeStatus(tx, id);
      return this.writeAround(tx, id, { synonyms, codes, groupCodes });
    });
  }

  /** Adds one other name, or corrects it where it is there. Throws NotFound, Duplicate (409). */
  addSynonym(ctx: RequestContext, id: number, synonym: GivenSynonym): Promise<IngredientView> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const present = (await this.ingredients.lock(tx, [id])).get(id);
      if (!present) throw new NotFound(INGREDIENTS.what);
      await this.refuseTakenNames(tx, id, [synonym.synonym]);
      await this.ingredients.addSynonym(tx, id, synonym, 'manual');
      return this.ingredients.getView(tx, id);
    });
  }

  /** Drops one other name. Throws NotFound. */
  removeSynonym(ctx: RequestContext, id: number, synonymId: number): Promise<IngredientView> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      if (!(await this.ingredients.deleteSynonym(tx, id, synonymId))) throw new NotFound('synonym');
      return this.ingredients.getView(tx, id);
    });
  }

  private async writeAround(tx: Tx, id: number, around: Around): Promise<IngredientView> {
    const { synonyms, codes, groupCodes } = around;
    if (synonyms) {
      const unique = [...new Map(synonyms.map((entry) => [foldText(entry.synonym), entry])).values()];
      await this.refuseTakenNames(
        tx,
        id,
        unique.map(({ synonym }) => synonym),
      );
      await this.ingredients.replaceSynonyms(tx, id, unique);
    }
    if (codes) await this.ingredients.replaceCodes(tx, id, codes);
    if (groupCodes) {
      const unknown = await this.ingredients.findUnknownGroups(tx, groupCodes);
      if (unknown.length > 0)
        throw new RuleViolation('There is no ingredient group of this code.', { unknown });
      await this.ingredients.replaceGroups(tx, id, groupCodes);
    }
    return this.ingredients.getView(tx, id);
  }

  /** A salt needs a base that is no salt itself, and nothing has a salt as its base: one step leads to what is screened. */
  private async checkBase(
    tx: Tx,
    id: number,
    given: { kind: string; baseIngredientId?: number | null },
  ): Promise<void> {
    const { kind, baseIngredientId } = given;
    if (kind !== 'salt') {
      if (baseIngredientId) throw new RuleViolation('Only a salt has a base.');
      return;
    }
    if (!baseIngredientId) throw new RuleViolation('A salt needs the ingredient it is a salt of.');
    if (baseIngredientId === id) throw new RuleViolation('A salt is not its own base.');
    const base = (await this.ingredients.lock(tx, [baseIngredientId])).get(baseIngredientId);
    if (!base) throw new RuleViolation('There is no such ingredient.', { baseIngredientId });
    if (base.kind !== 'substance')
      throw new RuleViolation('The base of a salt must be a substance.', {
        baseIngredientId,
        kind: base.kind,
      });
    if (id > 0 && (await this.ingredients.isBase(tx, id)))
      throw new RuleViolation('Other ingredients have this one as their base: it cannot become a salt.');
  }

  private async refuseLostRules(tx: Tx, id: number, baseIngredientId: number): Promise<void> {
    const lost = await this.merging.findLostRules(tx, id, baseIngredientId);
    if (lost.rules.length > 0 || lost.groupCodes.length > 0) throw new ClinicalRulesWouldBeLost(lost);
  }

  private async refuseTakenNames(tx: Tx, id: number, names: readonly string[]): Promise<void> {
    const taken = await this.ingredients.findTakenNames(tx, id, names);
    if (taken.length > 0) throw new Duplicate('This name means another ingredient already.', { taken });
  }
}
