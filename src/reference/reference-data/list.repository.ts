import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';

import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { ListEntry, ReferenceList } from './list.types.js';

const LOCK_TREE = `select /* referenceData.lockTree */ pg_advisory_xact_lock(hashtext('reference-list'), hashtext($1))`;

/** Reads and writes the entries of any reference list. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class ListRepository {
  /** A page by name, entries that start with `q` before those that contain it. */
  async findPage<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    q: string | undefined,
    page: number,
    limit: number,
  ): Promise<[Entry[], number]> {
    const query = tx.manager.createQueryBuilder(list.entity, 'entry');
    if (q !== undefined) {
      const [matches, isLater] = list.isFolded
        ? ['strpos(entry.nameFolded, :q) > 0', 'not starts_with(entry.nameFolded, :q)']
        : ['strpos(lower(entry.name), :q) > 0', 'not starts_with(lower(entry.name), :q)'];
      query
        .where(matches, { q: list.isFolded ? foldText(q) : q.toLowerCase() })
        .addSelect(isLater, 'is_later')
        .orderBy('is_later', 'ASC');
    }
    return query
      .addOrderBy('entry.name', 'ASC')
      .addOrderBy('entry.id', 'ASC')
      .offset((page - 1) * limit)
      .limit(limit)
      .getManyAndCount();
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
}

function withFold<Entry extends ListEntry>(
  list: ReferenceList<Entry>,
  values: Partial<Entry>,
): QueryDeepPartialEntity<Entry> {
  const folded =
    list.isFolded && values.name !== undefined ? { ...values, nameFolded: foldText(values.name) } : values;
  return folded as QueryDeepPartialEntity<Entry>;
}
