/** Statements that make the months of the ledger that begin on these days, as the owner of its tables, whom the jobs of the server read as. */
export const monthParts = (days) => [
  ['set role meditory_owner', []],
  ...days.map((day) => [
    `select operational.make_month_part('operational.stock_movements', $1::date) where to_regclass('operational.stock_movements_' || to_char($1::date, 'YYYY_MM')) is null`,
    [day],
  ]),
  ['reset role', []],
];
