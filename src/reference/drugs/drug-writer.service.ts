import './drugs.errors.js';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Duplicate, NotFound, RuleViolation, StaleVersion } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Barcodes } from '../barcodes/barcodes.service.js';
import { checkFigures, ingredientStatusOf, PriceAboveCeiling, settlePrice } from './drug.domain.js';
import { packKey, settlePacks, type PackFigures } from './drug-packs.domain.js';
import { DrugPacksRepository, type BarcodeToStore } from './drug-packs.repository.js';
import { DrugPricesRepository } from './drug-prices.repository.js';
import { DrugsRepository, type IngredientLine } from './drugs.repository.js';
import type { BarcodeInput, CreateDrug, PackInput, UpdateDrug } from './drugs.schemas.js';

interface Contents {
  readonly ingredients?: NonNullable<CreateDrug['ingredients']>;
  readonly packs?: readonly PackInput[];
  readonly barcodes?: readonly BarcodeInput[];
}

/** Writes products with what they contain, how they are packed, and what they cost. In transactions as pharmacy_admin. */
@Injectable()
export class DrugWriter {
  constructor(
    private readonly drugs: DrugsRepository,
    private readonly packing: DrugPacksRepository,
    private readonly prices: DrugPricesRepository,
  ) {}

  /** Adds a product and answers its identity. A price of a later day is decided for; until then none is known. */
  async create(
    tx: Tx,
    ctx: RequestContext,
    input: CreateDrug,
    source: 'manual' | 'compounded' = 'manual',
  ): Promise<number> {
    const { ingredients, packs, barcodes, price, priceEffectiveFrom, ...values } = input;
    const today = await this.prices.priceDay(tx);
    const settled = settlePrice({ price, effectiveFrom: priceEffectiveFrom }, undefined, today);
    const figures = {
      price: settled.now?.price ?? '0',
      priceCeiling: values.priceCeiling ?? null,
      unitsPerStrip: values.unitsPerStrip ?? null,
      unitsPerPack: values.unitsPerPack ?? '1',
    };
    checkFigures(figures);
    const { lines, ingredientStatus } = await this.toLines(tx, ingredients ?? []);
    const drugId = await this.drugs.insert(tx, {
      ...values,
      source,
      price: figures.price,
      priceEffectiveFrom: settled.now?.effectiveFrom ?? today,
      activeRaw: values.activeRaw ?? (lines.map(({ rawText }) => rawText).join('+') || null),
      ingredientStatus,
    });
    await this.drugs.replaceIngredients(tx, drugId, lines);
    await this.schedule(tx, ctx, drugId, settled.later, figures.priceCeiling);
    await this.writePacking(tx, drugId, { packs, barcodes }, figures);
    return drugId;
  }

  /** Changes a product. Throws NotFound, StaleVersion (409), RuleViolation (422), PriceAboveCeiling (422), Duplicate (409). */
  async update(tx: Tx, ctx: RequestContext, drugId: number, input: UpdateDrug): Promise<void> {
    const { ingredients, packs, barcodes, version, price, priceEffectiveFrom, ...values } = input;
    const drug = await this.drugs.lock(tx, drugId);
    if (!drug) throw new NotFound('drug');
    if (drug.version !== version) throw new StaleVersion('drug');
    const today = price === undefined ? undefined : await this.prices.priceDay(tx);
    const settled =
      price === undefined || today === undefined
        ? {}
        : settlePrice({ price, effectiveFrom: priceEffectiveFrom }, drug, today);
    const figures = {
      price: settled.now?.price ?? drug.price,
      priceCeiling: values.priceCeiling === undefined ? drug.priceCeiling : values.priceCeiling,
      unitsPerStrip: values.unitsPerStrip === undefined ? drug.unitsPerStrip : values.unitsPerStrip,
      unitsPerPack: values.unitsPerPack ?? drug.unitsPerPack,
    };
    checkFigures(figures);
    const contents = ingredients && (await this.toLines(tx, ingredients));
    await this.drugs.update(tx, drug, {
      ...values,
      ...(settled.now ? { price: settled.now.price, priceEffectiveFrom: settled.now.effectiveFrom } : {}),
      ...(contents ? { ingredientStatus: contents.ingredientStatus } : {}),
    });
    if (settled.now) await this.prices.cancelUpTo(tx, drugId, settled.now.effectiveFrom);
    await this.schedule(tx, ctx, drugId, settled.later, figures.priceCeiling);
    if (contents) await this.drugs.replaceIngredients(tx, drugId, contents.lines);
    await this.writePacking(tx, drugId, { packs, barcodes }, figures);
  }

