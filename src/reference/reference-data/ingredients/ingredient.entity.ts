import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/**
 * What sort of thing an ingredient is. `salt`: a salt or ester of a base; `mixture`: a class or mixture that cannot be
 * screened; `not_medicinal`: nothing to screen; `merged`: found to be another ingredient.
 */
export const INGREDIENT_KINDS = ['substance', 'salt', 'mixture', 'not_medicinal', 'merged'] as const;
export type IngredientKind = (typeof INGREDIENT_KINDS)[number];

/** An active ingredient under its standard (INN) name. */
@Entity({ schema: 'reference', name: 'ingredients' })
export class Ingredient {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'ingredient_id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_folded', select: false })
  nameFolded: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text', name: 'atc_code', nullable: true })
  atcCode: string | null;

  @Column({ type: 'text', name: 'kind' })
  kind: IngredientKind;

  /** The ingredient that stands for this one: the base of a salt, or what it was merged into. */
  @Column({ type: 'integer', name: 'base_ingredient_id', nullable: true })
  baseIngredientId: number | null;

  /** Amount of base in one part of the salt by weight, where known. */
  @Column({ type: 'numeric', name: 'base_factor', nullable: true })
  baseFactor: string | null;

  /** False: an import made it from an unknown name; it waits on the worklist. */
  @Column({ type: 'boolean', name: 'verified' })
  verified: boolean;

  @Column({ type: 'text', name: 'source' })
  source: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const INGREDIENTS: ReferenceList<Ingredient> = {
  entity: Ingredient,
  what: 'ingredient',
  isFolded: true,
  isTree: false,
  counted: { dimension: 'ingredient', byName: false },
};
