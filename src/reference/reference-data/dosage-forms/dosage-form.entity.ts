import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** A pharmaceutical form. Drugs refer to it by name. */
@Entity({ schema: 'reference', name: 'dosage_forms' })
export class DosageForm {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  /** Forms of one family may stand for one another as equivalents: solid-oral, liquid-oral, …; `other` is no family. */
  @Column({ type: 'text', name: 'form_family' })
  formFamily: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const DOSAGE_FORMS: ReferenceList<DosageForm> = {
  entity: DosageForm,
  what: 'dosage form',
  isFolded: false,
  isTree: false,
  counted: { dimension: 'dosage_form', byName: true },
};
