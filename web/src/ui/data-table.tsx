import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

/** One column; `numeric` columns are aligned to the end. */
export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** How the rows stand by this column, and what a press on its heading does; left out where it does not sort. */
  sort?: { direction: 'ascending' | 'descending' | undefined; onSort: () => void };
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

function Heading<Row>({ column: { header, hideHeader, sort } }: { column: Column<Row> }) {
  if (hideHeader) return <span className="visually-hidden">{header}</span>;
  if (!sort) return header;
  const Arrow = sort.direction === 'ascending' ? IconChevronUp : IconChevronDown;
  return (
    <button type="button" className={classes['sort']} onClick={sort.onSort}>
      {header}
      <Arrow size={14} aria-hidden="true" opacity={sort.direction === undefined ? 0 : 1} />
    </button>
  );
}

/** A plain, accessible table; arrow keys come from `moveThroughRows` on an element around it. */
export function DataTable<Row>({ label, columns, rows, rowKey, selectedKey }: DataTableProps<Row>) {
  return (
    <div className={classes['wrap']}>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.numeric ? classes['end'] : undefined}
                aria-sort={column.sort?.direction}
              >
                <Heading column={column} />
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
