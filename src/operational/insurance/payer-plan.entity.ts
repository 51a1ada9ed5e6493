import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A plan of a payer. Amounts are decimal strings. */
@Entity({ schema: 'operational', name: 'payer_plans' })
export class PayerPlan {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'plan_id' })
  planId: number;

  @Column({ type: 'integer', name: 'payer_id' })
  payerId: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'date', name: 'valid_from' })
  validFrom: string;

  @Column({ type: 'date', name: 'valid_to', nullable: true })
  validTo: string | null;

  @Column({ type: 'text', name: 'period' })
  period: 'year' | 'month';

  /** What a member bears in a period before the plan pays. */
  @Column({ type: 'numeric', name: 'deductible' })
  deductible: string;

  @Column({ type: 'numeric', name: 'period_cap', nullable: true })
  periodCap: string | null;

  @Column({ type: 'numeric', name: 'claim_cap', nullable: true })
  claimCap: string | null;

  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
