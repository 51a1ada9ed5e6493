import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

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
};
