import type { Tx } from '../../platform/database/tx.js';
import type { NewEntry } from './legacy-list.domain.js';
import type { EntryValue } from './legacy-lists.js';
import type { LegacyRow } from './legacy-columns.domain.js';
import {
  ADVANCE_IDS,
  COUNT_EDITED,
  COUNT_PRODUCTS,
  DELETE_PRODUCTS,
  DELETE_UNUSED,
  FIND_ENTRIES,
  FIND_LEXICON,
  FIND_MADE,
  FIND_STANDING,
  FIND_TABLES,
  FIND_TAKEN_BARCODES,
  FIND_TAKEN_IDS,
  FINGERPRINT,
  HAS_RULES,
  INSERT_BARCODES,
  INSERT_COMPOSITION,
  INSERT_DRUGS,
  INSERT_ENTRIES,
  INSERT_MEMBERS,
  INSERT_MOVE,
  INSERT_NOTES,
  INSERT_TEXTS,
  LEFT_IN_PUBLIC,
  LINK_TO_BASE,
  LOCK_CATALOGUE,
  MARK_UNDONE,
  MOVE_TABLES,
  ONE_MOVE_AT_A_TIME,
  READ_PAGE,
  SET_CATEGORY_PARENTS,
  SET_GROUP_PARENTS,
  STORE_REPORT,
} from './legacy-move.sql.js';
import {
  LEGACY_KINDS,
  TABLE_NAMES,
  type LegacyKind,
  type LegacyReport,
  type LegacyTable,
  type RowNote,
} from './legacy.types.js';

/** Pages read at a time: two megabytes of 8 kB pages, some thousands of products. */
const PAGES_AT_A_TIME = 256;
/** Rows sent in one statement. */
const ROWS_AT_A_TIME = 2000;

export type ListKind = Exclude<LegacyKind, 'drugs'>;

/** Table and key of each list in `reference`. */
export const LIST_KEYS: Readonly<Record<ListKind, string>> = {
  companies: 'company_id',
  dosage_forms: 'id',
  routes: 'id',
  therapeutic_categories: 'category_id',
  ingredient_groups: 'group_id',
  ingredients: 'ingredient_id',
  ingredient_synonyms: 'synonym_id',
};

export interface StandingMove {
  readonly moveId: number;
  readonly tables: string[];
  readonly movedAt: Date;
}

/** Reads an older catalogue and writes it into this one. Needs a transaction as the owner of both. */
export class LegacyMoveRepository {
  /** Takes the lock imports take, and keeps others from writing the catalogue; reading goes on. */
  async lock(tx: Tx): Promise<void> {
    await tx.execute("set local lock_timeout = '30s'");
    await tx.execute('set local jit = off');
    await tx.execute(ONE_MOVE_AT_A_TIME);
    await tx.execute(LOCK_CATALOGUE);
  }

  /** Tables of the older catalogue in a schema, one a kind, in the order they are taken over. */
  async tables(tx: Tx, schema: 'public' | 'legacy'): Promise<LegacyTable[]> {
    const names = LEGACY_KINDS.flatMap((kind) => TABLE_NAMES[kind]);
    const found = await tx.query<Omit<LegacyTable, 'kind'>>(FIND_TABLES, [schema, names]);
    return LEGACY_KINDS.flatMap((kind) => {
      const table = TABLE_NAMES[kind]
        .map((name) => found.find(({ tableName }) => tableName === name))
        .find(Boolean);
      return table === undefined ? [] : [{ ...table, kind }];
    });
  }

  async move(
    tx: Tx,
    tables: readonly string[],
    from: 'public' | 'legacy',
    to: 'public' | 'legacy',
  ): Promise<void> {
    if (tables.length > 0) await tx.execute(MOVE_TABLES, [tables, from, to]);
  }

  async fingerprint(tx: Tx, schema: 'public' | 'legacy', table: string): Promise<string> {
    return (await tx.one<{ print: string }>(FINGERPRINT, [schema, table])).print;
  }

  /** Rows of a table in the schema legacy, some pages at a time. */
  async *pages(tx: Tx, { tableName, pages }: LegacyTable): AsyncGenerator<LegacyRow[]> {
    for (let first = 0; first < pages; first += PAGES_AT_A_TIME) {
      const rows = await tx.query<{ row: LegacyRow }>(READ_PAGE, [tableName, first, PAGES_AT_A_TIME]);
      yield rows.map(({ row }) => row);
    }
  }

  async leftInPublic(tx: Tx): Promise<string[]> {
    return (await tx.query<{ name: string }>(LEFT_IN_PUBLIC)).map(({ name }) => name);
  }

  standing(tx: Tx): Promise<StandingMove | undefined> {
    return tx.maybeOne<StandingMove>(FIND_STANDING);
  }

  async countProducts(tx: Tx): Promise<number> {
    return (await tx.one<{ count: number }>(COUNT_PRODUCTS)).count;
  }

  takenIds(tx: Tx, ids: readonly number[]): Promise<{ drugId: number; name: string; source: string }[]> {
    return tx.query(FIND_TAKEN_IDS, [ids]);
  }

