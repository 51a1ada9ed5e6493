const TABLE = /^create (?:unlogged )?table ([a-z_.]+) \( -- (.+)$/;
const COLUMN = /^ {2}([a-z_0-9]+) .* -- (.+)$/;
const NOT_A_COLUMN = new Set(['constraint', 'unique', 'check', 'foreign', 'primary', 'exclude']);

const quoted = (text: string): string => `'${text.trim().replaceAll("'", "''")}'`;

/**
 * Turns the trailing `-- meaning` of each table and column line of a `create table` into `comment on` statements,
 * so that the meaning stands where the column is defined and cannot be forgotten in a second place.
 * Returns the DDL followed by the comments.
 */
export function commentedSql(ddl: string): string {
  const comments: string[] = [];
  let table: string | undefined;
  for (const line of ddl.split('\n')) {
    const opening = TABLE.exec(line);
    if (opening?.[1] && opening[2]) {
      table = opening[1];
      comments.push(`comment on table ${table} is ${quoted(opening[2])};`);
    } else if (line.startsWith(')')) {
      table = undefined;
    } else if (table) {
      const column = COLUMN.exec(line);
      if (column?.[1] && column[2] && !NOT_A_COLUMN.has(column[1]))
        comments.push(`comment on column ${table}.${column[1]} is ${quoted(column[2])};`);
    }
  }
  return `${ddl}\n${comments.join('\n')}`;
}
