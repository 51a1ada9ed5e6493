import { Injectable } from '@nestjs/common';
import { IsNull, type FindOptionsWhere, type QueryDeepPartialEntity } from 'typeorm';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { RuleKind, VersionedRule } from './versioned-rule.types.js';

/** The four rule tables, read and versioned alike. A row is never changed but for the moment its validity ends. */
@Injectable()
export class VersionedRulesRepository {
  /** A page of current rules as they are shown, with how many there are. */
  findPage<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    q: string | undefined,
    limit: number,
    offset: number,
  ): Promise<{ data: View[]; total: number }> {
    const pattern = q === undefined ? null : `%${escapeLike(q)}%`;
    return tx.one(kind.pageSql, [pattern, limit, offset, null]);
  }

  /** A current rule as it is shown. */
  async findView<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    id: number,
  ): Promise<View | undefined> {
    const { data } = await tx.one<{ data: View[] }>(kind.pageSql, [null, 1, 0, id]);
    return data[0];
  }

  /** A version of a rule, current or closed. */
  findRow<Row extends VersionedRule>(tx: Tx, kind: RuleKind<Row>, id: number): Promise<Row | null> {
    return tx.manager.findOneBy(kind.entity, { id } as FindOptionsWhere<Row>);
  }

  /** Ends a current version now; false when it has another version or has ended already. */
  async close<Row extends VersionedRule>(
    tx: Tx,
    kind: RuleKind<Row>,
    id: number,
    version: number,
  ): Promise<boolean> {
    const current = { id, version, validTo: IsNull() } as FindOptionsWhere<Row>;
    const ended = { validTo: () => 'now()' } as unknown as QueryDeepPartialEntity<Row>;
    return (await tx.manager.update(kind.entity, current, ended)).affected === 1;
  }

  /** Adds a version and answers its id. */
  async insert<Row extends VersionedRule>(
    tx: Tx,
    kind: RuleKind<Row>,
    values: Partial<Row>,
  ): Promise<number> {
    const { identifiers } = await tx.manager.insert(kind.entity, values as QueryDeepPartialEntity<Row>);
    return Number(identifiers[0]?.id);
  }
}
