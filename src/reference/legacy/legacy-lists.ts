import { foldText } from '../../platform/text/fold.js';
import { CatalogueText } from '../imports/catalogue-text.service.js';
import { columnsOf, textOf, type ColumnMap, type LegacyRow } from './legacy-columns.domain.js';
import { cutText } from './legacy-drug.domain.js';
import { groupCode, type ListRow } from './legacy-list.domain.js';
import { readRoute } from './legacy-route.domain.js';
import { readId } from './legacy-values.domain.js';
import type { LegacyKind, LegacyTable } from './legacy.types.js';

/** Values of an entry as the insert statement takes them, beside id and key. */
export interface EntryValue {
  readonly name: string;
  readonly name_ar?: string | null;
  readonly family?: string | null;
  readonly atc_code?: string | null;
  readonly verified?: boolean;
  readonly ingredient_id?: number;
  readonly kind?: string;
  readonly confidence?: string;
}

/** A row of an older list, read: what it becomes, what it refers to, or why it cannot be taken. */
export type ListRead =
  | { readonly entry: ListRow<EntryValue>; readonly row: LegacyRow; readonly map: ColumnMap }
  | { readonly refused: string; readonly legacyId: string | null; readonly value: string | null };

/** Longest names by kind, as the columns have them. */
const LONGEST: Readonly<Partial<Record<LegacyKind, number>>> = { dosage_forms: 100, routes: 100 };
const ATC = /^[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?$/;

/** Reads the rows of a list. Names are cut to what the catalogue keeps; a row without a name is refused. */
export function readList(table: LegacyTable, rows: readonly LegacyRow[]): ListRead[] {
  const map = columnsOf(table.kind, table.columns);
  const read = rows.map((row, index): ListRead => {
    const legacyId = map.id === undefined ? String(index + 1) : textOf(row, map, 'id');
    const text = textOf(row, map, table.kind === 'ingredient_synonyms' ? 'synonym' : 'name');
    if (text === null) return { refused: 'has no name', legacyId, value: null };
    const name = cutText(text.replaceAll(/\s+/gu, ' '), LONGEST[table.kind] ?? 300);
    const value = { name, name_ar: textOf(row, map, 'nameAr') };
    const entry = {
      legacyId,
      id: readId(legacyId),
      ...entryOf(table.kind, value, legacyId, textOf(row, map, 'atcCode')),
    };
    if (entry.key === '') return { refused: 'has a name without a letter or digit', legacyId, value: text };
    return { entry, row, map };
  });
  return table.kind === 'routes' || table.kind === 'dosage_forms' ? claimNames(table.kind, read) : read;
}

function entryOf(
  kind: LegacyKind,
  value: EntryValue,
  legacyId: string | null,
  atc: string | null,
): Pick<ListRow<EntryValue>, 'key' | 'value'> {
  const { name } = value;
  switch (kind) {
    case 'routes':
    case 'dosage_forms':
      return { key: name, value };
    case 'ingredient_groups':
      return { key: groupCode(name, legacyId), value };
    case 'ingredients': {
      const code = atc?.toUpperCase() ?? '';
      return {
        key: foldText(name),
        value: { ...value, name: name.toLowerCase(), atc_code: ATC.test(code) ? code : null },
      };
    }
    default:
      return { key: foldText(name), value };
  }
}

/** The name an entry of a list of routes or forms should have; undefined: it is not understood, or a compound. */
function plainName(kind: 'routes' | 'dosage_forms', name: string): string | undefined {
  if (kind === 'dosage_forms') return CatalogueText.dosageForm(name);
  const stated = readRoute(name);
  return stated === undefined || stated.family !== null ? undefined : (stated.route ?? undefined);
}

/**
 * Gives routes and forms the catalogue's own names ("TABS" → tablet), the row already so called first, else the first that
 * means it. The others keep their names beside it: nothing refers to them, but their ids stay.
 */
function claimNames(kind: 'routes' | 'dosage_forms', rows: ListRead[]): ListRead[] {
  const taken = new Set(rows.flatMap((read) => ('entry' in read ? [read.entry.value.name] : [])));
  return rows.map((read) => {
    if (!('entry' in read)) return read;
    const { entry } = read;
    const plain = plainName(kind, entry.value.name);
    const isClaimed = plain !== undefined && plain !== entry.value.name && !taken.has(plain);
    const name = isClaimed ? plain : entry.value.name;
    taken.add(name);
    const word = plain === name ? wordOf(kind, plain) : undefined;
    const value = {
      ...entry.value,
      name,
      name_ar: entry.value.name_ar ?? word?.nameAr ?? null,
      family: word?.family ?? null,
    };
    return { ...read, entry: { ...entry, key: name, value } };
  });
}

const wordOf = (kind: 'routes' | 'dosage_forms', name: string) =>
  kind === 'routes' ? CatalogueText.routeWord(name) : CatalogueText.formWord(name);
