import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A fill and a sale ask for their identities with their first statements, so that all that is written of them travels together. And the functions
 * every row-level policy calls become part of the statement that calls them: their bodies were bound to their names when they
 * were made, and the search path of their own only kept them from that, some forty times a fill.
 */
export class FillSpeed1799000000160 implements MigrationInterface {
  name = 'FillSpeed1799000000160';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
grant usage on sequence operational.fills_fill_id_seq, operational.sale_items_sale_item_id_seq to pharmacy_app;
alter function operational.current_branches() reset search_path;
alter function operational.current_user_id() reset search_path;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
revoke usage on sequence operational.fills_fill_id_seq, operational.sale_items_sale_item_id_seq from pharmacy_app;
alter function operational.current_branches() set search_path = pg_catalog, pg_temp;
alter function operational.current_user_id() set search_path = pg_catalog, pg_temp;
`);
  }
}
