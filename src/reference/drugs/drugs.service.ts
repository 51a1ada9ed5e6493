import { AmbiguousBarcode } from './drugs.errors.js';

import { Inject, Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Barcodes, UnreadableBarcode } from '../barcodes/barcodes.service.js';
import { toBarcodeAnswer } from './barcode-answer.js';
import type { DrugListQuery } from './drug-list.schemas.js';
import { DrugListService } from './drug-list.service.js';
import { DrugPacksRepository } from './drug-packs.repository.js';
import { DrugPricesRepository } from './drug-prices.repository.js';
import type { DrugRules } from './drug-rules.schemas.js';
import type { DrugSearchQuery, DrugSearchResult } from './drug-search.schemas.js';
import { DrugSearchService } from './drug-search.service.js';
import { toView } from './drug-view.js';
import { DrugWriter } from './drug-writer.service.js';
import { DrugsRepository } from './drugs.repository.js';
import type { BarcodeAnswer, CreateDrug, DrugSummary, DrugView, UpdateDrug } from './drugs.schemas.js';
import { STOCK_LOOKUP, type SellableDrug, type StockLookup } from './drugs.types.js';

/** Rules of one sort a product page shows. */
const MOST_RULES = 100;

/** The catalogue of products: reading, and writing for those who manage it. */
@Injectable()
export class DrugsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly drugs: DrugsRepository,
    private readonly listing: DrugListService,
    private readonly packing: DrugPacksRepository,
    private readonly prices: DrugPricesRepository,
    private readonly writer: DrugWriter,
    private readonly searching: DrugSearchService,
    @Inject(STOCK_LOOKUP) private readonly stock: StockLookup,
  ) {}

  /** Products for a search text and filters, best first, with facet counts and the stock of the branch. */
  search(ctx: RequestContext, query: DrugSearchQuery): Promise<DrugSearchResult> {
    return this.searching.search(ctx, query);
  }

  /** A page of the catalogue with the stock of the branch. */
  findAll(ctx: RequestContext, query: DrugListQuery): Promise<Page<DrugSummary>> {
    return this.listing.findAll(ctx, query);
  }

  /** One product in full. Throws NotFound. */
  findOne(ctx: RequestContext, drugId: number): Promise<DrugView> {
    return this.uow.read(ctx, (tx) => this.getView(tx, ctx, drugId));
  }

  /** The clinical rules that concern a product, gravest first. Throws NotFound. */
  rules(ctx: RequestContext, drugId: number): Promise<DrugRules> {
    return this.uow.read(ctx, async (tx) => {
      if (!(await this.drugs.find(tx, drugId))) throw new NotFound('drug');
      return this.drugs.findRules(tx, drugId, MOST_RULES);
    });
  }

  /**
   * The product a scan or a typed code belongs to, and what the code says of the pack. Throws UnreadableBarcode (422),
   * NotFound, AmbiguousBarcode (409) where different products fit.
   */
  findByBarcode(ctx: RequestContext, text: string): Promise<BarcodeAnswer> {
    const reading = Barcodes.read(text);
    if (reading.kind === 'no-product') throw new UnreadableBarcode(reading.detail);
    return this.uow.read(ctx, async (tx) => {
      const rows = await this.drugs.findBarcodesOf(tx, Barcodes.lookupKeys(reading));
      const choice = Barcodes.choose(reading, rows);
      // A stored code is a product whatever its last digit; an unknown one with a wrong check digit was misread.
      if (choice === undefined && reading.kind === 'unreadable') throw new UnreadableBarcode(reading.detail);
      if (choice === undefined) throw new NotFound('barcode');
      if ('candidates' in choice) {
        const drugs = await this.drugs.findMany(
          tx,
          choice.candidates.map(({ drugId }) => drugId),
        );
        throw new AmbiguousBarcode(
          choice.candidates.map(({ drugId, code }) => ({
            drugId,
            name: drugs.get(drugId)?.name ?? '',
            code,
          })),
        );
      }
      const drug = await this.getView(tx, ctx, choice.found.drugId);
      return toBarcodeAnswer(reading, choice, drug);
    });
  }

  /**
   * Adds a product. Throws PriceAboveCeiling (422), Duplicate (409) for a barcode in use, RuleViolation (422) for an
   * unknown ingredient or handling flag and for packs that contradict one another.
   */
  async create(ctx: RequestContext, input: CreateDrug): Promise<DrugView> {
    const drugId = await this.uow.runAsAdmin(ctx, (tx) => this.writer.create(tx, ctx, input));
    return this.findOne(ctx, drugId);
  }

  /** Changes a product; a price of a later day is decided for that day. Throws as create, NotFound, StaleVersion (409). */
  async update(ctx: RequestContext, drugId: number, input: UpdateDrug): Promise<DrugView> {
    await this.uow.runAsAdmin(ctx, (tx) => this.writer.update(tx, ctx, drugId, input));
    return this.findOne(ctx, drugId);
  }

  /** What selling and dispensing must know of these products; one that does not exist is missing. */
  async sellable(tx: Tx, drugIds: readonly number[]): Promise<Map<number, SellableDrug>> {
    const drugs = await this.drugs.findSellable(tx, drugIds);
    return new Map(drugs.map((drug) => [drug.drugId, drug]));
  }

  private async getView(tx: Tx, ctx: RequestContext, drugId: number): Promise<DrugView> {
    const [drug, ingredients, packs, barcodes, scheduled, onHand] = await Promise.all([
      this.drugs.find(tx, drugId),
      this.drugs.findIngredients(tx, drugId),
      this.packing.findSizes(tx, drugId),
      this.packing.findBarcodes(tx, drugId),
      this.prices.findScheduled(tx, drugId),
      this.stock.onHand(tx, ctx.branchId, [drugId]),
    ]);
    if (!drug) throw new NotFound('drug');
    return toView({ drug, ingredients, packs, barcodes, scheduled, stockOnHand: onHand.get(drugId) ?? '0' });
  }
}
