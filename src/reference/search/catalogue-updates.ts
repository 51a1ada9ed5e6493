import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Tx } from '../../platform/database/tx.js';
import { jobContext, systemContext } from '../../platform/security/request-context.js';
import type { SearchDocument } from './engine/search.types.js';
import type { FeedPlace } from './catalogue-copy.repository.js';
import { CatalogueSource, type CatalogueChange } from './catalogue-source.repository.js';
import type { DictionaryUpdate } from './dictionary.domain.js';

/** Edits since the snapshot that an index carries along; with more of them a new snapshot is due. */
export const MANY_EDITS = 1000;

/** The state of the catalogue in rows that changed up to a place of the feed. */
export interface CatalogueUpdate {
  readonly place: number;
  /** Products read anew. */
  readonly documents: readonly SearchDocument[];
  /** Products to take out first: those read anew, and those that are gone. */
  readonly drugIds: readonly number[];
  /** Null: no name changed. */
  readonly dictionary: DictionaryUpdate | null;
}

/** Reads from the change feed what an index must take in. */
@Injectable()
export class CatalogueUpdates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly source: CatalogueSource,
  ) {}

  /** How far the feed is. */
  place(): Promise<FeedPlace> {
    return this.uow.read(systemContext(), (tx) => this.source.findPlace(tx));
  }

  /**
   * What was committed after a place, as rows in their present state. They are read after the list of changes, so they
   * are at least as new as it; what is newer comes again with the next update. Undefined: too much, or not known any
   * more, and a new snapshot is the way.
   */
  since(place: number): Promise<CatalogueUpdate | undefined> {
    return this.uow.read(systemContext(), async (tx) => {
      const changes = await this.source.findChanges(tx, place);
      const last = changes.at(-1);
      if (!last) return { place, drugIds: [], documents: [], dictionary: null };
      const keys = keysByKind(changes);
      const total = [...keys.values()].reduce((sum, ids) => sum + ids.length, 0);
      if (keys.has('rebuild') || total > MANY_EDITS) return undefined;
      const drugIds = keys.get('drug') ?? [];
      const [documents, dictionary] = await Promise.all([
        this.source.findDocuments(tx, drugIds),
        this.dictionaryOf(tx, keys),
      ]);
      return { place: last.place, drugIds, documents, dictionary };
    });
  }

  /** Folds changes that nobody can still be waiting for into one mark. */
  prune(): Promise<void> {
    return this.uow.runAsAdmin(jobContext(), (tx) => this.source.prune(tx));
  }

  private async dictionaryOf(tx: Tx, keys: KeysByKind): Promise<DictionaryUpdate | null> {
    const [ingredients, groups] = [keys.get('ingredient'), keys.get('group')];
    const [companies, categories] = [keys.get('company'), keys.get('category')];
    const [forms, routes] = [keys.has('form'), keys.has('route')];
    if (!ingredients && !groups && !companies && !categories && !forms && !routes) return null;
    const rows = await this.source.findDictionary(tx, {
      ingredients,
      groups,
      companies,
      categories,
      forms,
      routes,
    });
    return {
      ...rows,
      gone: {
        ingredients: without(ingredients, rows.ingredients, (row) => row.ingredientId),
        groups: without(groups, rows.groups, (row) => row.groupId),
        companies: without(companies, rows.companies, (row) => row.companyId),
        categories: without(categories, rows.categories, (row) => row.categoryId),
      },
    };
  }
}

type KeysByKind = ReadonlyMap<CatalogueChange['kind'], readonly number[]>;

function keysByKind(changes: readonly CatalogueChange[]): KeysByKind {
  const sets = new Map<CatalogueChange['kind'], Set<number>>();
  for (const { kind, keys } of changes) {
    const set = sets.get(kind) ?? new Set();
    for (const key of keys) set.add(key);
    sets.set(kind, set);
  }
  return new Map([...sets].map(([kind, keys]) => [kind, [...keys]]));
}

function without<Row>(
  asked: readonly number[] = [],
  found: readonly Row[] = [],
  keyOf: (row: Row) => number,
): number[] {
  const present = new Set(found.map(keyOf));
  return asked.filter((key) => !present.has(key));
}