  async hasClinicalRules(tx: Tx): Promise<boolean> {
    return (await tx.one<{ loaded: boolean }>(HAS_RULES)).loaded;
  }

  async entries(tx: Tx, kind: ListKind): Promise<Map<string, number>> {
    const rows = await tx.query<{ key: string; id: number }>(FIND_ENTRIES[kind]);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  async insertEntries(tx: Tx, kind: ListKind, entries: readonly NewEntry<EntryValue>[]): Promise<void> {
    await this.send(
      tx,
      INSERT_ENTRIES[kind],
      entries.map(({ id, key, value }) => ({ ...value, id, key })),
    );
  }

  async setParents(
    tx: Tx,
    kind: 'ingredient_groups' | 'therapeutic_categories',
    rows: readonly object[],
  ): Promise<void> {
    await this.send(tx, kind === 'ingredient_groups' ? SET_GROUP_PARENTS : SET_CATEGORY_PARENTS, rows);
  }

  async insertMembers(tx: Tx, rows: readonly object[]): Promise<void> {
    await this.send(tx, INSERT_MEMBERS, rows);
  }

  async linkToBases(tx: Tx): Promise<number> {
    return tx.execute(LINK_TO_BASE);
  }

  /** Names of verified ingredients, each with the ingredient that stands for it. */
  lexicon(tx: Tx): Promise<{ name: string; ingredientId: number; atcCode: string | null }[]> {
    return tx.query(FIND_LEXICON);
  }

  async takenBarcodes(tx: Tx): Promise<Set<string>> {
    return new Set((await tx.query<{ gtin: string }>(FIND_TAKEN_BARCODES)).map(({ gtin }) => gtin));
  }

  async insertDrugs(tx: Tx, rows: readonly object[]): Promise<void> {
    await this.send(tx, INSERT_DRUGS, rows);
  }

  async insertCompositions(tx: Tx, rows: readonly object[]): Promise<void> {
    await this.send(tx, INSERT_COMPOSITION, rows);
  }

  async insertBarcodes(tx: Tx, rows: readonly object[]): Promise<void> {
    await this.send(tx, INSERT_BARCODES, rows);
  }

  async insertTexts(tx: Tx, rows: readonly object[]): Promise<void> {
    await this.send(tx, INSERT_TEXTS, rows);
  }

  async insertMove(tx: Tx, tables: readonly string[]): Promise<number> {
    return (await tx.one<{ moveId: number }>(INSERT_MOVE, [tables])).moveId;
  }

  async insertNotes(tx: Tx, moveId: number, notes: readonly RowNote[]): Promise<void> {
    for (let at = 0; at < notes.length; at += ROWS_AT_A_TIME)
      await tx.execute(INSERT_NOTES, [moveId, JSON.stringify(notes.slice(at, at + ROWS_AT_A_TIME))]);
  }

  async storeReport(tx: Tx, moveId: number, report: LegacyReport): Promise<void> {
    await tx.execute(STORE_REPORT, [moveId, JSON.stringify(report)]);
  }

  /** Moves the id sequences past the ids kept; not taken back by a rollback, which only leaves a gap. */
  async advanceIds(tx: Tx, kinds: readonly LegacyKind[]): Promise<void> {
    for (const kind of kinds)
      await tx.execute(ADVANCE_IDS, [kind, kind === 'drugs' ? 'drug_id' : LIST_KEYS[kind]]);
  }

  async refreshStatistics(tx: Tx): Promise<void> {
    await tx.execute('select /* legacy.refreshStatistics */ reference.refresh_statistics()');
  }

  async countEdited(tx: Tx): Promise<number> {
    return (await tx.one<{ count: number }>(COUNT_EDITED)).count;
  }

  /** Deletes the products of the move; a foreign key refuses where the daily work refers to one. */
  async deleteProducts(tx: Tx): Promise<number> {
    let deleted = 0;
    for (const statement of DELETE_PRODUCTS) deleted = await tx.execute(statement);
    return deleted;
  }

  /**
   * Deletes what the move put into a list and nothing else has come to use; answers how many went. Standards, groups and
   * synonyms stay, since the clinical rules may rest on them by now: of the ingredients only unverified ones go.
   */
  async deleteEntries(tx: Tx, moveId: number, kind: ListKind): Promise<number> {
    const outcomes = kind === 'ingredients' ? ['added'] : ['kept', 'renumbered', 'added'];
    const { ids } = await tx.one<{ ids: number[] | null }>(FIND_MADE, [moveId, kind, outcomes]);
    if (ids === null) return 0;
    let deleted = 0;
    // Once more for entries whose narrower ones had to go first.
    for (let round = 0, went = 1; round < 3 && went > 0; round++) {
      went = (await tx.one<{ deleted: number }>(DELETE_UNUSED, [kind, LIST_KEYS[kind], ids])).deleted;
      deleted += went;
    }
    return deleted;
  }

  async markUndone(tx: Tx, moveId: number): Promise<void> {
    await tx.execute(MARK_UNDONE, [moveId]);
  }

  private async send(tx: Tx, statement: string, rows: readonly object[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_AT_A_TIME)
      await tx.execute(statement, [JSON.stringify(rows.slice(at, at + ROWS_AT_A_TIME))]);
  }
}
