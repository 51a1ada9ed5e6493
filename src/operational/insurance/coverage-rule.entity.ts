import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a plan pays for some medicines. Amounts, quantities and shares are decimal strings. */
@Entity({ schema: 'operational', name: 'coverage_rules' })
export class CoverageRuleRow {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'rule_id' })
  ruleId: number;

  @Column({ type: 'integer', name: 'plan_id' })
  planId: number;

  @Column({ type: 'integer', name: 'drug_id', nullable: true })
  drugId: number | null;

  @Column({ type: 'integer', name: 'ingredient_id', nullable: true })
  ingredientId: number | null;

  @Column({ type: 'text', name: 'atc_prefix', nullable: true })
  atcPrefix: string | null;

  /** False: excluded. */
  @Column({ type: 'boolean', name: 'covered' })
  covered: boolean;

  @Column({ type: 'numeric', name: 'payer_percent', nullable: true })
  payerPercent: string | null;

  @Column({ type: 'numeric', name: 'copay', nullable: true })
  copay: string | null;

  @Column({ type: 'numeric', name: 'claim_cap', nullable: true })
  claimCap: string | null;

  @Column({ type: 'numeric', name: 'max_unit_price', nullable: true })
  maxUnitPrice: string | null;

  @Column({ type: 'numeric', name: 'max_quantity', nullable: true })
  maxQuantity: string | null;

  @Column({ type: 'smallint', name: 'max_days_supply', nullable: true })
  maxDaysSupply: number | null;

  @Column({ type: 'numeric', name: 'refill_after_share', nullable: true })
  refillAfterShare: string | null;

  @Column({ type: 'boolean', name: 'needs_authorisation' })
  needsAuthorisation: boolean;

  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
