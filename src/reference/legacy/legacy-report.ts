import {
  LEGACY_KINDS,
  type LegacyKind,
  type LegacyReport,
  type LinkReport,
  type RowNote,
  type RowOutcome,
  type TableReport,
} from './legacy.types.js';
import type { LinkFate } from './legacy-products.js';

/** Longest list of values nobody understood; the rest is in reference.legacy_rows. */
const MOST_SHOWN = 30;

class LinkCounter {
  private stated = 0;
  private linked = 0;
  private byName = 0;
  private readonly unknown = new Map<string, number>();

  add({ stated, isLinked, isByName }: LinkFate): void {
    if (stated === null) {
      this.byName += isLinked ? 1 : 0;
      return;
    }
    this.stated += 1;
    this.linked += isLinked ? 1 : 0;
    if (!isLinked || isByName) this.unknown.set(stated, (this.unknown.get(stated) ?? 0) + 1);
  }

  report(): LinkReport {
    const unknown = [...this.unknown]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_SHOWN);
    return { stated: this.stated, linked: this.linked, byName: this.byName, unknown };
  }
}

type Counts = { -readonly [K in keyof Omit<TableReport, 'table' | 'kind'>]: number };

/** Counts what a move does, and keeps what has to be written down row by row. */
export class MoveTally {
  readonly routes = new LinkCounter();
  readonly forms = new LinkCounter();
  readonly ingredients = { linked: 0, partial: 0, unlinked: 0, notStated: 0 };
  readonly barcodes = { stated: 0, stored: 0 };
  prescriptionOnly = 0;
  private readonly counts = new Map<LegacyKind, Counts>();
  private readonly reasons = new Map<
    string,
    { table: string; outcome: RowOutcome; reason: string; count: number; example: string }
  >();
  private notes: RowNote[] = [];

  count(kind: LegacyKind, what: keyof Counts, by = 1): void {
    const counts = this.counts.get(kind) ?? {
      found: 0,
      kept: 0,
      renumbered: 0,
      merged: 0,
      refused: 0,
      added: 0,
      repaired: 0,
    };
    counts[what] += by;
    this.counts.set(kind, counts);
  }

  note(note: RowNote): void {
    this.notes.push(note);
    if (note.reason === null) return;
    const key = `${note.tableName}\u0000${note.outcome}\u0000${note.reason}`;
    const known = this.reasons.get(key);
    if (known) known.count += 1;
    else
      this.reasons.set(key, {
        table: note.tableName,
        outcome: note.outcome,
        reason: note.reason,
        count: 1,
        example: `${note.legacyId ?? ''}${note.rawValue === null ? '' : `: ${note.rawValue.slice(0, 80)}`}`,
      });
  }

  /** The notes since the last time. */
  takeNotes(): RowNote[] {
    const notes = this.notes;
    this.notes = [];
    return notes;
  }

  report(
    rest: Pick<LegacyReport, 'moved' | 'productsBefore' | 'productsAfter' | 'leftInPublic' | 'seconds'>,
    tableOf: (kind: LegacyKind) => string,
  ): LegacyReport {
    const tables = LEGACY_KINDS.flatMap((kind) => {
      const counts = this.counts.get(kind);
      return counts === undefined ? [] : [{ table: tableOf(kind), kind, ...counts }];
    });
    return {
      ...rest,
      tables,
      routes: this.routes.report(),
      dosageForms: this.forms.report(),
      ingredients: { ...this.ingredients },
      barcodes: { ...this.barcodes },
      prescriptionOnly: this.prescriptionOnly,
      reasons: [...this.reasons.values()].sort((a, b) => b.count - a.count).slice(0, 100),
    };
  }
}
