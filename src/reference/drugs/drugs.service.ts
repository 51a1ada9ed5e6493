import './drugs.errors.js';

import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Duplicate, NotFound, RuleViolation, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { foldText } from '../../platform/text/fold.js';
import {
  newProductCode,
  readProductCode,
  UnreadableBarcode,
  type PackLevel,
  type ProductCode,
} from './barcode.domain.js';
import { checkFigures, ingredientStatusOf, moneyText, rankEquivalents } from './drug.domain.js';
import { planSearch } from './drug-search.domain.js';
import { DrugSearchRepository } from './drug-search.repository.js';
import type { DrugSearchQuery, DrugSearchResult, DrugSuggestions } from './drug-search.schemas.js';
import { toBarcode, toHit, toSummary, toView } from './drug-view.js';
import { DrugsRepository, type IngredientLine } from './drugs.repository.js';
import type {
  BarcodeAnswer,
  CreateDrug,
  DrugListQuery,
  DrugSummary,
  DrugView,
  EquivalentsView,
  UpdateDrug,
} from './drugs.schemas.js';
import { STOCK_LOOKUP, type SellableDrug, type StockLookup } from './drugs.types.js';

const SUGGESTIONS = 10;

/** The catalogue of products: reading, searching, and writing for those who manage it. */
@Injectable()
export class DrugsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly drugs: DrugsRepository,
    private readonly searching: DrugSearchRepository,
    @Inject(STOCK_LOOKUP) private readonly stock: StockLookup,
  ) {}

  /** A page of the catalogue with the stock of the branch. */
  findAll(ctx: RequestContext, query: z.output<typeof DrugListQuery>): Promise<Page<DrugSummary>> {
    const { page, limit, status, sort, q } = query;
    return this.uow.read(ctx, async (tx) => {
      const prefix = q === undefined ? '' : foldText(q);
      const [drugs, total] = await this.drugs.findPage(tx, { status, sort, prefix }, page, limit);
      const onHand = await this.onHand(
        tx,
        ctx,
        drugs.map(({ drugId }) => drugId),
      );
      return {
        data: drugs.map((drug) => toSummary(drug, onHand(drug.drugId))),
        meta: { total, page, limit },
      };
    });
  }

  /** One product in full. Throws NotFound. */
  findOne(ctx: RequestContext, drugId: number): Promise<DrugView> {
    return this.uow.read(ctx, (tx) => this.getView(tx, ctx, drugId));
  }

  /** Products for a search text and filters, best first, with facet counts and the stock of the branch. */
  search(ctx: RequestContext, query: DrugSearchQuery): Promise<DrugSearchResult> {
    const started = performance.now();
    const { page, limit, q, ...filters } = query;
    const plan = planSearch(q);
    return this.uow.read(ctx, async (tx) => {
      const inStock = await this.stock.drugIdsInStock(tx, ctx.branchId);
      const offset = (page - 1) * limit;
      const matches = await this.searching.findMatches(tx, plan, filters, inStock, { offset, limit });
      const drugIds = matches.page.map(({ drugId }) => drugId);
      const rows = await this.searching.findHits(tx, drugIds);
      const onHand = await this.onHand(tx, ctx, drugIds);
      const bySynonym = matches.page
        .filter(({ kind }) => kind === 'synonym' || kind === 'text')
        .flatMap(({ drugId }) => rows.get(drugId)?.ingredients ?? [])
        .flatMap(({ ingredientId }) => ingredientId ?? []);
      const synonyms =
        bySynonym.length > 0
          ? await this.searching.findSynonyms(tx, bySynonym, plan.folded)
          : new Map<number, string>();
      const data = matches.page.flatMap((match) => {
        const row = rows.get(match.drugId);
        if (!row) return [];
        const synonym = row.ingredients
          .map(({ ingredientId }) => synonyms.get(ingredientId ?? 0))
          .find(Boolean);
        return toHit(row, match, plan, onHand(match.drugId), synonym);
      });
      const tookMs = Math.round((performance.now() - started) * 10) / 10;
      return {
        data,
        meta: { total: matches.total, page, limit, tookMs, capped: matches.isCapped },
        facets: matches.facets,
      };
    });
  }

  /** The ten best products for a text that is still being typed. */
  suggest(ctx: RequestContext, q: string): Promise<DrugSuggestions> {
    return this.uow.read(ctx, async (tx) => {
      const matches = await this.searching.findSuggestions(tx, planSearch(q), SUGGESTIONS);
      const rows = await this.searching.findHits(
        tx,
        matches.map(({ drugId }) => drugId),
      );
      const data = matches.flatMap(({ drugId, kind }) => {
        const row = rows.get(drugId);
        if (!row) return [];
        const { name, nameAr, strength, dosageForm, rxOnly } = row;
        const price = moneyText(row.price) ?? row.price;
        return [{ drugId, name, nameAr, strength, dosageForm, price, rxOnly, kind }];
      });
      return { data };
    });
  }

  /** Products that may stand for this one: those in stock first, then the cheapest. Throws NotFound. */
  equivalents(ctx: RequestContext, drugId: number): Promise<EquivalentsView> {
    return this.uow.read(ctx, async (tx) => {
      if (!(await this.drugs.find(tx, drugId))) throw new NotFound('drug');
      const notComparable = await this.drugs.findNotComparable(tx, drugId);
      if (notComparable) return { data: [], meta: { total: 0, notComparable } };
      const found = await this.drugs.findEquivalents(tx, drugId);
      const ids = found.map((row) => row.drugId);
      const drugs = await this.drugs.findMany(tx, ids);
      const onHand = await this.onHand(tx, ctx, ids);
      const rows = found.flatMap((row) => {
        const drug = drugs.get(row.drugId);
        if (!drug) return [];
        const priceDifference = moneyText(row.priceDifference) ?? row.priceDifference;
        return [{ ...toSummary(drug, onHand(row.drugId)), priceDifference }];
      });
      return { data: rankEquivalents(rows), meta: { total: rows.length, notComparable: null } };
    });
  }

  /** The product a barcode belongs to. Throws UnreadableBarcode (422), NotFound. */
  findByBarcode(ctx: RequestContext, text: string): Promise<BarcodeAnswer> {
    const code = readProductCode(text);
    return this.uow.read(ctx, async (tx) => {
      const barcode = await this.drugs.findBarcode(tx, code.gtin);
      if (!barcode) {
        // A stored code is a product whatever its last digit; an unknown one with a wrong check digit was misread.
        if (!code.isCheckDigitRight)
          throw new UnreadableBarcode('The check digit of this barcode is wrong: scan or type it again.');
        throw new NotFound('barcode');
      }
      return {
        drug: await this.getView(tx, ctx, barcode.drugId),
        barcode: toBarcode(barcode),
        lotNumber: null,
        expiryDate: null,
        serialNumber: null,
      };
    });
  }

  /** Adds a product. Throws PriceAboveCeiling (422), Duplicate (409) for a barcode in use, RuleViolation (422). */
  async create(ctx: RequestContext, input: CreateDrug): Promise<DrugView> {
    const { ingredients, barcodes, ...values } = input;
    checkFigures({
      price: input.price,
      priceCeiling: input.priceCeiling ?? null,
      unitsPerStrip: input.unitsPerStrip ?? null,
      unitsPerPack: input.unitsPerPack ?? '1',
    });
    const drugId = await this.uow.runAsAdmin(ctx, async (tx) => {
      const lines = await this.toLines(tx, ingredients ?? []);
      const created = await this.drugs.insert(tx, {
        ...values,
        activeRaw: values.activeRaw ?? (lines.map(({ rawText }) => rawText).join('+') || null),
        ingredientStatus: ingredientStatusOf(lines),
      });
      await this.drugs.replaceIngredients(tx, created, lines);
      await this.drugs.replaceBarcodes(tx, created, toBarcodes(barcodes ?? []));
      return created;
    });
    return this.findOne(ctx, drugId);
  }

  /** Changes a product. Throws as create, NotFound, StaleVersion (409). */
  async update(ctx: RequestContext, drugId: number, input: UpdateDrug): Promise<DrugView> {
    const { ingredients, barcodes, version, ...values } = input;
    await this.uow.runAsAdmin(ctx, async (tx) => {
      const drug = await this.drugs.lock(tx, drugId);
      if (!drug) throw new NotFound('drug');
      if (drug.version !== version) throw new StaleVersion('drug');
      checkFigures({
        price: values.price ?? drug.price,
        priceCeiling: values.priceCeiling === undefined ? drug.priceCeiling : values.priceCeiling,
        unitsPerStrip: values.unitsPerStrip === undefined ? drug.unitsPerStrip : values.unitsPerStrip,
        unitsPerPack: values.unitsPerPack ?? drug.unitsPerPack,
      });
      const lines = ingredients && (await this.toLines(tx, ingredients));
      await this.drugs.update(tx, drug, {
        ...values,
        ...(lines ? { ingredientStatus: ingredientStatusOf(lines) } : {}),
      });
      if (lines) await this.drugs.replaceIngredients(tx, drugId, lines);
      if (barcodes) await this.drugs.replaceBarcodes(tx, drugId, toBarcodes(barcodes));
    });
    return this.findOne(ctx, drugId);
  }

  /** What selling and dispensing must know of these products; one that does not exist is missing. */
  async sellable(tx: Tx, drugIds: readonly number[]): Promise<Map<number, SellableDrug>> {
    const drugs = await this.drugs.findSellable(tx, drugIds);
    return new Map(drugs.map((drug) => [drug.drugId, drug]));
  }

  private async toLines(tx: Tx, inputs: NonNullable<CreateDrug['ingredients']>): Promise<IngredientLine[]> {
    const ids = inputs.flatMap(({ ingredientId }) => ingredientId ?? []);
    const names = await this.drugs.findIngredientNames(tx, ids);
    const unknown = ids.filter((id) => !names.has(id));
    if (unknown.length > 0) throw new RuleViolation('There is no such ingredient.', { unknown });
    return inputs.map((input) => ({
      ingredientId: input.ingredientId ?? null,
      rawText: input.rawText ?? names.get(input.ingredientId ?? 0) ?? '',
      amount: input.amount ?? null,
      unit: input.unit ?? null,
      perAmount: input.perAmount ?? null,
      perUnit: input.perUnit ?? null,
    }));
  }

  private async getView(tx: Tx, ctx: RequestContext, drugId: number): Promise<DrugView> {
    const drug = await this.drugs.find(tx, drugId);
    if (!drug) throw new NotFound('drug');
    const ingredients = await this.drugs.findIngredients(tx, drugId);
    const barcodes = await this.drugs.findBarcodes(tx, drugId);
    const onHand = await this.onHand(tx, ctx, [drugId]);
    return toView(drug, ingredients, barcodes, onHand(drugId));
  }

  private async onHand(
    tx: Tx,
    ctx: RequestContext,
    drugIds: readonly number[],
  ): Promise<(drugId: number) => string> {
    const quantities = await this.stock.onHand(tx, ctx.branchId, drugIds);
    return (drugId) => quantities.get(drugId) ?? '0';
  }
}

/** Reads the barcodes of a body; throws UnreadableBarcode (422), Duplicate (409) when one is there twice. */
function toBarcodes(inputs: NonNullable<CreateDrug['barcodes']>): (ProductCode & { packLevel: PackLevel })[] {
  const codes = inputs.map(({ code, kind, packLevel }) => ({
    ...newProductCode(code, kind),
    packLevel: packLevel ?? ('pack' as const),
  }));
  if (new Set(codes.map(({ gtin }) => gtin)).size < codes.length)
    throw new Duplicate('The same barcode is given twice.');
  return codes;
}
