import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import { Ingredient } from '../../reference-data/ingredients/ingredient.entity.js';

/** One line of what a product contains. */
@Entity({ schema: 'reference', name: 'drug_ingredients' })
export class DrugIngredient {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'drug_ingredient_id' })
  drugIngredientId: number;

  @Column({ type: 'integer', name: 'drug_id' })
  drugId: number;

  /** Place in the composition, first is 1. */
  @Column({ type: 'smallint', name: 'position' })
  position: number;

  /** Null: the name is not linked to a known ingredient yet. */
  @Column({ type: 'integer', name: 'ingredient_id', nullable: true })
  ingredientId: number | null;

  @ManyToOne(() => Ingredient, { nullable: true })
  @JoinColumn({ name: 'ingredient_id' })
  ingredient: Ingredient | null;

  @Column({ type: 'text', name: 'raw_text' })
  rawText: string;

  @Column({ type: 'numeric', name: 'amount', nullable: true })
  amount: string | null;

  @Column({ type: 'text', name: 'unit', nullable: true })
  unit: string | null;

  @Column({ type: 'numeric', name: 'per_amount', nullable: true })
  perAmount: string | null;

  @Column({ type: 'text', name: 'per_unit', nullable: true })
  perUnit: string | null;
}
