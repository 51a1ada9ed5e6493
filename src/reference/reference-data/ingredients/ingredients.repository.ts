import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldText } from '../../../platform/text/fold.js';
import type { GivenSynonym, IngredientQuery, IngredientView } from './ingredients.schemas.js';
import type { IngredientKind } from './ingredient.entity.js';
import {
  DELETE_OTHER_CODES,
  DELETE_OTHER_GROUPS,
  DELETE_OTHER_SYNONYMS,
  DELETE_SYNONYM,
  FIND_GROUP_CODES,
  FIND_ONE,
  FIND_PAGE,
  FIND_TAKEN_NAMES,
  INSERT_CODES,
  INSERT_GROUPS,
  INSERT_SYNONYMS,
  IS_BASE,
  LOCK,
  RECOMPUTE_STATUS_OF,
  UPDATE_SYNONYMS,
} from './ingredients.sql.js';

/** An ingredient held against other edits. */
export interface LockedIngredient {
  readonly ingredientId: number;
  readonly name: string;
  readonly kind: IngredientKind;
  readonly verified: boolean;
  readonly version: number;
  readonly baseIngredientId: number | null;
}

/** Ingredients with the names, codes and groups around them. The rows of `ingredients` itself are ListRepository's. */
@Injectable()
export class IngredientsRepository {
  async findPage(
    tx: Tx,
    query: IngredientQuery,
  ): Promise<[(IngredientView & { products: number })[], number]> {
    const { q = '', verified, kind, groupCode, sort, page, limit } = query;
    const rows = await tx.query<IngredientView & { products: number; total: number }>(FIND_PAGE, [
      foldText(q),
      q,
      verified ?? null,
      kind ?? null,
      groupCode ?? null,
      sort,
      (page - 1) * limit,
      limit,
    ]);
    return [rows.map(({ total: _, ...row }) => row), rows[0]?.total ?? 0];
  }

  find(tx: Tx, id: number): Promise<IngredientView | undefined> {
    return tx.maybeOne<IngredientView>(FIND_ONE, [id]);
  }

  getView(tx: Tx, id: number): Promise<IngredientView> {
    return tx.one<IngredientView>(FIND_ONE, [id]);
  }

  /** These ingredients, locked; one that does not exist is missing. */
  async lock(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, LockedIngredient>> {
    const rows = await tx.query<LockedIngredient>(LOCK, [ids]);
    return new Map(rows.map((row) => [row.ingredientId, row]));
  }

  /** True when a salt or a merged ingredient points at this one. */
  async isBase(tx: Tx, id: number): Promise<boolean> {
    return (await tx.one<{ isBase: boolean }>(IS_BASE, [id])).isBase;
  }

  /** Makes these the synonyms of the ingredient; one that stays keeps its source. */
  async replaceSynonyms(tx: Tx, id: number, synonyms: readonly GivenSynonym[]): Promise<void> {
    const columns = synonymColumns(synonyms);
    await tx.execute(DELETE_OTHER_SYNONYMS, [id, columns[1]]);
    await tx.execute(UPDATE_SYNONYMS, [id, ...columns]);
    await tx.execute(INSERT_SYNONYMS, [id, ...columns, 'manual']);
  }

  /** Adds one synonym, or corrects the one of the same folded form. */
  async addSynonym(tx: Tx, id: number, synonym: GivenSynonym, source: string): Promise<void> {
    const columns = synonymColumns([synonym]);
    await tx.execute(UPDATE_SYNONYMS, [id, ...columns]);
    await tx.execute(INSERT_SYNONYMS, [id, ...columns, source]);
  }

  /** False when the ingredient has no such synonym. */
  async deleteSynonym(tx: Tx, id: number, synonymId: number): Promise<boolean> {
    return (await tx.execute(DELETE_SYNONYM, [id, synonymId])) > 0;
  }

  /** Names among these that mean another ingredient already. */
  async findTakenNames(tx: Tx, id: number, names: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ name: string }>(FIND_TAKEN_NAMES, [id, names.map(foldText)]);
    return rows.map(({ name }) => name);
  }

  /** Makes these the codes of the ingredient in other systems. */
  async replaceCodes(tx: Tx, id: number, codes: IngredientView['codes']): Promise<void> {
    const columns = [codes.map(({ system }) => system), codes.map(({ code }) => code)];
    await tx.execute(DELETE_OTHER_CODES, [id, ...columns]);
    await tx.execute(INSERT_CODES, [id, ...columns]);
  }

  /** Makes these the groups of the ingredient. */
  async replaceGroups(tx: Tx, id: number, codes: readonly string[]): Promise<void> {
    await tx.execute(DELETE_OTHER_GROUPS, [id, codes]);
    await tx.execute(INSERT_GROUPS, [id, codes]);
  }

  /** Codes among these that are no group. */
  async findUnknownGroups(tx: Tx, codes: readonly string[]): Promise<string[]> {
    const known = await tx.query<{ code: string }>(FIND_GROUP_CODES, [codes]);
    return codes.filter((code) => !known.some((group) => group.code === code));
  }

  /** Judges anew which compositions that name this ingredient are known whole; answers how many products changed. */
  recomputeStatus(tx: Tx, id: number): Promise<number> {
    return tx.execute(RECOMPUTE_STATUS_OF, [id]);
  }
}

function synonymColumns(synonyms: readonly GivenSynonym[]) {
  return [
    synonyms.map(({ synonym }) => synonym),
    synonyms.map(({ synonym }) => foldText(synonym)),
    synonyms.map(({ kind }) => kind),
    synonyms.map(({ confidence }) => confidence ?? null),
    synonyms.map(({ baseFactor }) => baseFactor ?? null),
  ] as const;
}
