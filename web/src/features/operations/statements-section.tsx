import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementReport } from '../../api/operations-types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView } from '../../ui/states';
import { useResetStatements, useStatements } from './operations-queries';
import { Section } from './section';

type Statement = StatementReport['data'][number];

const SORTS = ['total', 'mean', 'calls'] as const;

/** What the server's statements cost the database, by the names they carry. */
export function StatementsSection() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [sort, setSort] = useState<string>(SORTS[0]);
  const statements = useStatements(sort);
  const reset = useResetStatements();
  const columns: Column<Statement>[] = [
    {
      id: 'name',
      header: t('operations.statement'),
      cell: ({ name, text }) => (
        <span title={text}>
          <Ltr>{name ?? text.slice(0, 60)}</Ltr>
        </span>
      ),
    },
    {
      id: 'calls',
      header: t('operations.calls'),
      numeric: true,
      cell: ({ calls }) => <CountText value={calls} />,
    },
    ...(['meanMs', 'maxMs', 'totalMs'] as const).map((id) => ({
      id,
      header: t(`operations.${id}`),
      numeric: true,
      cell: (row: Statement) => <Ltr>{row[id].toFixed(id === 'totalMs' ? 0 : 2)}</Ltr>,
    })),
    {
      id: 'share',
      header: t('operations.share'),
      numeric: true,
      cell: ({ share }) => <Ltr>{share.toFixed(1)}</Ltr>,
    },
  ];
  return (
    <Section
      title={t('operations.statements')}
      query={statements}
      actions={
        <Group align="flex-end">
          <NativeSelect
            label={t('operations.sortBy')}
            value={sort}
            onChange={(event) => setSort(event.currentTarget.value)}
            data={SORTS.map((value) => ({ value, label: t(`operations.sort.${value}`) }))}
          />
          {can('ManageOperations') && (
            <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
              {t('operations.reset')}
            </Button>
          )}
          <ProblemAlert problem={reset.error} />
        </Group>
      }
    >
      {({ source, since, data }) =>
        source !== 'ok' ? (
          <EmptyView title={t(`operations.source.${source}`)} hint={t('operations.sourceHint')} />
        ) : data.length === 0 ? (
          <EmptyView title={t('operations.noStatements')} />
        ) : (
          <>
            <Text size="sm" c="dimmed" p="md">
              {t('operations.since')} <DateTimeText value={since} />
            </Text>
            <DataTable
              label={t('operations.statements')}
              columns={columns}
              rows={data}
              rowKey={({ name, text }) => `${name ?? ''} ${text}`}
            />
          </>
        )
      }
    </Section>
  );
}
