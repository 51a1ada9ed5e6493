import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../ui/data-table';
import classes from './imports.module.css';
import { columnNames, type MappingDraft, valuesOf } from './mapping.domain';

interface SampleProps {
  lines: readonly string[];
  draft: Pick<MappingDraft, 'delimiter' | 'hasHeader'>;
}

interface SampleRow {
  at: number;
  values: readonly string[];
}

/** The first rows of the file as they are understood now. */
export function Sample({ lines, draft }: SampleProps) {
  const { t } = useTranslation();
  const first = lines[0];
  if (first === undefined || first === '') return null;
  const names = columnNames(first, draft);
  const rows: SampleRow[] = (draft.hasHeader ? lines.slice(1) : lines)
    .filter((line) => line !== '')
    .map((line, at) => ({ at, values: valuesOf(line, draft.delimiter) }));
  const columns: Column<SampleRow>[] = names.map((name, at) => ({
    id: `${at}`,
    header: name,
    cell: (row) => <bdi dir="auto">{row.values[at]}</bdi>,
  }));
  return (
    <div className={classes['sample']} role="region" aria-label={t('imports.sample')} tabIndex={0}>
      <DataTable label={t('imports.sample')} columns={columns} rows={rows} rowKey={(row) => row.at} />
    </div>
  );
}
