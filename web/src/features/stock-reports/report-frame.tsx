import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { PageMeta } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';

/** How a report is narrowed, by the address. */
export interface ReportSearch {
  readonly by?: string | undefined;
  readonly at?: string | undefined;
  readonly page?: number | undefined;
}

export interface ReportProps {
  search: ReportSearch;
  narrow: (change: { by?: string | undefined; at?: string | undefined; page?: number | undefined }) => void;
}

const PAGE_SIZE = 20;

/** A page of a report of the branch. */
export function useReport<Answer>(path: string, query: Query, page: number | undefined) {
  const asked = { ...query, page: page ?? 1, limit: PAGE_SIZE };
  return useQuery({
    queryKey: [...keys.stock, 'reports', path, asked],
    queryFn: ({ signal }) => api.get<Answer>(path, asked, signal),
    placeholderData: keepPreviousData,
  });
}

interface ReportFrameProps<Row> {
  label: string;
  path: string;
  query: Query;
  filters: ReactNode;
  /** Sums above the table. */
  sums: readonly { label: string; value: string }[];
  result: {
    data: { data: readonly Row[]; meta: PageMeta } | undefined;
    isPending: boolean;
    isError: boolean;
    isPlaceholderData: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string | number;
  onPage: (page: number) => void;
  /** What is said where there is nothing; left out: that nothing fits. */
  empty?: { title: string; hint: string };
}

/** Filters, sums, the table, and all of it as CSV. */
export function ReportFrame<Row>(props: ReportFrameProps<Row>) {
  const { t } = useTranslation();
  const { result, path, query } = props;
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv(path, { ...query, format: 'csv' }),
    onSuccess: (text) => saveFile(`${path.split('/').at(-1) ?? 'report'}.csv`, text),
  });
  return (
    <>
      <Group align="flex-end" justify="space-between">
        <Group align="flex-start">{props.filters}</Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden="true" />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t('stockReports.download')}
        </Button>
      </Group>
      <ProblemAlert problem={download.error} notSaved={t('stockReports.notDownloaded')} />
      {props.sums.length > 0 && (
        <Group gap="xl">
          {props.sums.map(({ label, value }) => (
            <Text key={label}>
              {label}{' '}
              <strong>
                <MoneyText value={value} />
              </strong>
            </Text>
          ))}
        </Group>
      )}
      <Card flush isBusy={result.isPlaceholderData}>
        {result.isPending && <LoadingRows />}
        {result.isError && <ErrorView error={result.error} retry={() => void result.refetch()} />}
        {result.data?.data.length === 0 && (
          <EmptyView
            {...(props.empty ?? { title: t('stockReports.empty'), hint: t('stockReports.emptyHint') })}
          />
        )}
        {result.data && result.data.data.length > 0 && (
          <>
            <DataTable
              label={props.label}
              columns={props.columns}
              rows={result.data.data}
              rowKey={props.rowKey}
            />
            <Pager meta={result.data.meta} onPage={props.onPage} />
          </>
        )}
      </Card>
    </>
  );
}
