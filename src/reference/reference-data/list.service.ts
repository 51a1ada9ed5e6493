import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ListRepository } from './list.repository.js';
import type { ListQuery } from './list.schemas.js';
import type { Counted, ListEntry, ReferenceList } from './list.types.js';

/** The small lists the catalogue refers to: the rules they share, written once. */
@Injectable()
export class ListService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly entries: ListRepository,
  ) {}

  /** A page of the list in the order asked for, with the number of products of each entry. */
  findPage<Entry extends ListEntry>(
    ctx: RequestContext,
    list: ReferenceList<Entry>,
    query: Omit<ListQuery, 'sort'> & { sort?: ListQuery['sort'] },
    where?: Partial<Entry>,
  ): Promise<Page<Counted<Entry>>> {
    const { q, sort, page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.entries.findPage(tx, list, { q, sort, where }, page, limit);
      return { data, meta: { total, page, limit } };
    });
  }

  /** One entry. Throws NotFound. */
  findOne<Entry extends ListEntry>(
    ctx: RequestContext,
    list: ReferenceList<Entry>,
    id: number,
  ): Promise<Entry> {
    return this.uow.read(ctx, async (tx) => {
      const entry = await this.entries.find(tx, list, id);
      if (!entry) throw new NotFound(list.what);
      return entry;
    });
  }

  /** Adds an entry. Throws Duplicate (409) when the name is taken. */
  create<Entry extends ListEntry>(
    ctx: RequestContext,
    list: ReferenceList<Entry>,
    values: Partial<Entry>,
  ): Promise<Entry> {
    return this.uow.runAsAdmin(ctx, (tx) => this.entries.insert(tx, list, values));
  }

  /** Changes an entry. Throws NotFound, StaleVersion (409), Duplicate (409), RuleViolation (422) for a circle of parents. */
  update<Entry extends ListEntry>(
    ctx: RequestContext,
    list: ReferenceList<Entry>,
    id: number,
    change: Partial<Entry> & { version: number },
  ): Promise<Entry> {
    return this.uow.runAsAdmin(ctx, (tx) => this.updateIn(tx, list, id, change));
  }

  /** The same inside a transaction as pharmacy_admin that writes more than the entry. */
  async updateIn<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    id: number,
    change: Partial<Entry> & { version: number },
  ): Promise<Entry> {
    const { version, ...values } = change;
    if (list.isTree && change.parentId) await this.refuseCircle(tx, list, id, change.parentId);
    const updated = await this.entries.update(tx, list, id, version, values as unknown as Partial<Entry>);
    if (updated) return updated;
    if (await this.entries.find(tx, list, id)) throw new StaleVersion(list.what);
    throw new NotFound(list.what);
  }

  private async refuseCircle<Entry extends ListEntry>(
    tx: Tx,
    list: ReferenceList<Entry>,
    id: number,
    parentId: number,
  ): Promise<void> {
    const above = await this.entries.lockAncestors(tx, list, parentId);
    if (parentId === id || above.includes(id))
      throw new RuleViolation(`A ${list.what} cannot lie under itself.`, { id, parentId });
  }
}