  private async schedule(
    tx: Tx,
    ctx: RequestContext,
    drugId: number,
    later: { price: string; effectiveFrom: string } | undefined,
    priceCeiling: string | null,
  ): Promise<void> {
    if (!later) return;
    if (priceCeiling !== null && Money.of(later.price).compare(Money.of(priceCeiling)) > 0)
      throw new PriceAboveCeiling({ price: later.price, priceCeiling });
    await this.prices.schedule(tx, drugId, { ...later, source: 'manual' }, ctx.actor.userId);
  }

  private async writePacking(
    tx: Tx,
    drugId: number,
    { packs, barcodes }: Contents,
    figures: PackFigures,
  ): Promise<void> {
    if (packs)
      await this.packing.replacePacks(tx, drugId, settlePacks(packs, figures), barcodes !== undefined);
    if (barcodes) await this.packing.replaceBarcodes(tx, drugId, await this.toBarcodes(tx, drugId, barcodes));
  }

  /** Reads the barcodes of a body; throws UnreadableBarcode (422), Duplicate (409) when one is there twice, RuleViolation (422). */
  private async toBarcodes(
    tx: Tx,
    drugId: number,
    inputs: readonly BarcodeInput[],
  ): Promise<BarcodeToStore[]> {
    const present = inputs.some(({ pack }) => pack) ? await this.packing.findKeys(tx, drugId) : new Map();
    const codes = inputs.map(({ code, kind, packLevel, pack, baseUnits = null }): BarcodeToStore => {
      const stored = Barcodes.toStore(code, kind);
      if (!pack)
        return {
          ...stored,
          packLevel: packLevel ?? 'pack',
          packId: baseUnits === null ? undefined : null,
          baseUnits,
        };
      const row = present.get(packKey(pack)) as { packId: number } | undefined;
      if (!row) throw new RuleViolation('The product has no such pack.', { code, pack });
      return { ...stored, packLevel: pack.level, packId: row.packId, baseUnits: null };
    });
    if (new Set(codes.map(({ gtin }) => gtin)).size < codes.length)
      throw new Duplicate('The same barcode is given twice.');
    return codes;
  }

  private async toLines(
    tx: Tx,
    inputs: NonNullable<Contents['ingredients']>,
  ): Promise<{ lines: IngredientLine[]; ingredientStatus: ReturnType<typeof ingredientStatusOf> }> {
    const ids = inputs.flatMap(({ ingredientId }) => ingredientId ?? []);
    const known = await this.drugs.findIngredientsById(tx, ids);
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) throw new RuleViolation('There is no such ingredient.', { unknown });
    const merged = [...known.values()].filter(({ kind }) => kind === 'merged');
    if (merged.length > 0)
      throw new RuleViolation('This ingredient was merged into another: name that one.', {
        merged: merged.map(({ id, baseIngredientId }) => ({ id, baseIngredientId })),
      });
    const lines = inputs.map((input) => ({
      ingredientId: input.ingredientId ?? null,
      rawText: input.rawText ?? known.get(input.ingredientId ?? 0)?.name ?? '',
      amount: input.amount ?? null,
      unit: input.unit ?? null,
      perAmount: input.perAmount ?? null,
      perUnit: input.perUnit ?? null,
    }));
    const ingredientStatus = ingredientStatusOf(
      lines.map(({ ingredientId }) => ({ isVerified: known.get(ingredientId ?? 0)?.verified ?? false })),
    );
    return { lines, ingredientStatus };
  }
}
