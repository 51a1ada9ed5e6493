import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldText } from '../../../platform/text/fold.js';
import type { IngredientView } from './ingredients.schemas.js';
import {
  DELETE_OTHER_GROUPS,
  DELETE_OTHER_SYNONYMS,
  FIND_GROUP_CODES,
  FIND_ONE,
  FIND_PAGE,
  FIND_TAKEN_NAMES,
  INSERT_GROUPS,
  INSERT_SYNONYMS,
  UPDATE_SYNONYMS,
} from './ingredients.sql.js';

type Synonyms = IngredientView['synonyms'];

/** Ingredients with the names and groups around them. The rows of `ingredients` itself are ListRepository's. */
@Injectable()
export class IngredientsRepository {
  async findPage(
    tx: Tx,
    filter: { q: string | undefined; verified: boolean | undefined; page: number; limit: number },
  ): Promise<[IngredientView[], number]> {
    const rows = await tx.query<IngredientView & { total: number }>(FIND_PAGE, [
      foldText(filter.q ?? ''),
      filter.verified ?? null,
      (filter.page - 1) * filter.limit,
      filter.limit,
    ]);
    return [rows.map(({ total: _, ...row }) => row), rows[0]?.total ?? 0];
  }

  getView(tx: Tx, id: number): Promise<IngredientView> {
    return tx.one<IngredientView>(FIND_ONE, [id]);
  }

  /** Makes these the synonyms of the ingredient; one that stays keeps its source. */
  async replaceSynonyms(tx: Tx, id: number, synonyms: Synonyms): Promise<void> {
    const folded = synonyms.map(({ synonym }) => foldText(synonym));
    const columns = [synonyms.map(({ synonym }) => synonym), folded, synonyms.map(({ kind }) => kind)];
    await tx.execute(DELETE_OTHER_SYNONYMS, [id, folded]);
    await tx.execute(UPDATE_SYNONYMS, [id, ...columns]);
    await tx.execute(INSERT_SYNONYMS, [id, ...columns]);
  }

  /** Names among these that mean another ingredient already. */
  async findTakenNames(tx: Tx, id: number, names: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ name: string }>(FIND_TAKEN_NAMES, [id, names.map(foldText)]);
    return rows.map(({ name }) => name);
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
}
