import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** A therapeutic category, perhaps under a wider one. */
@Entity({ schema: 'reference', name: 'therapeutic_categories' })
export class TherapeuticCategory {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'category_id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_folded', select: false })
  nameFolded: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text', name: 'atc_code', nullable: true })
  atcCode: string | null;

  /** The wider category. */
  @Column({ type: 'integer', name: 'parent_category_id', nullable: true })
  parentId: number | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const THERAPEUTIC_CATEGORIES: ReferenceList<TherapeuticCategory> = {
  entity: TherapeuticCategory,
  what: 'therapeutic category',
  isFolded: true,
  isTree: true,
};
