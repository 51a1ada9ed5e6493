import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { readDictionary, type DictionaryKeys, type FeedPlace } from './catalogue-copy.repository.js';
import * as sql from './catalogue-source.sql.js';
import { documentOf } from './document.domain.js';
import type { SearchDictionary, SearchDocument } from './engine/search.types.js';

/** Rows of the catalogue that changed, by identity. */
export interface CatalogueChange {
  readonly place: number;
  readonly kind: 'drug' | 'ingredient' | 'group' | 'company' | 'category' | 'form' | 'route' | 'rebuild';
  readonly keys: readonly number[];
}

/** Reads the catalogue for search: as a whole for a snapshot, and what changed since. */
@Injectable()
export class CatalogueSource {
  /** How far the feed is. */
  async findPlace(tx: Tx): Promise<FeedPlace> {
    return tx.one<FeedPlace>(sql.FIND_PLACE);
  }

  /** What was committed after a place, in the order of commits. */
  findChanges(tx: Tx, place: number): Promise<CatalogueChange[]> {
    return tx.query<CatalogueChange>(sql.FIND_CHANGES, [place]);
  }

  /** These products; one that does not exist is missing. */
  async findDocuments(tx: Tx, drugIds: readonly number[]): Promise<SearchDocument[]> {
    if (drugIds.length === 0) return [];
    const rows = await tx.query<Record<string, string | null>>(sql.FIND_DOCUMENTS, [drugIds]);
    return rows.map((row) => documentOf(Object.values(row)));
  }

  /** Rows of the dictionary. */
  findDictionary(tx: Tx, keys: DictionaryKeys): Promise<Partial<SearchDictionary>> {
    return readDictionary((text, values) => tx.query(text, values), keys);
  }

  /** Folds old changes into one mark; needs a transaction as pharmacy_admin. */
  async prune(tx: Tx): Promise<void> {
    await tx.query(sql.PRUNE_CHANGES);
  }
}
