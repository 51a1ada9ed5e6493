import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Somebody who signs in. The password hash is written, but never read, through this. */
@Entity({ schema: 'operational', name: 'users' })
export class User {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'user_id' })
  userId: number;

  @Column({ type: 'text', name: 'username' })
  username: string;

  @Column({ type: 'text', name: 'full_name' })
  fullName: string;

  @Column({ type: 'text', name: 'licence_number', nullable: true })
  licenceNumber: string | null;

  /** A user is disabled, never deleted. */
  @Column({ type: 'text', name: 'status' })
  status: 'active' | 'disabled';

  @Column({ type: 'boolean', name: 'must_change_password' })
  mustChangePassword: boolean;

  /** Of a password that must be changed: until when he may still work with it; null: nothing else is open before. */
  @Column({ type: 'timestamptz', name: 'password_grace_until', nullable: true, select: false })
  passwordGraceUntil: Date | null;

  @Column({ type: 'text', name: 'password_hash', select: false })
  passwordHash: string;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
