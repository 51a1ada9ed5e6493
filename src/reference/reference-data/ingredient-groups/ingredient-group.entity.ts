import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** What sort of group it is. */
export const GROUP_KINDS = ['chemical', 'therapeutic', 'allergy', 'pharmacological'] as const;

/** A chemical, therapeutic, pharmacological or allergy group of ingredients; a rule on it covers its members and the groups under it. */
@Entity({ schema: 'reference', name: 'ingredient_groups' })
export class IngredientGroup {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'group_id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  /** Stable code that rules refer to. */
  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text', name: 'kind' })
  kind: (typeof GROUP_KINDS)[number];

  /** The wider group. */
  @Column({ type: 'integer', name: 'parent_group_id', nullable: true })
  parentId: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const INGREDIENT_GROUPS: ReferenceList<IngredientGroup> = {
  entity: IngredientGroup,
  what: 'ingredient group',
  isFolded: false,
  isTree: true,
};
