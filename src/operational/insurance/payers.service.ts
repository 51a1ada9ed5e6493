import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import './insurance.errors.js';
import type { Payer } from './payer.entity.js';
import { PayersRepository } from './payers.repository.js';
import type {
  CreatePayer,
  CreatePlan,
  CreateRule,
  PayerQuery,
  PlanView,
  RuleQuery,
  RuleView,
  UpdatePayer,
  UpdatePlan,
  UpdateRule,
} from './payers.schemas.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Plan = z.output<typeof PlanView>;
type Rule = z.output<typeof RuleView>;

const money = (text: string | null): string | null => (text === null ? null : Money.of(text).toString());

const shownPlan = (plan: Plan): Plan => ({
  ...plan,
  deductible: Money.of(plan.deductible).toString(),
  periodCap: money(plan.periodCap),
  claimCap: money(plan.claimCap),
});

const shownRule = (rule: Rule): Rule => ({
  ...rule,
  copay: money(rule.copay),
  claimCap: money(rule.claimCap),
  maxUnitPrice: money(rule.maxUnitPrice),
});

/** Who pays beside the patient, and for what. A change counts for claims answered from then on. */
@Injectable()
export class PayersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payers: PayersRepository,
  ) {}

  findPage(ctx: RequestContext, query: In<typeof PayerQuery>): Promise<Page<Payer>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.payers.findPage(tx, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  get(ctx: RequestContext, payerId: number): Promise<Payer> {
    return this.uow.read(ctx, (tx) => this.payer(tx, payerId));
  }

  /** Throws Duplicate. */
  create(ctx: RequestContext, input: In<typeof CreatePayer>): Promise<Payer> {
    return this.uow.run(ctx, async (tx) => this.payer(tx, await this.payers.insert(tx, input)));
  }

  /** Throws NotFound, StaleVersion, Duplicate. */
  update(ctx: RequestContext, payerId: number, input: In<typeof UpdatePayer>): Promise<Payer> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      await this.payer(tx, payerId);
      if (!(await this.payers.update(tx, payerId, version, values))) throw new StaleVersion('payer');
      return this.payer(tx, payerId);
    });
  }

  plans(ctx: RequestContext, payerId: number): Promise<{ data: Plan[] }> {
    return this.uow.read(ctx, async (tx) => {
      await this.payer(tx, payerId);
      return { data: (await this.payers.plans(tx, payerId)).map(shownPlan) };
    });
  }

  /** Throws NotFound, Duplicate, RuleViolation. */
  createPlan(ctx: RequestContext, payerId: number, input: In<typeof CreatePlan>): Promise<Plan> {
    return this.uow.run(ctx, async (tx) => {
      await this.payer(tx, payerId);
      return this.plan(tx, await this.payers.insertPlan(tx, { payerId, ...input }));
    });
  }

  /** Throws NotFound, StaleVersion, RuleViolation. */
  updatePlan(ctx: RequestContext, planId: number, input: In<typeof UpdatePlan>): Promise<Plan> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      await this.plan(tx, planId);
      if (!(await this.payers.updatePlan(tx, planId, version, values))) throw new StaleVersion('plan');
      return this.plan(tx, planId);
    });
  }

  rules(ctx: RequestContext, planId: number, query: In<typeof RuleQuery>): Promise<Page<Rule>> {
    return this.uow.read(ctx, async (tx) => {
      await this.plan(tx, planId);
      const [data, total] = await this.payers.rules(tx, planId, query);
      return { data: data.map(shownRule), meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound, Duplicate, RuleViolation. */
  createRule(ctx: RequestContext, planId: number, input: In<typeof CreateRule>): Promise<Rule> {
    return this.uow.run(ctx, async (tx) => {
      await this.plan(tx, planId);
      return this.rule(tx, await this.payers.insertRule(tx, { planId, ...input }));
    });
  }

  /** Throws NotFound, StaleVersion, RuleViolation. */
  updateRule(ctx: RequestContext, ruleId: number, input: In<typeof UpdateRule>): Promise<Rule> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      await this.rule(tx, ruleId);
      if (!(await this.payers.updateRule(tx, ruleId, version, values)))
        throw new StaleVersion('coverage rule');
      return this.rule(tx, ruleId);
    });
  }

  private async payer(tx: Tx, payerId: number): Promise<Payer> {
    const payer = await this.payers.find(tx, payerId);
    if (!payer) throw new NotFound('payer');
    return payer;
  }

  private async plan(tx: Tx, planId: number): Promise<Plan> {
    const plan = await this.payers.plan(tx, planId);
    if (!plan) throw new NotFound('plan');
    return shownPlan(plan);
  }

  private async rule(tx: Tx, ruleId: number): Promise<Rule> {
    const rule = await this.payers.rule(tx, ruleId);
    if (!rule) throw new NotFound('coverage rule');
    return shownRule(rule);
  }
}
