import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import { CatalogueText } from '../imports/catalogue-text.service.js';
import { textOf, type LegacyRow } from './legacy-columns.domain.js';
import { ListIds, planList, type NewEntry } from './legacy-list.domain.js';
import { readList, type EntryValue, type ListRead } from './legacy-lists.js';
import { LIST_KEYS, type LegacyMoveRepository, type ListKind } from './legacy-move.repository.js';
import { familyOf } from './legacy-products.js';
import type { MoveTally } from './legacy-report.js';
import { readId } from './legacy-values.domain.js';
import type { LegacyTable } from './legacy.types.js';

/** Lists whose new entries `down` takes away again: each is written down. */
const TAKEN_BACK: ReadonlySet<ListKind> = new Set([
  'companies',
  'dosage_forms',
  'routes',
  'therapeutic_categories',
]);

const SYNONYM_KINDS: ReadonlySet<string> = new Set([
  'synonym',
  'salt',
  'abbreviation',
  'misspelling',
  'arabic',
  'brand_generic',
]);

/** The lists of one move: takes the older ones over, and finds or adds the entries products refer to. */
export class LegacyLists {
  private readonly ids = new Map<ListKind, ListIds>();
  private readonly targets = new Map<ListKind, Map<string, number>>();
  private readonly names = new Map<ListKind, Map<string, string>>();
  private readonly pending = new Map<ListKind, NewEntry<EntryValue>[]>();

  constructor(
    private readonly repository: LegacyMoveRepository,
    private readonly tally: MoveTally,
  ) {}

  /** Takes an older list over. */
  async take(tx: Tx, table: LegacyTable): Promise<void> {
    const kind = table.kind as ListKind;
    const rows: LegacyRow[] = [];
    for await (const page of this.repository.pages(tx, table)) rows.push(...page);
    this.tally.count(kind, 'found', rows.length);
    const reads = readList(table, rows).map((read) =>
      kind === 'ingredient_synonyms' ? this.withIngredient(read) : read,
    );
    for (const read of reads) if (!('entry' in read)) this.refuse(table, read);
    const entries = reads.flatMap((read) => ('entry' in read ? [read] : []));
    const wanted = entries.flatMap(({ entry }) => entry.id ?? []);
    const ids = new ListIds(await this.repository.entries(tx, kind), wanted);
    this.ids.set(kind, ids);
    const plan = planList(
      entries.map(({ entry }) => entry),
      ids,
    );
    await this.repository.insertEntries(tx, kind, plan.inserts);
    const targets = new Map<string, number>();
    const names = new Map<string, string>();
    for (const [index, { row, targetId, outcome, isNew }] of plan.rows.entries()) {
      this.tally.count(kind, outcome);
      if (row.legacyId !== null && !targets.has(row.legacyId)) {
        targets.set(row.legacyId, targetId);
        const read = entries[index];
        names.set(row.legacyId, (read && textOf(read.row, read.map, 'name')) ?? row.value.name);
      }
      if (outcome === 'kept' && !(isNew && TAKEN_BACK.has(kind))) continue;
      const reason =
        outcome === 'merged'
          ? 'is the same as an entry there'
          : outcome === 'renumbered'
            ? 'has no id of its own that is free'
            : null;
      this.tally.note({
        tableName: kind,
        legacyId: row.legacyId,
        targetId,
        outcome,
        reason,
        rawValue: row.value.name,
      });
    }
    this.targets.set(kind, targets);
    this.names.set(kind, names);
    await this.setReferences(tx, kind, entries);
  }

  /** Ids of a list by key, as they are now; read anew after the clinical rules were loaded. */
  async refresh(tx: Tx, kind: ListKind): Promise<void> {
    this.ids.set(kind, new ListIds(await this.repository.entries(tx, kind)));
  }

  /** The name of an older entry by its id. */
  nameOf(kind: ListKind, id: number | null): string | null {
    return id === null ? null : (this.names.get(kind)?.get(String(id)) ?? null);
  }

  /** Folded name → name of the entries of the older list as they are called now. */
  listed(kind: ListKind): ReadonlyMap<string, string> {
    const names = [...(this.names.get(kind)?.values() ?? [])];
    return new Map(
      names
        .filter((name) => this.ids.get(kind)?.idOf(name) !== undefined)
        .map((name) => [foldText(name), name]),
    );
  }

  /** The entry an older id or a name means; a name nobody has is added. Null: neither is given. */
  find(kind: 'companies' | 'therapeutic_categories', id: number | null, name: string | null): number | null {
    const target = id === null ? undefined : this.targets.get(kind)?.get(String(id));
    if (target !== undefined) return target;
    const shown = name?.replaceAll(/\s+/gu, ' ').slice(0, 300) ?? '';
    const key = foldText(shown);
    return key === '' ? null : (this.ids.get(kind)?.idOf(key) ?? this.add(kind, key, { name: shown }));
  }

