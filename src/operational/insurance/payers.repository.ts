import { Injectable } from '@nestjs/common';
import { ILike } from 'typeorm';
import type { z } from 'zod';

import { escapeLike } from '../../platform/database/like.js';
import type { Tx } from '../../platform/database/tx.js';
import { CoverageRuleRow } from './coverage-rule.entity.js';
import { Payer } from './payer.entity.js';
import { PayerPlan } from './payer-plan.entity.js';
import type { PlanView, RuleView } from './payers.schemas.js';

type Plan = z.output<typeof PlanView>;
type Rule = z.output<typeof RuleView>;

/** Plans of a payer, those in use first. A few rows, by payer_plans_code_key. */
const PLANS = `
select /* payers.plans */ p.plan_id as "planId", p.payer_id as "payerId", p.code, p.name, p.name_ar as "nameAr", p.valid_from as "validFrom",
  p.valid_to as "validTo", p.period, p.deductible, p.period_cap as "periodCap", p.claim_cap as "claimCap", p.active, p.version,
  (select count(*)::integer from operational.coverage_rules r where r.plan_id = p.plan_id and r.active) as "ruleCount"
from operational.payer_plans p
where ($1::integer is null or p.payer_id = $1) and ($2::integer is null or p.plan_id = $2)
order by p.active desc, p.code limit 500`;

const RULES = `
select /* payers.rules */ r.rule_id as "ruleId", r.plan_id as "planId", r.drug_id as "drugId", r.ingredient_id as "ingredientId", r.atc_prefix as "atcPrefix",
  coalesce(d.name, i.name, r.atc_prefix || coalesce(' ' || (select c.name from reference.therapeutic_categories c where c.atc_code = r.atc_prefix limit 1), '')) as subject,
  r.covered, trim_scale(r.payer_percent)::text as "payerPercent", r.copay, r.claim_cap as "claimCap", r.max_unit_price as "maxUnitPrice",
  trim_scale(r.max_quantity)::text as "maxQuantity", r.max_days_supply as "maxDaysSupply", trim_scale(r.refill_after_share)::text as "refillAfterShare",
  r.needs_authorisation as "needsAuthorisation", r.active, r.version, count(*) over ()::integer as "rowTotal"
from operational.coverage_rules r
left join reference.drugs d on d.drug_id = r.drug_id
left join reference.ingredients i on i.ingredient_id = r.ingredient_id`;

/** Rules of a plan as they decide: products, ingredients, classes, everything. Index: coverage_rules_subject_key. */
const RULES_OF_PLAN = `${RULES}
where r.plan_id = $1 and ($2::boolean is null or r.active = $2)
order by r.active desc, r.drug_id is null, r.ingredient_id is null, r.atc_prefix is null, length(r.atc_prefix) desc, r.rule_id
limit $3 offset $4`;
const RULE = `${RULES} where r.rule_id = $1`;

/** Payers, their plans and rules, for all branches. */
@Injectable()
export class PayersRepository {
  findPage(
    tx: Tx,
    filter: { q?: string; active?: boolean; page: number; limit: number },
  ): Promise<[Payer[], number]> {
    return tx.manager.findAndCount(Payer, {
      where: {
        ...(filter.q === undefined ? {} : { name: ILike(`%${escapeLike(filter.q)}%`) }),
        ...(filter.active === undefined ? {} : { active: filter.active }),
      },
      order: { name: 'ASC', payerId: 'ASC' },
      skip: (filter.page - 1) * filter.limit,
      take: filter.limit,
    });
  }

  async find(tx: Tx, payerId: number): Promise<Payer | undefined> {
    return (await tx.manager.findOneBy(Payer, { payerId })) ?? undefined;
  }

  async insert(tx: Tx, values: Partial<Payer>): Promise<number> {
    return Number((await tx.manager.insert(Payer, values)).identifiers[0]?.payerId);
  }

  /** False: it has another version. So with plans and rules. */
  async update(tx: Tx, payerId: number, version: number, values: Partial<Payer>): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(Payer, { payerId, version }, next)).affected === 1;
  }

  plans(tx: Tx, payerId: number): Promise<Plan[]> {
    return tx.query<Plan>(PLANS, [payerId, null]);
  }

  async plan(tx: Tx, planId: number): Promise<Plan | undefined> {
    return tx.maybeOne<Plan>(PLANS, [null, planId]);
  }

  async insertPlan(tx: Tx, values: Partial<PayerPlan>): Promise<number> {
    return Number((await tx.manager.insert(PayerPlan, values)).identifiers[0]?.planId);
  }

  async updatePlan(tx: Tx, planId: number, version: number, values: Partial<PayerPlan>): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(PayerPlan, { planId, version }, next)).affected === 1;
  }

  async rules(
    tx: Tx,
    planId: number,
    filter: { active?: boolean; page: number; limit: number },
  ): Promise<[Rule[], number]> {
    const { active, page, limit } = filter;
    const rows = await tx.query<Rule & { rowTotal: number }>(RULES_OF_PLAN, [
      planId,
      active ?? null,
      limit,
      (page - 1) * limit,
    ]);
    return [rows.map(({ rowTotal: _, ...rule }) => rule), rows[0]?.rowTotal ?? 0];
  }

  async rule(tx: Tx, ruleId: number): Promise<Rule | undefined> {
    const row = await tx.maybeOne<Rule & { rowTotal: number }>(RULE, [ruleId]);
    if (!row) return undefined;
    const { rowTotal: _, ...rule } = row;
    return rule;
  }

  async insertRule(tx: Tx, values: Partial<CoverageRuleRow>): Promise<number> {
    return Number((await tx.manager.insert(CoverageRuleRow, values)).identifiers[0]?.ruleId);
  }

  async updateRule(
    tx: Tx,
    ruleId: number,
    version: number,
    values: Partial<CoverageRuleRow>,
  ): Promise<boolean> {
    const next = { ...values, version: version + 1 };
    return (await tx.manager.update(CoverageRuleRow, { ruleId, version }, next)).affected === 1;
  }
}
