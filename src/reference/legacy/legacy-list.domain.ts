/** A row of an older list: its id (null: none that can be kept) and what it is known by in the new one. */
export interface ListRow<T> {
  readonly legacyId: string | null;
  readonly id: number | null;
  /** What must be unique: a folded name, a name, a code. Rows with the same key are one. */
  readonly key: string;
  readonly value: T;
}

export interface NewEntry<T> {
  readonly id: number;
  readonly key: string;
  readonly value: T;
}

export interface PlannedRow<T> {
  readonly row: ListRow<T>;
  readonly targetId: number;
  readonly outcome: 'kept' | 'renumbered' | 'merged';
  /** False: the entry was there already. */
  readonly isNew: boolean;
}

export interface ListPlan<T> {
  readonly inserts: readonly NewEntry<T>[];
  /** What becomes of each row, in order. */
  readonly rows: readonly PlannedRow<T>[];
}

/** The entries of a list while it is being filled: ids by key, and the next id nobody has. */
export class ListIds {
  private readonly byKey: Map<string, number>;
  private readonly taken: Set<number>;
  private last: number;

  /** `reserved`: ids rows of the older list want, which no new entry may take. */
  constructor(existing: ReadonlyMap<string, number>, reserved: Iterable<number> = []) {
    this.byKey = new Map(existing);
    this.taken = new Set(existing.values());
    this.last = 0;
    for (const id of [...this.taken, ...reserved]) this.last = Math.max(this.last, id);
  }

  idOf(key: string): number | undefined {
    return this.byKey.get(key);
  }

  isTaken(id: number): boolean {
    return this.taken.has(id);
  }

  /** Notes an entry under the id wanted, or under the next where that is null or taken. */
  add(key: string, wanted: number | null): number {
    const id = wanted !== null && !this.taken.has(wanted) ? wanted : this.last + 1;
    this.last = Math.max(this.last, id);
    this.taken.add(id);
    this.byKey.set(key, id);
    return id;
  }
}

/**
 * Plans how an older list goes into one that may hold entries already: a row keeps its id unless another entry has it, and
 * is merged where an entry (there before, or of an earlier row) has its key.
 */
export function planList<T>(rows: readonly ListRow<T>[], ids: ListIds): ListPlan<T> {
  const inserts: NewEntry<T>[] = [];
  const planned = rows.map((row): PlannedRow<T> => {
    const known = ids.idOf(row.key);
    if (known !== undefined) {
      const isItself = known === row.id && !inserts.some(({ id }) => id === known);
      return { row, targetId: known, outcome: isItself ? 'kept' : 'merged', isNew: false };
    }
    const targetId = ids.add(row.key, row.id);
    inserts.push({ id: targetId, key: row.key, value: row.value });
    return { row, targetId, outcome: targetId === row.id ? 'kept' : 'renumbered', isNew: true };
  });
  return { inserts, rows: planned };
}

/** The code of a group made of its name: "Beta-blockers (oral)" → beta-blockers-oral; `group-7` where nothing is left. */
export function groupCode(name: string, id: string | null): string {
  const code = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-+|-+$/g, '');
  if (code !== '') return code;
  return `group-${(id ?? '').replaceAll(/\D/g, '').slice(0, 20) || '0'}`;
}
