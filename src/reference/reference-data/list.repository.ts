import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere, QueryDeepPartialEntity, SelectQueryBuilder } from 'typeorm';

import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { LIST_SORTS } from './list.schemas.js';
import type { Counted, ListEntry, ReferenceList } from './list.types.js';

const LOCK_TREE = `select /* referenceData.lockTree */ pg_advisory_xact_lock(hashtext('reference-list'), hashtext($1))`;

const COUNT_PRODUCTS = `
select /* referenceData.countProducts */ key, products
from reference.catalogue_statistics
where dimension = $1 and key = any ($2::text[])`;

/** What a page of a list is asked for. */
export interface ListFilter<Entry> {
  readonly q?: string | undefined;
  readonly sort?: (typeof LIST_SORTS)[number] | undefined;
  readonly where?: Partial<Entry> | undefined;
}

/** Reads and writes the entries of any reference list. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class ListRepository {
  /** A page, entries that start with `q` before those that contain it; with how many entries there are in all. */
  async findPage<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    filter: ListFilter<Entry>,
    page: number,
    limit: number,
  ): Promise<[Counted<Entry>[], number]> {
    const query = this.selectEntries(tx, list, filter);
    const offset = (page - 1) * limit;
    if (list.isFolded || filter.q === undefined) {
      const [entries, total] = await query.offset(offset).limit(limit).getManyAndCount();
      return [await this.withProducts(tx, list, entries), total];
    }
    // Lists without a folded column hold some hundred entries: they are folded here, names in both scripts.
    const matches = bestFirst(await query.getMany(), foldText(filter.q));
    return [await this.withProducts(tx, list, matches.slice(offset, offset + limit)), matches.length];
  }

  /** One entry by its identity, when it exists. */
  find<Entry extends ListEntry>(tx: Tx, list: ReferenceList<Entry>, id: number): Promise<Entry | null> {
    return tx.manager.findOneBy(list.entity, { id } as FindOptionsWhere<Entry>);
  }

  /** Adds an entry and answers it as stored. */
  async insert<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    values: Partial<Entry>,
  ): Promise<Entry> {
    const { identifiers } = await tx.manager.insert(list.entity, withFold(list, values));
    return tx.manager.findOneByOrFail(list.entity, {
      id: Number(identifiers[0]?.id),
    } as FindOptionsWhere<Entry>);
  }

  /** Changes the entry when it still has the version; answers null when it does not, or does not exist. */
  async update<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    id: number,
    version: number,
    values: Partial<Entry>,
  ): Promise<Entry | null> {
    const { affected } = await tx.manager.update(
      list.entity,
      { id, version },
      withFold(list, { ...values, version: version + 1 }),
    );
    return affected === 1 ? this.find(tx, list, id) : null;
  }

  /**
   * The entries above `id`, nearest first; the tree stays locked against other edits until the transaction ends, so
   * two edits cannot close a circle together.
   */
  async lockAncestors<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    id: number,
  ): Promise<number[]> {
    await tx.execute(LOCK_TREE, [list.what]);
    const ancestors: number[] = [];
    let entry = await this.find(tx, list, id);
    while (entry?.parentId && !ancestors.includes(entry.parentId)) {
      ancestors.push(entry.parentId);
      entry = await this.find(tx, list, entry.parentId);
    }
    return ancestors;
  }

  private selectEntries<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    { q, sort = 'name', where = {} }: ListFilter<Entry>,
  ): SelectQueryBuilder<Entry> {
    const query = tx.manager.createQueryBuilder(list.entity, 'entry').where('true');
    const wanted = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined));
    if (Object.keys(wanted).length > 0) query.andWhere(wanted);
    if (q !== undefined && list.isFolded)
      query
        .andWhere('strpos(entry.nameFolded, :q) > 0', { q: foldText(q) })
        .addSelect('not starts_with(entry.nameFolded, :q)', 'is_later')
        .addOrderBy('is_later', 'ASC');
    const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
    if (sort.endsWith('products') && list.counted) {
      const key = list.counted.byName ? 'entry.name' : 'cast(entry.id as text)';
      const products = `coalesce((select s.products from reference.catalogue_statistics s where s.dimension = :dimension and s.key = ${key}), 0)`;
      query
        .addSelect(products, 'products')
        .setParameter('dimension', list.counted.dimension)
        .addOrderBy('products', direction);
    }
    return query
      .addOrderBy('entry.name', sort === '-name' ? 'DESC' : 'ASC')
      .addOrderBy('entry.id', sort === '-name' ? 'DESC' : 'ASC');
  }

  private async withProducts<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    entries: readonly Entry[],
  ): Promise<Counted<Entry>[]> {
    if (!list.counted || entries.length === 0) return [...entries];
    const { byName, dimension } = list.counted;
    const keyOf = (entry: Entry): string => (byName ? entry.name : String(entry.id));
    const rows = await tx.query<{ key: string; products: number }>(COUNT_PRODUCTS, [
      dimension,
      entries.map(keyOf),
    ]);
    const counts = new Map(rows.map(({ key, products }) => [key, products]));
    return entries.map((entry) => ({ ...entry, products: counts.get(keyOf(entry)) ?? 0 }));
  }
}

/** Entries whose name holds the folded text, those whose name begins with it first, otherwise in the order given. */
function bestFirst<Entry extends ListEntry>(entries: readonly Entry[], folded: string): Entry[] {
  const places = entries.map((entry) => ({
    entry,
    at: [entry.name, entry.nameAr ?? ''].map((name) => foldText(name).indexOf(folded)),
  }));
  const starts = places.filter(({ at }) => at.includes(0));
  const contains = places.filter(({ at }) => !at.includes(0) && at.some((place) => place > 0));
  return [...starts, ...contains].map(({ entry }) => entry);
}

function withFold<Entry extends ListEntry>(
  list: ReferenceList<Entry>,
  values: Partial<Entry>,
): QueryDeepPartialEntity<Entry> {
  const needsFold = list.isFolded && values.name !== undefined && values.nameFolded === undefined;
  const folded = needsFold ? { ...values, nameFolded: foldText(values.name ?? '') } : values;
  return folded as QueryDeepPartialEntity<Entry>;
}
