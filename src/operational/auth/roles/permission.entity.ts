import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A single right; the table is kept equal to the catalogue in the code. */
@Entity({ schema: 'operational', name: 'permissions' })
export class PermissionEntry {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'permission_id' })
  permissionId: number;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'description' })
  description: string;
}