  /** Makes sure that a form or route of this name is there. */
  need(kind: 'dosage_forms' | 'routes', name: string | null): void {
    if (name === null || this.ids.get(kind)?.idOf(name) !== undefined) return;
    const word = kind === 'routes' ? CatalogueText.routeWord(name) : CatalogueText.formWord(name);
    this.add(kind, name, { name, name_ar: word.nameAr, family: kind === 'routes' ? null : familyOf(name) });
  }

  /** The id of an ingredient nobody knew: unverified, on the worklist. */
  newIngredient(name: string): number {
    const key = foldText(name);
    return (
      this.ids.get('ingredients')?.idOf(key) ??
      this.add('ingredients', key, { name: name.toLowerCase().slice(0, 300), verified: false })
    );
  }

  /** Writes the entries added since the last time. */
  async flush(tx: Tx): Promise<void> {
    for (const [kind, entries] of this.pending) await this.repository.insertEntries(tx, kind, entries);
    this.pending.clear();
  }

  private add(kind: ListKind, key: string, value: EntryValue): number {
    const id = this.ids.get(kind)?.add(key, null) ?? 0;
    this.pending.set(kind, [...(this.pending.get(kind) ?? []), { id, key, value }]);
    this.tally.count(kind, 'added');
    this.tally.note({
      tableName: kind,
      legacyId: null,
      targetId: id,
      outcome: 'added',
      reason: null,
      rawValue: value.name,
    });
    return id;
  }

  private refuse(table: LegacyTable, read: Extract<ListRead, { refused: string }>): void {
    this.tally.count(table.kind, 'refused');
    this.tally.note({
      tableName: table.kind,
      legacyId: read.legacyId,
      targetId: null,
      outcome: 'refused',
      reason: read.refused,
      rawValue: read.value,
    });
  }

  /** A synonym with the ingredient it means; refused where there is none, or where it is that ingredient's own name. */
  private withIngredient(read: ListRead): ListRead {
    if (!('entry' in read)) return read;
    const { entry, row, map } = read;
    const id = textOf(row, map, 'ingredientId');
    const named = textOf(row, map, 'ingredientName');
    const ingredients = this.ids.get('ingredients');
    const target =
      (id === null ? undefined : this.targets.get('ingredients')?.get(id)) ??
      (named === null ? undefined : ingredients?.idOf(foldText(named)));
    const refused = (reason: string): ListRead => ({
      refused: reason,
      legacyId: entry.legacyId,
      value: entry.value.name,
    });
    if (target === undefined) return refused('means an ingredient that is not there');
    if (ingredients?.idOf(entry.key) !== undefined) return refused('is the name of an ingredient itself');
    const kind = textOf(row, map, 'code')?.toLowerCase() ?? '';
    const confidence = textOf(row, map, 'confidence');
    const value: EntryValue = {
      ...entry.value,
      ingredient_id: target,
      kind: SYNONYM_KINDS.has(kind)
        ? kind
        : /\p{Script=Arabic}/u.test(entry.value.name)
          ? 'arabic'
          : 'synonym',
      ...(confidence !== null && /^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(confidence) ? { confidence } : {}),
    };
    return { ...read, entry: { ...entry, value } };
  }

  /** Wider groups and categories, and the groups of ingredients. */
  private async setReferences(
    tx: Tx,
    kind: ListKind,
    entries: readonly Extract<ListRead, { row: LegacyRow }>[],
  ): Promise<void> {
    const targets = this.targets.get(kind);
    const pairs = (own: ReadonlyMap<string, number> | undefined, field: 'parentId' | 'groupId') =>
      entries.flatMap(({ entry, row, map }) => {
        const from = entry.legacyId === null ? undefined : targets?.get(entry.legacyId);
        const stated = textOf(row, map, field);
        const to = stated === null || readId(stated) === null ? undefined : own?.get(stated);
        return from === undefined || to === undefined ? [] : [{ from, to }];
      });
    if (kind === 'ingredient_groups' || kind === 'therapeutic_categories') {
      const parents = pairs(targets, 'parentId').map(({ from, to }) => ({ id: from, parent_id: to }));
      await this.repository.setParents(tx, kind, withoutCycles(parents));
    }
    if (kind === 'ingredients') {
      const members = pairs(this.targets.get('ingredient_groups'), 'groupId');
      await this.repository.insertMembers(
        tx,
        members.map(({ from, to }) => ({ ingredient_id: from, group_id: to })),
      );
    }
  }
}

/** Parents without those that would close a circle: the tree of the older catalogue may hold one. */
function withoutCycles(
  parents: readonly { id: number; parent_id: number }[],
): { id: number; parent_id: number }[] {
  const parentOf = new Map<number, number>();
  return parents.filter(({ id, parent_id: parent }) => {
    const walked = new Set([id]);
    for (let at: number | undefined = parent; at !== undefined; at = parentOf.get(at)) {
      if (walked.has(at)) return false;
      walked.add(at);
    }
    parentOf.set(id, parent);
    return true;
  });
}

/** Every list with an id sequence. */
export const LIST_KINDS = Object.keys(LIST_KEYS) as ListKind[];
