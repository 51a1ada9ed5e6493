import type { MigrationInterface, QueryRunner } from 'typeorm';

const TRIGGER = (types: string): string => `
drop trigger stock_movements_witness on operational.stock_movements;
create trigger stock_movements_witness before insert on operational.stock_movements
  for each row when ((new.movement_type in (${types}) or new.witness_id is not null) and current_user in ('pharmacy_app', 'pharmacy_admin'))
  execute function operational.guard_witness();`;

const TYPES = "'receipt', 'destruction', 'transfer_out', 'transfer_in'";

/** What is controlled goes back to its supplier by two people, as it is destroyed and sent to another branch. */
export class SupplierReturnWitness1799000000216 implements MigrationInterface {
  name = 'SupplierReturnWitness1799000000216';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TRIGGER(`${TYPES}, 'supplier_return'`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TRIGGER(TYPES));
  }
}
