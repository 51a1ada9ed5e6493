import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** A manufacturer or marketing company. */
@Entity({ schema: 'reference', name: 'companies' })
export class Company {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'company_id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_folded', select: false })
  nameFolded: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const COMPANIES: ReferenceList<Company> = {
  entity: Company,
  what: 'company',
  isFolded: true,
  isTree: false,
  counted: { dimension: 'company', byName: false },
};
