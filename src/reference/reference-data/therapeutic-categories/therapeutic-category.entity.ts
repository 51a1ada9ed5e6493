import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** atc: a class of the WHO ATC tree; local: a category of a source or of the pharmacy. */
export const CATEGORY_KINDS = ['atc', 'local'] as const;
export type CategoryKind = (typeof CATEGORY_KINDS)[number];

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

  @Column({ type: 'text', name: 'kind' })
  kind: CategoryKind;

  /** 1 to 5 in the ATC tree; null on local categories. */
  @Column({ type: 'smallint', name: 'level', nullable: true })
  level: number | null;

  /** The ATC code of a class of the tree; the own code of a local category. */
  @Column({ type: 'text', name: 'code', nullable: true })
  code: string | null;

  /** ATC code of the class itself, or the one a local category corresponds to. */
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
  counted: { dimension: 'category', byName: false },
};
