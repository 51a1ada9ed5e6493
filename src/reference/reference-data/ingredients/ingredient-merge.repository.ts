import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldText } from '../../../platform/text/fold.js';
import type { IngredientKind } from './ingredient.entity.js';
import {
  FIND_LINKS,
  FIND_LOST_RULES,
  FORGET_SYNONYM,
  LEAVE_GROUPS,
  LINK_TEXT,
  LOCK_LINK,
  MARK_MERGED,
  MARK_UNDONE,
  MOVE_CODES,
  MOVE_LINES,
  MOVE_SALTS,
  MOVE_SYNONYMS,
  RECOMPUTE_STATUS,
  REMEMBER,
  REMEMBER_SYNONYM,
  RESTORE_CODES,
  RESTORE_LINES,
  RESTORE_SALTS,
  RESTORE_SYNONYMS,
  TAKE_GROUPS,
  UNMERGE,
} from './ingredient-merge.sql.js';
import type { LostRules } from './ingredients.errors.js';

/** What an ingredient was before it was merged. */
export interface Former {
  readonly name: string;
  readonly kind: IngredientKind;
  readonly baseIngredientId: number | null;
  readonly baseFactor: string | null;
  readonly verified: boolean;
}

/** What a decision moved, so that it can go back. Lines with the ingredient they had before. */
export interface Moved {
  readonly lines: readonly (readonly [lineId: number, former: number | null])[];
  readonly synonyms?: readonly number[];
  readonly codes?: readonly (readonly [system: string, code: string])[];
  readonly salts?: readonly number[];
  readonly groups?: readonly number[];
  readonly former?: Former;
}

/** A decision about an ingredient or a text. */
export interface Link {
  readonly linkId: number;
  readonly kind: 'link' | 'merge';
  readonly rawText: string;
  readonly ingredientId: number;
  readonly mergedIngredientId: number | null;
  readonly moved: Moved;
  readonly synonymId: number | null;
  readonly undoneAt: Date | null;
}

/** A decision as lists show it. */
export type LinkRow = Pick<Link, 'linkId' | 'kind' | 'rawText' | 'ingredientId' | 'undoneAt'> & {
  readonly ingredientName: string;
  readonly lines: number;
  readonly madeBy: number | null;
  readonly madeAt: Date;
  readonly undoneBy: number | null;
};

/** A line of composition that was turned, and its product. */
export interface TurnedLine {
  readonly lineId: number;
  readonly drugId: number;
}

/** Merging ingredients and linking texts, and taking both back. Needs a transaction as pharmacy_admin. */
@Injectable()
export class IngredientMergeRepository {
  /** Rules that would no longer concern the products of `id` if `otherId` stood for it. */
  findLostRules(tx: Tx, id: number, otherId: number): Promise<LostRules> {
    return tx.one<LostRules>(FIND_LOST_RULES, [id, otherId]);
  }

  /** Gives all that points at one ingredient to another; answers what moved. */
  async moveAll(
    tx: Tx,
    id: number,
    intoId: number,
    takeGroups: boolean,
  ): Promise<{ moved: Moved; lines: TurnedLine[] }> {
    const groups = takeGroups ? await tx.query<{ id: number }>(TAKE_GROUPS, [id, intoId]) : [];
    const lines = await tx.query<TurnedLine>(MOVE_LINES, [id, intoId]);
    const synonyms = await tx.query<{ id: number }>(MOVE_SYNONYMS, [id, intoId]);
    const codes = await tx.query<{ system: string; code: string }>(MOVE_CODES, [id, intoId]);
    const salts = await tx.query<{ id: number }>(MOVE_SALTS, [id, intoId]);
    const moved: Moved = {
      lines: lines.map(({ lineId }) => [lineId, id] as const),
      synonyms: synonyms.map((row) => row.id),
      codes: codes.map(({ system, code }) => [system, code] as const),
      salts: salts.map((row) => row.id),
      groups: groups.map((row) => row.id),
    };
    return { moved, lines };
  }

