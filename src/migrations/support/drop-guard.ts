import type { QueryRunner } from 'typeorm';

/**
 * Refuses to go down when a table of the list holds rows, unless the operator says so with
 * MEDITORY_ALLOW_DATA_LOSS=yes: a `down` typed by mistake must not cost a pharmacy its records.
 */
export async function refuseToDropRows(queryRunner: QueryRunner, tables: readonly string[]): Promise<void> {
  if (process.env.MEDITORY_ALLOW_DATA_LOSS === 'yes') return;
  for (const table of tables) {
    const rows = (await queryRunner.query(
      "select /* migrations.holdsRows */ (xpath('/row/c/text()', query_to_xml($1, false, true, '')))[1]::text::int > 0 as held",
      [`select count(*) as c from (select 1 from ${table} limit 1) t`],
    )) as { held: boolean }[];
    if (rows[0]?.held)
      throw new Error(
        `${table} holds rows: refusing to drop it. Back up first, then set MEDITORY_ALLOW_DATA_LOSS=yes to go on.`,
      );
  }
}
