import { Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleChange, RuleKind, RuleRelease } from '../../../../api/types';
import { type Column, DataTable } from '../../../../ui/data-table';
import { Ltr } from '../../../../ui/ltr';
import { CountText } from '../../../../ui/money-text';
import { Pager } from '../../../../ui/pager';
import { EmptyView, ErrorView, LoadingRows } from '../../../../ui/states';
import { StatusBadge, type Tone } from '../../../../ui/status-badge';
import { SEVERITIES, SeverityBadge } from '../../../shared/clinical';
import classes from '../imports.module.css';
import { fieldOfColumn } from './rule-mapping.domain';
import { useRuleChanges } from './rule-queries';

type Sort = RuleChange['change'];

const SORTS: readonly Sort[] = ['new', 'changed', 'closed'];
const TONE: Record<Sort, Tone> = { new: 'ok', changed: 'warn', closed: 'stop' };
const PAGE_SIZE = 20;

/** Every rule a release changes, with what it said and what it says then. */
export function RuleChanges({ release }: { release: RuleRelease }) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<Sort>();
  const [page, setPage] = useState(1);
  const counts: Record<Sort, number> = {
    new: release.rowsInserted,
    changed: release.rowsUpdated,
    closed: release.rowsDiscontinued,
  };
  const changes = useRuleChanges(release.releaseId, { change: sort, page, limit: PAGE_SIZE });
  const columns = useColumns(release.ruleKind);
  const choose = (next: Sort | undefined) => {
    setSort(next);
    setPage(1);
  };
  return (
    <>
      <div className={classes['kinds']} role="group" aria-label={t('imports.narrowKind')}>
        <button
          type="button"
          className={classes['kind']}
          aria-pressed={sort === undefined}
          onClick={() => choose(undefined)}
        >
          {t('ruleFiles.allChanges')}
        </button>
        {SORTS.filter((one) => counts[one] > 0).map((one) => (
          <button
            key={one}
            type="button"
            className={classes['kind']}
            aria-pressed={sort === one}
            onClick={() => choose(one)}
          >
            {t(`ruleFiles.change.${one}`)} <CountText value={counts[one]} />
          </button>
        ))}
      </div>
      {changes.isError ? (
        <ErrorView error={changes.error} retry={() => void changes.refetch()} />
      ) : !changes.data ? (
        <LoadingRows />
      ) : changes.data.data.length === 0 ? (
        <EmptyView title={t('imports.noChanges')} />
      ) : (
        <>
          <DataTable
            label={t('imports.changes')}
            columns={columns}
            rows={changes.data.data}
            rowKey={(row) => row.code}
          />
          <Pager meta={changes.data.meta} onPage={setPage} />
        </>
      )}
    </>
  );
}

function useColumns(kind: RuleKind): Column<RuleChange>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'change',
      header: t('imports.change'),
      cell: (row) => <StatusBadge tone={TONE[row.change]}>{t(`ruleFiles.change.${row.change}`)}</StatusBadge>,
    },
    {
      id: 'label',
      header: t('ruleFiles.about'),
      cell: (row) => (
        <>
          <Ltr>{row.label}</Ltr>
          <Text size="xs" c="dimmed">
            <Ltr>{[row.code, row.file, row.line].filter((part) => part !== null).join(' · ')}</Ltr>
          </Text>
        </>
      ),
    },
    { id: 'severity', header: t('ruleFiles.field.severity'), cell: (row) => <SeverityChange row={row} /> },
    { id: 'what', header: t('imports.what'), cell: (row) => <Fields row={row} kind={kind} /> },
  ];
}

/** How grave a rule was and is; one badge where that does not change. */
function SeverityChange({ row }: { row: RuleChange }) {
  const { t } = useTranslation();
  const known = (text: string | null) => SEVERITIES.find((one) => one === text);
  const before = known(row.severityBefore);
  const after = known(row.severityAfter);
  const only = after ?? before;
  if (only === undefined) return t('common.none');
  if (before === undefined || after === undefined || before === after)
    return <SeverityBadge severity={only} />;
  return (
    <span className={classes['priceChange']}>
      <span className="visually-hidden">{t('imports.before')}</span>
      <SeverityBadge severity={before} />
      <IconArrowRight size={14} aria-hidden="true" className="towards" />
      <span className="visually-hidden">{t('imports.after')}</span>
      <SeverityBadge severity={after} />
    </span>
  );
}

/** A value as a text; a list with commas. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** What of a changed rule becomes something else. */
function Fields({ row, kind }: { row: RuleChange; kind: RuleKind }) {
  const { t } = useTranslation();
  const changed = Object.entries(row.fields).filter(([field]) => field !== 'severity');
  if (changed.length === 0) return null;
  return (
    <ul className={classes['fields']}>
      {changed.map(([field, [before, after]]) => (
        <li key={field}>
          <span className={classes['fieldName']}>
            <FieldName kind={kind} column={field} />
          </span>{' '}
          {textOf(before) !== null && (
            <del>
              <bdi dir="auto">{textOf(before)}</bdi>
            </del>
          )}{' '}
          {textOf(after) === null ? t('common.none') : <bdi dir="auto">{textOf(after)}</bdi>}
        </li>
      ))}
    </ul>
  );
}

function FieldName({ kind, column }: { kind: RuleKind; column: string }) {
  const { t } = useTranslation();
  const field = fieldOfColumn(kind, column);
  return field === undefined ? <Ltr>{column}:</Ltr> : <>{t(`ruleFiles.field.${field}`)}:</>;
}
