import type { ReactNode } from 'react';
import classes from './data-table.module.css';

/** One column; `numeric` columns are aligned to the end. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** Column without a visible heading, such as row actions. */
  hideHeader?: boolean;
}

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  selectedKey?: string | number;
}

/** Class for the one focusable element of a row, which also carries `data-row-link`. */
export const rowLinkClass: string = classes['link'] ?? '';

/** A plain, accessible table; arrow keys come from `moveThroughRows` on an element around it. */
export function DataTable<Row>({ label, columns, rows, rowKey, selectedKey }: DataTableProps<Row>) {
  return (
    <div className={classes['wrap']}>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.numeric ? classes['end'] : undefined}>
                {column.hideHeader ? <span className="visually-hidden">{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr key={key} className={key === selectedKey ? classes['selected'] : undefined}>
                {columns.map((column) => (
                  <td key={column.id} className={column.numeric ? classes['end'] : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
