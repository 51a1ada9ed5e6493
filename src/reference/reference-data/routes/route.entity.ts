import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

import type { ReferenceList } from '../list.types.js';

/** A route of administration. Drugs refer to it by name. */
@Entity({ schema: 'reference', name: 'routes' })
export class Route {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'id' })
  id: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}

export const ROUTES: ReferenceList<Route> = {
  entity: Route,
  what: 'route',
  isFolded: false,
  isTree: false,
  counted: { dimension: 'route', byName: true },
};
