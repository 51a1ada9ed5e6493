import { Injectable } from '@nestjs/common';
import { In, type QueryDeepPartialEntity } from 'typeorm';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import { foldText } from '../../platform/text/fold.js';
import { Ingredient } from '../reference-data/ingredients/ingredient.entity.js';
import type { DrugRules } from './drug-rules.schemas.js';
import { FIND_RULES } from './drug-rules.sql.js';
import { FIND_SELLABLE } from './drugs.sql.js';
import type { SellableDrug } from './drugs.types.js';
import { DrugBarcode } from './entities/drug-barcode.entity.js';
import { DrugIngredient } from './entities/drug-ingredient.entity.js';
import { Drug } from './entities/drug.entity.js';

const RELATIONS = { company: true, marketer: true, category: true } as const;

/** A line of composition to store. */
export interface IngredientLine {
  readonly ingredientId: number | null;
  readonly rawText: string;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** Reads and writes products. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class DrugsRepository {
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

  /** The stored barcodes with any of these 14-digit keys. */
  findBarcodesOf(tx: Tx, gtins: readonly string[]): Promise<DrugBarcode[]> {
    return tx.manager.find(DrugBarcode, { where: { gtin: In([...gtins]) }, order: { barcodeId: 'ASC' } });
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
        ...(isNewPrice ? { oldPrice: drug.price } : {}),
        version: drug.version + 1,
        updatedAt: () => 'now()',
      },
    );
  }

  /** These ingredients, by identity; one that does not exist is missing. */
  async findIngredientsById(
    tx: Tx,
    ingredientIds: readonly number[],
  ): Promise<ReadonlyMap<number, Ingredient>> {
    const rows = await tx.manager.findBy(Ingredient, { id: In([...ingredientIds]) });
    return new Map(rows.map((ingredient) => [ingredient.id, ingredient]));
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

  /** The current clinical rules that concern a product, at most `limit` of each sort. */
  findRules(tx: Tx, drugId: number, limit: number): Promise<DrugRules> {
    return tx.one<DrugRules>(FIND_RULES, [drugId, limit]);
  }

  /** What selling and dispensing must know, for each of these that exists. */
  findSellable(tx: Tx, drugIds: readonly number[]): Promise<SellableDrug[]> {
    return tx.query<SellableDrug>(FIND_SELLABLE, [drugIds]);
  }
}

function withFold(values: Partial<Drug>): QueryDeepPartialEntity<Drug> {
  const folded = values.name === undefined ? values : { ...values, nameFolded: foldText(values.name) };
  return folded;
}
