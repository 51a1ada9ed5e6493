import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** A handling flag of the controlled list: cytotoxic, light-sensitive, … Products bear its code. */
@Entity({ schema: 'reference', name: 'handling_flags' })
export class HandlingFlag {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  /** What products bear; it never changes. */
  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const HANDLING_FLAGS: ReferenceList<HandlingFlag> = {
  entity: HandlingFlag,
  what: 'handling flag',
  isFolded: false,
  isTree: false,
};
