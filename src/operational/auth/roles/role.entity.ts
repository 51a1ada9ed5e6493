import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A set of permissions. */
@Entity({ schema: 'operational', name: 'roles' })
export class Role {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'role_id' })
  roleId: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'description' })
  description: string;

  /** Seeded; cannot be renamed. */
  @Column({ type: 'boolean', name: 'is_system' })
  isSystem: boolean;

  /** Who has it and no second factor can, once his time for it is over, do nothing but set one up. */
  @Column({ type: 'boolean', name: 'requires_mfa' })
  requiresMfa: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
