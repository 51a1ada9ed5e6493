import './ingredients.errors.js';

import { setImmediate } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Duplicate, NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { IngredientSuggestionsService } from '../../imports/ingredient-suggestions.service.js';
import { INGREDIENTS } from './ingredient.entity.js';
import { IngredientMergeRepository, type LinkRow, type Moved } from './ingredient-merge.repository.js';
import { IngredientMergeService } from './ingredient-merge.service.js';
import { IngredientWorklistRepository } from './ingredient-worklist.repository.js';
import type { LinkResult, LinkText, WorklistPage, WorklistQuery } from './ingredient-worklist.schemas.js';
import { IngredientsRepository } from './ingredients.repository.js';

/** The worklist of ingredient texts nobody has decided about, and the decisions, which can be taken back. */
@Injectable()
export class IngredientWorklistService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly worklist: IngredientWorklistRepository,
    private readonly ingredients: IngredientsRepository,
    private readonly merging: IngredientMergeRepository,
    private readonly merges: IngredientMergeService,
    private readonly suggestions: IngredientSuggestionsService,
  ) {}

  /** Open texts, those with most products first, each with what it may mean. Nothing is linked by a score. */
  findPage(ctx: RequestContext, query: WorklistQuery): Promise<WorklistPage> {
    const { q = '', page, limit, suggestions } = query;
    return this.uow.read(ctx, async (tx) => {
      const { data, total, totalProducts } = await this.worklist.findPage(tx, q, page, limit);
      if (suggestions > 0 && data.length > 0)
        await this.suggestions.prepare(await this.worklist.fingerprint(tx), () =>
          this.worklist.findNames(tx),
        );
      const suggested: ReturnType<IngredientSuggestionsService['suggest']>[] = [];
      for (const { rawText } of data) {
        suggested.push(suggestions > 0 ? this.suggestions.suggest(rawText, suggestions) : []);
        await setImmediate(); // some milliseconds each: others get their turn in between
      }
      const ids = suggested.flat().map(({ ingredient }) => ingredient);
      const names = await this.worklist.findStandardNames(tx, [...new Set(ids)]);
      return {
        data: data.map((open, at) => ({
          ...open,
          suggestions: (suggested[at] ?? []).flatMap(({ ingredient, name: matched, score, reason }) => {
            const known = names.get(ingredient);
            return known ? [{ ingredientId: ingredient, ...known, matched, score, reason }] : [];
          }),
        })),
        meta: { total, page, limit, totalProducts },
      };
    });
  }

  /**
   * Says what a text means: every product line that bears it is linked at once, the products judged anew, and the text
   * remembered as a synonym, so that the next import links it itself. Throws NotFound when no line bears the text,
   * RuleViolation (422) for an ingredient that cannot be linked to, Duplicate (409) when the text means another already.
   */
  link(ctx: RequestContext, input: LinkText): Promise<LinkResult> {
    const { rawText, ingredientId, kind = 'synonym', remember = true } = input;
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const mergedId = await this.worklist.findUnverified(tx, rawText);
      const merged =
        mergedId === undefined ? undefined : await this.mergeUnverified(tx, mergedId, ingredientId);
      if (!merged) await this.requireTarget(tx, ingredientId);
      const linked = await this.merging.linkText(tx, rawText, ingredientId);
      const lines = [...(merged?.lines ?? []), ...linked];
      if (lines.length === 0) throw new NotFound('open ingredient text');
      const name = remember ? this.suggestions.nameIn(rawText) : '';
      const synonymId = name === '' ? undefined : await this.rememberName(tx, ingredientId, name, kind);
      const drugIds = [...new Set(lines.map(({ drugId }) => drugId))];
      await this.merging.recomputeStatus(tx, drugIds);
      const moved: Moved = {
        ...merged?.moved,
        lines: [...(merged?.moved.lines ?? []), ...linked.map(({ lineId }) => [lineId, null] as const)],
      };
      const linkId = await this.merging.remember(
        tx,
        { kind: 'link', rawText, ingredientId, mergedIngredientId: mergedId ?? null, moved, synonymId },
        ctx.actor.userId,
      );
      const synonym = synonymId === undefined ? null : name;
      return { linkId, lines: lines.length, products: drugIds.length, synonym };
    });
  }

  /** Decisions, newest first. */
  findLinks(ctx: RequestContext, query: { page: number; limit: number }): Promise<Page<LinkRow>> {
    const { page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.merging.findLinks(tx, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  private async mergeUnverified(tx: Tx, id: number, intoId: number) {
    const { from, into } = await this.merges.lockBoth(tx, id, intoId);
    return this.merges.mergeIn(tx, from, into, false);
  }

  private async requireTarget(tx: Tx, ingredientId: number): Promise<void> {
    const target = (await this.ingredients.lock(tx, [ingredientId])).get(ingredientId);
    if (!target) throw new RuleViolation(`There is no such ${INGREDIENTS.what}.`, { ingredientId });
    if (target.kind === 'merged' || !target.verified)
      throw new RuleViolation('A text is linked to a verified ingredient of its own.', { ingredientId });
  }

  private async rememberName(
    tx: Tx,
    ingredientId: number,
    name: string,
    kind: NonNullable<LinkText['kind']>,
  ): Promise<number | undefined> {
    const taken = await this.ingredients.findTakenNames(tx, ingredientId, [name]);
    if (taken.length > 0)
      throw new Duplicate('This text means another ingredient already: link it without remembering it.', {
        taken,
      });
    return this.merging.rememberSynonym(tx, ingredientId, { name, kind, confidence: 1 });
  }
}
