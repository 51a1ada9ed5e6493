import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadAddress } from '../../../api/client';
import type { Problem } from '../../../api/problem';
import type { ReleaseReject, ReleaseReport } from '../../../api/types';
import { type Column, DataTable } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { CountText } from '../../../ui/money-text';
import { Pager } from '../../../ui/pager';
import { ProblemAlert } from '../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { saveFile } from '../../../ui/save-file';
import { csvText } from './csv-file';
import { allRejects, type RULES_PATH, useRejects } from './import-queries';
import classes from './imports.module.css';

interface RejectsProps {
  release: Pick<ReleaseReport, 'releaseId' | 'rejects'>;
  /** Of a release of rules: the server makes the file then. */
  path?: typeof RULES_PATH;
}

/** Rows that were refused: why, where, and the value at fault. Nothing is left out silently. */
export function Rejects({ release, path }: RejectsProps) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const rejects = useRejects(release.releaseId, page, path);
  const download = useMutation<void, Problem>({
    mutationFn: async () => {
      const rows = await allRejects(release.releaseId);
      const table = rows.map((row) => [row.file, String(row.line), row.column ?? '', row.reason, row.value]);
      saveFile(
        `rejected-${release.releaseId}.csv`,
        csvText([['file', 'line', 'column', 'reason', 'value'], ...table]),
      );
    },
  });
  const columns: Column<ReleaseReject>[] = [
    { id: 'file', header: t('imports.file'), cell: (row) => <Ltr>{row.file}</Ltr> },
    { id: 'line', header: t('imports.line'), numeric: true, cell: (row) => <Ltr>{row.line}</Ltr> },
    {
      id: 'column',
      header: t('imports.column'),
      cell: (row) => (row.column === null ? t('common.none') : <Ltr>{row.column}</Ltr>),
    },
    { id: 'reason', header: t('imports.reason'), cell: (row) => <bdi>{row.reason}</bdi> },
    { id: 'value', header: t('imports.value'), cell: (row) => <bdi dir="auto">{row.value}</bdi> },
  ];
  if (rejects.isError) return <ErrorView error={rejects.error} retry={() => void rejects.refetch()} />;
  if (!rejects.data) return <LoadingRows />;
  if (rejects.data.data.length === 0) return <EmptyView title={t('imports.noRejects')} />;
  return (
    <>
      <ProblemAlert problem={download.error} />
      <Group justify="space-between" px="md" pt={10} align="flex-start">
        <ul className={classes['reasons']}>
          {release.rejects.map((group) => (
            <li key={`${group.column ?? ''}${group.reason}`}>
              <Text span size="sm" fw={600}>
                <CountText value={group.count} />
              </Text>{' '}
              <Text span size="sm">
                {group.column !== null && <Ltr>{group.column}</Ltr>} <bdi>{group.reason}</bdi>
              </Text>
            </li>
          ))}
        </ul>
        {path === undefined ? (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {t('imports.downloadRejects')}
          </Button>
        ) : (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconDownload size={16} />}
            component="a"
            href={downloadAddress(`${path}/${release.releaseId}/rejects.csv`)}
            download
          >
            {t('imports.downloadRejects')}
          </Button>
        )}
      </Group>
      <DataTable
        label={t('imports.rejected')}
        columns={columns}
        rows={rejects.data.data}
        rowKey={(row) => `${row.file}:${row.line}:${row.column ?? ''}:${row.reason}`}
      />
      <Pager meta={rejects.data.meta} onPage={setPage} />
    </>
  );
}
