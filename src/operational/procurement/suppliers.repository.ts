import { Injectable } from '@nestjs/common';
import { ILike } from 'typeorm';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import { Supplier } from './supplier.entity.js';
import './suppliers.errors.js';

/** Suppliers, for all branches. */
@Injectable()
export class SuppliersRepository {
  async findPage(
    tx: Tx,
    filter: { q?: string; active?: boolean; page: number; limit: number },
  ): Promise<[Supplier[], number]> {
    return tx.manager.findAndCount(Supplier, {
      where: {
        ...(filter.q === undefined ? {} : { name: ILike(`%${escapeLike(filter.q)}%`) }),
        ...(filter.active === undefined ? {} : { active: filter.active }),
      },
      order: { name: 'ASC', supplierId: 'ASC' },
      skip: (filter.page - 1) * filter.limit,
      take: filter.limit,
    });
  }

  async insert(tx: Tx, values: Partial<Supplier>): Promise<Supplier> {
    const { identifiers } = await tx.manager.insert(Supplier, values);
    return tx.manager.findOneByOrFail(Supplier, { supplierId: Number(identifiers[0]?.supplierId) });
  }

  /** Changes the row when it still has the version; answers undefined when it does not, or does not exist. */
  async update(
    tx: Tx,
    supplierId: number,
    version: number,
    values: Partial<Supplier>,
  ): Promise<Supplier | undefined> {
    const { affected } = await tx.manager.update(
      Supplier,
      { supplierId, version },
      { ...values, version: version + 1 },
    );
    return affected === 1 ? tx.manager.findOneByOrFail(Supplier, { supplierId }) : undefined;
  }

  async find(tx: Tx, supplierId: number): Promise<Supplier | undefined> {
    return (await tx.manager.findOneBy(Supplier, { supplierId })) ?? undefined;
  }
}