  async markMerged(tx: Tx, id: number, intoId: number, name: string): Promise<void> {
    const mark = `${name.slice(0, 250)} (merged, was ingredient ${id})`;
    await tx.execute(MARK_MERGED, [id, intoId, mark, foldText(mark)]);
  }

  /** Turns every unlinked line of this text to an ingredient. */
  linkText(tx: Tx, rawText: string, ingredientId: number): Promise<TurnedLine[]> {
    return tx.query<TurnedLine>(LINK_TEXT, [rawText, ingredientId]);
  }

  /** Remembers a name; undefined where somebody has it already. */
  async rememberSynonym(
    tx: Tx,
    ingredientId: number,
    synonym: { name: string; kind: string; confidence: number },
  ): Promise<number | undefined> {
    const { name, kind, confidence } = synonym;
    const row = await tx.maybeOne<{ id: number }>(REMEMBER_SYNONYM, [
      ingredientId,
      name,
      foldText(name),
      kind,
      confidence,
    ]);
    return row?.id;
  }

  async remember(
    tx: Tx,
    link: Pick<Link, 'kind' | 'rawText' | 'ingredientId' | 'mergedIngredientId' | 'moved'> & {
      synonymId: number | undefined;
    },
    userId: number,
  ): Promise<number> {
    const { linkId } = await tx.one<{ linkId: number }>(REMEMBER, [
      link.kind,
      link.rawText,
      link.ingredientId,
      link.mergedIngredientId,
      JSON.stringify(link.moved),
      link.synonymId ?? null,
      userId > 0 ? userId : null,
    ]);
    return linkId;
  }

  /** Judges the compositions of these products anew; answers how many changed. */
  recomputeStatus(tx: Tx, drugIds: readonly number[]): Promise<number> {
    return tx.execute(RECOMPUTE_STATUS, [[...new Set(drugIds)]]);
  }

  lockLink(tx: Tx, linkId: number): Promise<Link | undefined> {
    return tx.maybeOne<Link>(LOCK_LINK, [linkId]);
  }

  async findLinks(tx: Tx, page: number, limit: number): Promise<[LinkRow[], number]> {
    const rows = await tx.query<LinkRow & { total: number }>(FIND_LINKS, [(page - 1) * limit, limit]);
    return [rows.map(({ total: _, ...row }) => row), rows[0]?.total ?? 0];
  }

  /** Turns lines back, those that still mean what was decided. */
  restoreLines(tx: Tx, { moved, ingredientId }: Link): Promise<TurnedLine[]> {
    const [ids, former] = [moved.lines.map(([lineId]) => lineId), moved.lines.map(([, id]) => id)];
    return tx.query<TurnedLine>(RESTORE_LINES, [ids, former, ingredientId]);
  }

  /** Gives a merged ingredient back its names, codes, salts and what it was. False when it is merged no more. */
  async unmerge(tx: Tx, id: number, former: Former, link: Link): Promise<boolean> {
    const { moved, ingredientId } = link;
    const { name, kind, baseIngredientId, baseFactor, verified } = former;
    const unmerged = await tx.execute(UNMERGE, [
      id,
      name,
      foldText(name),
      kind,
      baseIngredientId,
      baseFactor,
      verified,
    ]);
    if (unmerged === 0) return false;
    const codes = moved.codes ?? [];
    await tx.execute(RESTORE_SYNONYMS, [moved.synonyms ?? [], id, ingredientId]);
    await tx.execute(RESTORE_CODES, [
      codes.map(([system]) => system),
      codes.map(([, code]) => code),
      id,
      ingredientId,
    ]);
    await tx.execute(RESTORE_SALTS, [moved.salts ?? [], id, ingredientId]);
    await tx.execute(LEAVE_GROUPS, [ingredientId, moved.groups ?? []]);
    return true;
  }

  async forgetSynonym(tx: Tx, synonymId: number, ingredientId: number): Promise<void> {
    await tx.execute(FORGET_SYNONYM, [synonymId, ingredientId]);
  }

  async markUndone(tx: Tx, linkId: number, userId: number): Promise<void> {
    await tx.execute(MARK_UNDONE, [linkId, userId > 0 ? userId : null]);
  }
}
