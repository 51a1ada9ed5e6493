import { Injectable } from '@nestjs/common';
import { In, type QueryDeepPartialEntity } from 'typeorm';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import { foldText } from '../../platform/text/fold.js';
import { Ingredient } from '../reference-data/ingredients/ingredient.entity.js';
import type { ProductCode, PackLevel } from './barcode.domain.js';
import type { DRUG_SORTS } from './drugs.schemas.js';
import { FIND_EQUIVALENTS, FIND_NOT_COMPARABLE, FIND_SELLABLE } from './drugs.sql.js';
import type { DrugStatus, SellableDrug } from './drugs.types.js';
import { DrugBarcode } from './entities/drug-barcode.entity.js';
import { DrugIngredient } from './entities/drug-ingredient.entity.js';
import { Drug } from './entities/drug.entity.js';

const RELATIONS = { company: true, marketer: true, category: true } as const;

const SORT_COLUMNS = {
  name: 'drug.nameFolded',
  price: 'drug.price',
  updatedAt: 'drug.updatedAt',
} as const;

/** A line of composition to store. */
export interface IngredientLine {
  readonly ingredientId: number | null;
  readonly rawText: string;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

export type NotComparable = 'ingredients-unlinked' | 'amount-unknown' | 'form-or-route-unknown';

/** Reads and writes products. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class DrugsRepository {
  /** A page of the catalogue with companies; `prefix` is a folded beginning of the name. */
  async findPage(
    tx: Tx,
    filter: { status?: DrugStatus | undefined; prefix?: string; sort: (typeof DRUG_SORTS)[number] },
    page: number,
    limit: number,
  ): Promise<[Drug[], number]> {
    const query = tx.manager
      .createQueryBuilder(Drug, 'drug')
      .leftJoinAndSelect('drug.company', 'company')
      .where('true');
    if (filter.status) query.andWhere('drug.status = :status', { status: filter.status });
    if (filter.prefix)
      query
        .andWhere('drug.nameFolded ~>=~ :prefix and drug.nameFolded ~<~ :prefixEnd')
        .setParameters({ prefix: filter.prefix, prefixEnd: `${filter.prefix}\u{10FFFF}` });
    const isDescending = filter.sort.startsWith('-');
    const column = SORT_COLUMNS[filter.sort.replace(/^-/, '') as keyof typeof SORT_COLUMNS];
    return query
      .orderBy(column, isDescending ? 'DESC' : 'ASC')
      .addOrderBy('drug.drugId', 'ASC')
      .offset((page - 1) * limit)
      .limit(limit)
      .getManyAndCount();
  }

  /** One product with company, marketer and category. */
  find(tx: Tx, drugId: number): Promise<Drug | null> {
    return tx.manager.findOne(Drug, { where: { drugId }, relations: RELATIONS });
  }

  /** Several products with their companies, by identity. */
  async findMany(tx: Tx, drugIds: readonly number[]): Promise<Map<number, Drug>> {
    const drugs = await tx.manager.find(Drug, {
      where: { drugId: In([...drugIds]) },
      relations: { company: true },
    });
    return new Map(drugs.map((drug) => [drug.drugId, drug]));
  }

  /** A product with its row locked against other edits; sales and fills, which only refer to it, go on. */
  lock(tx: Tx, drugId: number): Promise<Drug | null> {
    return tx.manager.findOne(Drug, { where: { drugId }, lock: { mode: 'for_no_key_update' } });
  }

  /** The composition, in order. */
  findIngredients(tx: Tx, drugId: number): Promise<DrugIngredient[]> {
    return tx.manager.find(DrugIngredient, {
      where: { drugId },
      relations: { ingredient: true },
      order: { position: 'ASC' },
    });
  }

  findBarcodes(tx: Tx, drugId: number): Promise<DrugBarcode[]> {
    return tx.manager.find(DrugBarcode, { where: { drugId }, order: { gtin: 'ASC' } });
  }

  /** The barcode of these 14 digits, with the product it belongs to. */
  findBarcode(tx: Tx, gtin: string): Promise<DrugBarcode | null> {
    return tx.manager.findOneBy(DrugBarcode, { gtin });
  }

  /** Adds a product and answers its identity. */
  async insert(tx: Tx, values: Partial<Drug> & { name: string }): Promise<number> {
    const { identifiers } = await tx.manager.insert(Drug, withFold(values));
    return Number(identifiers[0]?.drugId);
  }

  /** Writes values over a product that is locked, and counts its version up; a price that changed becomes the old one. */
  async update(tx: Tx, drug: Drug, values: Partial<Drug>): Promise<void> {
    const isNewPrice =
      values.price !== undefined && Money.of(values.price).compare(Money.of(drug.price)) !== 0;
    await tx.manager.update(
      Drug,
      { drugId: drug.drugId },
      {
        ...withFold(values),
        ...(isNewPrice ? { oldPrice: drug.price, priceEffectiveFrom: () => 'current_date' } : {}),
        version: drug.version + 1,
        updatedAt: () => 'now()',
      },
    );
  }

  /** Standard names of these ingredients, by identity. */
  async findIngredientNames(tx: Tx, ingredientIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await tx.manager.findBy(Ingredient, { id: In([...ingredientIds]) });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Makes these lines the composition. */
  async replaceIngredients(tx: Tx, drugId: number, lines: readonly IngredientLine[]): Promise<void> {
    await tx.manager.delete(DrugIngredient, { drugId });
    if (lines.length > 0)
      await tx.manager.insert(
        DrugIngredient,
        lines.map((line, index) => ({ ...line, drugId, position: index + 1 })),
      );
  }

  /** Makes these the barcodes. */
  async replaceBarcodes(
    tx: Tx,
    drugId: number,
    codes: readonly (Pick<ProductCode, 'code' | 'gtin' | 'kind'> & { packLevel: PackLevel })[],
  ): Promise<void> {
    await tx.manager.delete(DrugBarcode, { drugId });
    if (codes.length > 0)
      await tx.manager.insert(
        DrugBarcode,
        codes.map(({ code, gtin, kind, packLevel }) => ({ drugId, code, gtin, kind, packLevel })),
      );
  }

  /** What selling and dispensing must know, for each of these that exists. */
  findSellable(tx: Tx, drugIds: readonly number[]): Promise<SellableDrug[]> {
    return tx.query<SellableDrug>(FIND_SELLABLE, [drugIds]);
  }

  /** Why a product has no equivalents that could be named safely; null when it can be compared. */
  async findNotComparable(tx: Tx, drugId: number): Promise<NotComparable | null> {
    const { reason } = await tx.one<{ reason: NotComparable | null }>(FIND_NOT_COMPARABLE, [drugId]);
    return reason;
  }

  /** Products that may stand for this one, cheapest first, with the price difference for one pack of it. */
  findEquivalents(tx: Tx, drugId: number): Promise<{ drugId: number; priceDifference: string }[]> {
    return tx.query(FIND_EQUIVALENTS, [drugId]);
  }
}

function withFold(values: Partial<Drug>): QueryDeepPartialEntity<Drug> {
  const folded = values.name === undefined ? values : { ...values, nameFolded: foldText(values.name) };
  return folded;
}
