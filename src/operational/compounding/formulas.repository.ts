import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { PreparationType, PriceRule } from './compounding.types.js';
import type {
  BeyondUseLimits,
  Costing,
  FormulaQuery,
  FormulaSummary,
  FormulaView,
} from './formulas.schemas.js';
import * as sql from './formulas.sql.js';

/** What a version of a formula says. Decimal strings. */
export interface FormulaContent {
  readonly name: string;
  readonly nameAr: string | null;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly baseUnit: string;
  readonly yieldQuantity: string;
  readonly preparationType: PreparationType;
  readonly beyondUseDays: number;
  readonly storage: 'room' | 'refrigerate' | 'freeze';
  readonly method: string;
  readonly priceRule: PriceRule;
  readonly requiresCheck: boolean;
  readonly hazardous: boolean;
  readonly tolerancePercent: string;
  readonly items: readonly { readonly drugId: number; readonly quantity: string }[];
}

/** What the branch has of an ingredient. */
export type Supply = Omit<Costing['items'][number], 'isShort' | 'cost'> & {
  /** Cost of the lot that came last, whether or not there is anything left of it. */
  readonly lastCost: string | null;
};

const money = (text: string): string => Money.of(text).toString();

/** Formulas; writing needs pharmacy_admin. */
@Injectable()
export class FormulasRepository {
  async findPage(tx: Tx, query: z.output<typeof FormulaQuery>): Promise<[FormulaSummary[], number]> {
    const rows = await tx.query<FormulaSummary & { rowTotal: number }>(sql.FIND_PAGE, [
      query.q === undefined ? null : `%${escapeLike(query.q)}%`,
      query.status ?? null,
      query.drugId ?? null,
      query.limit,
      (query.page - 1) * query.limit,
    ]);
    return [
      rows.map(({ rowTotal: _, ...row }) => ({ ...row, price: money(row.price) })),
      rows[0]?.rowTotal ?? 0,
    ];
  }

  async findOne(tx: Tx, formulaId: number): Promise<FormulaView | undefined> {
    const found = await tx.maybeOne<FormulaView>(sql.FIND_ONE, [formulaId]);
    if (!found) return undefined;
    const { price, fee } = found.priceRule;
    return {
      ...found,
      price: money(found.price),
      priceRule: { ...found.priceRule, price: price && money(price), fee: fee && money(fee) },
    };
  }

  limits(tx: Tx): Promise<BeyondUseLimits['data']> {
    return tx.query(sql.LIMITS);
  }

  /** Those of the products that exist, with their status. */
  findProducts(tx: Tx, drugIds: readonly number[]): Promise<{ drugId: number; status: string }[]> {
    return tx.query(sql.FIND_PRODUCTS, [drugIds]);
  }

  async insert(tx: Tx, drugId: number, userId: number): Promise<number> {
    return (await tx.one<{ formulaId: number }>(sql.INSERT, [drugId, userId])).formulaId;
  }

  /** Counts the version up; undefined where it is another by now. */
  async advance(
    tx: Tx,
    formulaId: number,
    version: number,
    status: 'active' | 'retired',
  ): Promise<number | undefined> {
    return (await tx.maybeOne<{ version: number }>(sql.ADVANCE, [formulaId, version, status]))?.version;
  }

  async insertContent(
    tx: Tx,
    formulaId: number,
    version: number,
    content: FormulaContent,
    userId: number,
  ): Promise<void> {
    const { priceRule: rule } = content;
    await tx.execute(sql.INSERT_VERSION, [
      formulaId,
      version,
      content.name,
      content.nameAr,
      content.dosageForm,
      content.route,
      content.baseUnit,
      content.yieldQuantity,
      content.preparationType,
      content.beyondUseDays,
      content.storage,
      content.method,
      rule.kind,
      rule.kind === 'fixed' ? rule.price : null,
      rule.kind === 'cost' ? rule.markup : null,
      rule.kind === 'cost' ? rule.fee : null,
      content.requiresCheck,
      content.hazardous,
      content.tolerancePercent,
      userId,
    ]);
    await tx.execute(sql.INSERT_ITEMS, [
      formulaId,
      version,
      content.items.map(({ drugId }) => drugId),
      content.items.map(({ quantity }) => quantity),
    ]);
  }

  findFefo(
    tx: Tx,
    branchId: number,
    wanted: readonly { readonly drugId: number; readonly quantity: string }[],
  ): Promise<Supply[]> {
    return tx.query(sql.FIND_FEFO, [
      branchId,
      wanted.map(({ drugId }) => drugId),
      wanted.map(({ quantity }) => quantity),
    ]);
  }
}
