import './compounding.errors.js';

import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PreparationsService, type Preparation } from '../../reference/drugs/preparations.service.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { BeyondUseRefused } from './compounding.errors.js';
import {
  beyondUseDate,
  costOf,
  costText,
  scaled,
  unitCostOf,
  yieldPrice,
  type Cost,
} from './compounding.domain.js';
import type { PriceRule } from './compounding.types.js';
import { ruleOf } from './price-rule.domain.js';
import { FormulasRepository, type FormulaContent, type Supply } from './formulas.repository.js';
import type {
  BeyondUseLimits,
  Costing,
  CreateFormula,
  DraftCosting,
  DraftFormula,
  FormulaQuery,
  FormulaSummary,
  FormulaView,
  UpdateFormula,
} from './formulas.schemas.js';

/** Formulas: written with the product they make, and what making a quantity takes and costs. */
@Injectable()
export class FormulasService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly formulas: FormulasRepository,
    private readonly preparations: PreparationsService,
    private readonly branches: BranchesService,
  ) {}

  /** A page, by name. */
  findPage(ctx: RequestContext, query: z.output<typeof FormulaQuery>): Promise<Page<FormulaSummary>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.formulas.findPage(tx, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** One formula as it is in force. Throws NotFound. */
  findOne(ctx: RequestContext, formulaId: number): Promise<FormulaView> {
    return this.uow.read(ctx, (tx) => this.get(tx, formulaId));
  }

  /** How long each kind of preparation may be used. */
  limits(ctx: RequestContext): Promise<BeyondUseLimits> {
    return this.uow.read(ctx, async (tx) => ({ data: await this.formulas.limits(tx) }));
  }

  /**
   * Writes a formula and the product it makes, in one transaction; the composition of the product follows its ingredients from
   * then on. Throws NotFound for an ingredient, BeyondUseRefused, RuleViolation.
   */
  create(ctx: RequestContext, input: CreateFormula): Promise<FormulaView> {
    return this.uow.run(ctx, async (tx) => {
      const content = contentOf(input);
      await this.assertSound(tx, content);
      const preparation = preparationOf(content, await this.priceOf(tx, ctx, content));
      const formulaId = await this.uow.asAdmin(tx, async () => {
        const drugId = await this.preparations.create(tx, ctx, preparation);
        const id = await this.formulas.insert(tx, drugId, ctx.actor.userId);
        await this.formulas.insertContent(tx, id, 1, content, ctx.actor.userId);
        return id;
      });
      return this.get(tx, formulaId);
    });
  }

  /**
   * Writes the next version of a formula, and the product after it. Batches begun before go on by the version they name.
   * Throws NotFound, StaleVersion, FormulaCycle, and as create.
   */
  update(ctx: RequestContext, formulaId: number, input: UpdateFormula): Promise<FormulaView> {
    return this.uow.run(ctx, async (tx) => {
      const before = await this.get(tx, formulaId);
      if (before.version !== input.version) throw new StaleVersion('formula');
      const status = input.status ?? before.status;
      const content = contentOf({ ...contentBefore(before), ...given(input) });
      await this.assertSound(tx, content);
      const price = await this.priceOf(tx, ctx, content);
      await this.uow.asAdmin(tx, async () => {
        const version = await this.formulas.advance(tx, formulaId, before.version, status);
        if (version === undefined) throw new StaleVersion('formula');
        await this.preparations.update(tx, ctx, before.drugId, {
          ...preparationOf(content, price),
          ...(status === before.status ? {} : { status: status === 'active' ? 'active' : 'discontinued' }),
        });
        await this.formulas.insertContent(tx, formulaId, version, content, ctx.actor.userId);
      });
      return this.get(tx, formulaId);
    });
  }

  /** What a quantity takes, from which lots, whether there is enough, and what it costs; nothing is kept. Throws NotFound. */
  costing(ctx: RequestContext, formulaId: number, quantity: string): Promise<Costing> {
    return this.uow.read(ctx, async (tx) => {
      const formula = await this.get(tx, formulaId);
      const { version, baseUnit } = formula;
      const costs = await this.costsOf(tx, ctx, { ...formula, priceRule: ruleOf(formula) }, quantity);
      return { formulaId, version, baseUnit, ...costs };
    });
  }

  /** What the yield of a formula would cost that is still being written; nothing is kept. Throws NotFound for an ingredient. */
  draftCosting(ctx: RequestContext, draft: DraftFormula): Promise<DraftCosting> {
    return this.uow.read(ctx, async (tx) => {
      await this.assertProducts(tx, draft.items);
      return this.costsOf(tx, ctx, draft, draft.yieldQuantity);
    });
  }

  private async costsOf(
    tx: Tx,
    ctx: RequestContext,
    formula: DraftFormula,
    quantity: string,
  ): Promise<DraftCosting> {
    const { today, currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    const wanted = Quantity.of(quantity);
    const yielded = Quantity.of(formula.yieldQuantity);
    const needed = neededOf(formula.items, wanted, yielded);
    const supplies = await this.formulas.findFefo(tx, ctx.branchId, needed);
    const items = supplies.map(({ lastCost, ...supply }) => {
      const cost = supplyCost({ lastCost, ...supply });
      return {
        ...supply,
        isShort: shortOf(supply).isPositive(),
        cost: cost === null ? null : costText(cost, currencyDecimals),
      };
    });
    const cost = totalCost(supplies);
    const pack =
      cost === null
        ? null
        : yieldPrice(formula.priceRule, { cost, quantity: wanted }, yielded, currencyDecimals);
    return {
      quantity: wanted.toString(),
      items,
      isShort: items.some(({ isShort }) => isShort),
      cost: cost === null ? null : costText(cost, currencyDecimals),
      unitCost: cost === null ? null : unitCostOf(cost, wanted),
      price: pack && pack.share(wanted, yielded, currencyDecimals).toString(),
      beyondUseDate: beyondUseDate(
        today,
        formula.beyondUseDays,
        supplies.flatMap(({ lots }) => lots.map(({ expiryDate }) => expiryDate)),
      ),
    };
  }

  private async get(tx: Tx, formulaId: number): Promise<FormulaView> {
    const found = await this.formulas.findOne(tx, formulaId);
    if (!found) throw new NotFound('formula');
    return found;
  }

  /** The database refuses the same; here the limit and its source are known. */
  private async assertSound(tx: Tx, content: FormulaContent): Promise<void> {
    const limits = await this.formulas.limits(tx);
    const limit = limits.find(({ preparationType }) => preparationType === content.preparationType);
    if (
      limit &&
      (content.beyondUseDays > limit.maxDays || (limit.refrigerated && content.storage !== 'refrigerate'))
    )
      throw new BeyondUseRefused({ ...limit });
    await this.assertProducts(tx, content.items);
  }

  private async assertProducts(tx: Tx, items: readonly { readonly drugId: number }[]): Promise<void> {
    const drugIds = items.map(({ drugId }) => drugId);
    const known = await this.formulas.findProducts(tx, drugIds);
    if (drugIds.some((id) => !known.some(({ drugId }) => drugId === id))) throw new NotFound('drug');
  }

  /** Price of the yield at the stock of this branch; zero, which no till sells, where a cost is not known. */
  private async priceOf(tx: Tx, ctx: RequestContext, content: FormulaContent): Promise<string> {
    if (content.priceRule.kind === 'fixed') return content.priceRule.price;
    const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    const cost = totalCost(await this.formulas.findFefo(tx, ctx.branchId, content.items));
    const yielded = Quantity.of(content.yieldQuantity);
    return cost === null
      ? '0'
      : yieldPrice(content.priceRule, { cost, quantity: yielded }, yielded, currencyDecimals).toString();
  }
}

/** What of each ingredient makes a quantity. */
const neededOf = (
  items: readonly { readonly drugId: number; readonly quantity: string }[],
  wanted: Quantity,
  yielded: Quantity,
) =>
  items.map(({ drugId, quantity }) => ({
    drugId,
    quantity: scaled(Quantity.of(quantity), wanted, yielded).toString(),
  }));

const shortOf = ({ needed, lots }: Pick<Supply, 'needed' | 'lots'>): Quantity =>
  lots.reduce((left, lot) => left.minus(Quantity.of(lot.quantity)), Quantity.of(needed));

/** Null where something is short and no lot ever said what it costs. */
function supplyCost(supply: Supply): Cost | null {
  const missing = shortOf(supply);
  if (!missing.isPositive()) return costOf(supply.lots);
  if (supply.lastCost === null) return null;
  return costOf([...supply.lots, { quantity: missing.toString(), unitCost: supply.lastCost }]);
}

function totalCost(supplies: readonly Supply[]): Cost | null {
  let sum: Cost = 0n;
  for (const supply of supplies) {
    const cost = supplyCost(supply);
    if (cost === null) return null;
    sum += cost;
  }
  return sum;
}

type Given = Omit<CreateFormula, 'priceRule'> & { readonly priceRule: PriceRule };

const contentBefore = (view: FormulaView): Given => ({
  ...view,
  priceRule: ruleOf(view),
  items: view.items.map(({ drugId, quantity }) => ({ drugId, quantity })),
});

/** Only what was said: a field left out stays as it is. */
const given = ({ version: _version, status: _status, ...values }: UpdateFormula): Partial<Given> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const contentOf = (input: Given): FormulaContent => ({
  name: input.name,
  nameAr: input.nameAr ?? null,
  dosageForm: input.dosageForm ?? null,
  route: input.route ?? null,
  baseUnit: input.baseUnit,
  yieldQuantity: input.yieldQuantity,
  preparationType: input.preparationType,
  beyondUseDays: input.beyondUseDays,
  storage: input.storage,
  method: input.method,
  priceRule: input.priceRule,
  requiresCheck: input.requiresCheck,
  hazardous: input.hazardous,
  tolerancePercent: input.tolerancePercent,
  items: input.items,
});

const preparationOf = (content: FormulaContent, price: string): Preparation => ({
  name: content.name,
  nameAr: content.nameAr,
  dosageForm: content.dosageForm,
  route: content.route,
  baseUnit: content.baseUnit,
  unitsPerPack: content.yieldQuantity,
  price,
  storage: content.storage,
  isHazardous: content.hazardous,
});
