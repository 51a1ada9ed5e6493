import { Injectable } from '@nestjs/common';
import { IsNull, type FindOptionsWhere, type QueryDeepPartialEntity } from 'typeorm';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { RuleKind, RulePageQuery, VersionedRule } from './versioned-rule.types.js';

/** The four rule tables, read and versioned alike. A row is never changed but for the moment its validity ends. */
@Injectable()
export class VersionedRulesRepository {
  /** A page of rules as they are shown, with how many there are. */
  findPage<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    { q, severity, status, page, limit }: RulePageQuery,
  ): Promise<{ data: View[]; total: number }> {
    const pattern = q === undefined ? null : `%${escapeLike(q)}%`;
    const offset = (page - 1) * limit;
    return tx.one(kind.pageSql, [pattern, limit, offset, null, severity ?? null, status, null]);
  }

  /** A version of a rule, current or closed, as it is shown. */
  async findView<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    id: number,
  ): Promise<View | undefined> {
    const { data } = await tx.one<{ data: View[] }>(kind.pageSql, [null, 1, 0, id, null, 'any', null]);
    return data[0];
  }

  /** The versions of the rule of this code as they are shown, the latest first, at most `limit`. */
  async findVersions<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    code: string,
    limit: number,
  ): Promise<View[]> {
    const found = await tx.one<{ data: View[] }>(kind.pageSql, [null, limit, 0, null, null, 'any', code]);
    return found.data;
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
