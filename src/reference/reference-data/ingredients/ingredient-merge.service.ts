import './ingredients.errors.js';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { INGREDIENTS } from './ingredient.entity.js';
import { IngredientMergeRepository, type Moved, type TurnedLine } from './ingredient-merge.repository.js';
import { ClinicalRulesWouldBeLost, LinkNotUndoable } from './ingredients.errors.js';
import { IngredientsRepository, type LockedIngredient } from './ingredients.repository.js';
import type { MergeIngredient, MergeResult } from './ingredients.schemas.js';

/** What a merge did: the decision, and the lines that were turned. */
export interface Merged {
  readonly moved: Moved;
  readonly lines: readonly TurnedLine[];
}

/** Finding that two ingredients are one, and taking it back. */
@Injectable()
export class IngredientMergeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ingredients: IngredientsRepository,
    private readonly merging: IngredientMergeRepository,
  ) {}

  /**
   * Merges an ingredient into another: compositions, synonyms, codes and salts go over, the old name becomes a synonym,
   * and the old row stays, pointing at the new one, so that a patient's allergy to it still holds. Throws NotFound,
   * StaleVersion (409), RuleViolation (422), ClinicalRulesWouldBeLost (409).
   */
  merge(ctx: RequestContext, id: number, input: MergeIngredient): Promise<MergeResult> {
    const { intoIngredientId, version, addGroups = false } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const { from, into } = await this.lockBoth(tx, id, intoIngredientId);
      if (from.version !== version) throw new StaleVersion(INGREDIENTS.what);
      const { moved, lines } = await this.mergeIn(tx, from, into, addGroups);
      const synonymId = await this.merging.rememberSynonym(tx, into.ingredientId, {
        name: from.name,
        kind: 'synonym',
        confidence: 1,
      });
      await this.merging.recomputeStatus(
        tx,
        lines.map(({ drugId }) => drugId),
      );
      const linkId = await this.merging.remember(
        tx,
        {
          kind: 'merge',
          rawText: from.name,
          ingredientId: into.ingredientId,
          mergedIngredientId: id,
          moved,
          synonymId,
        },
        ctx.actor.userId,
      );
      const ingredient = await this.ingredients.getView(tx, into.ingredientId);
      return {
        linkId,
        ingredient,
        lines: lines.length,
        products: new Set(lines.map(({ drugId }) => drugId)).size,
      };
    });
  }

  /** The merge itself, inside a transaction that holds both. Throws ClinicalRulesWouldBeLost. */
  async mergeIn(tx: Tx, from: LockedIngredient, into: LockedIngredient, addGroups: boolean): Promise<Merged> {
    const lost = await this.merging.findLostRules(tx, from.ingredientId, into.ingredientId);
    if (lost.rules.length > 0 || (lost.groupCodes.length > 0 && !addGroups))
      throw new ClinicalRulesWouldBeLost(lost);
    const { baseFactor = null } = (await this.ingredients.find(tx, from.ingredientId)) ?? {};
    const { moved, lines } = await this.merging.moveAll(tx, from.ingredientId, into.ingredientId, addGroups);
    await this.merging.markMerged(tx, from.ingredientId, into.ingredientId, from.name);
    const { name, kind, baseIngredientId, verified } = from;
    return { moved: { ...moved, former: { name, kind, baseIngredientId, baseFactor, verified } }, lines };
  }

  /** Both ingredients, locked, fit to be merged. Throws NotFound, RuleViolation (422). */
  async lockBoth(
    tx: Tx,
    id: number,
    intoId: number,
  ): Promise<{ from: LockedIngredient; into: LockedIngredient }> {
    if (id === intoId) throw new RuleViolation('An ingredient is not merged into itself.');
    const locked = await this.ingredients.lock(tx, [id, intoId]);
    const [from, into] = [locked.get(id), locked.get(intoId)];
    if (!from) throw new NotFound(INGREDIENTS.what);
    if (!into)
      throw new RuleViolation('There is no such ingredient to merge into.', { intoIngredientId: intoId });
    if (from.kind === 'merged') throw new RuleViolation('This ingredient is merged already.');
    if (into.kind === 'merged' || into.kind === 'salt')
      throw new RuleViolation('Another ingredient stands for that one: merge into it instead.', {
        baseIngredientId: into.baseIngredientId,
      });
    if (!into.verified) throw new RuleViolation('That ingredient is not verified itself.');
    return { from, into };
  }

  /**
   * Takes back a merge or a link: lines that still mean what was decided mean again what they did, the remembered
   * synonym is forgotten, a merged ingredient is one of its own again. Throws NotFound, LinkNotUndoable (409).
   */
  undo(ctx: RequestContext, linkId: number): Promise<{ linkId: number; lines: number; products: number }> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const link = await this.merging.lockLink(tx, linkId);
      if (!link) throw new NotFound('link');
      if (link.undoneAt !== null) throw new LinkNotUndoable('This was taken back already.', { linkId });
      const { mergedIngredientId, ingredientId, moved, synonymId } = link;
      await this.ingredients.lock(tx, [ingredientId, ...(mergedIngredientId ? [mergedIngredientId] : [])]);
      if (synonymId !== null) await this.merging.forgetSynonym(tx, synonymId, ingredientId);
      if (
        mergedIngredientId !== null &&
        moved.former &&
        !(await this.merging.unmerge(tx, mergedIngredientId, moved.former, link))
      )
        throw new LinkNotUndoable('The ingredient that was merged has been changed since.', { linkId });
      const lines = await this.merging.restoreLines(tx, link);
      const drugIds = lines.map(({ drugId }) => drugId);
      await this.merging.recomputeStatus(tx, drugIds);
      await this.merging.markUndone(tx, linkId, ctx.actor.userId);
      return { linkId, lines: lines.length, products: new Set(drugIds).size };
    });
  }
}
