import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { Severity } from '../clinical.types.js';
import type { VersionedRule } from '../rules/versioned-rule.types.js';

/** Whom an allergy also concerns: from an allergen (ingredient or group) to what may cross-react. */
@Entity({ schema: 'reference', name: 'allergy_rules' })
export class AllergyRuleRow implements VersionedRule {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;

  @Column({ type: 'integer', name: 'allergen_ingredient_id', nullable: true })
  allergenIngredientId: number | null;

  @Column({ type: 'integer', name: 'allergen_group_id', nullable: true })
  allergenGroupId: number | null;

  @Column({ type: 'integer', name: 'cross_ingredient_id', nullable: true })
  crossIngredientId: number | null;

  @Column({ type: 'integer', name: 'cross_group_id', nullable: true })
  crossGroupId: number | null;

  @Column({ type: 'text', name: 'severity' })
  severity: Severity;

  @Column({ type: 'text', name: 'evidence' })
  evidence: 'established' | 'probable' | 'suspected';

  @Column({ type: 'text', name: 'message' })
  message: string;

  @Column({ type: 'text', name: 'management' })
  management: string;

  /** Null: a rule of the pharmacy's own. */
  @Column({ type: 'text', name: 'rule_set', nullable: true })
  ruleSet: string | null;

  @Column({ type: 'text', name: 'source' })
  source: string;

  @Column({ type: 'timestamptz', name: 'valid_from' })
  validFrom: Date;

  @Column({ type: 'timestamptz', name: 'valid_to', nullable: true })
  validTo: Date | null;
}
