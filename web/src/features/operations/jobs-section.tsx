import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobReport } from '../../api/operations-types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { useJobs, useRunJob } from './operations-queries';
import { Section } from './section';

const tones: Record<JobReport['outcome'], Tone> = {
  none: 'neutral',
  done: 'ok',
  waiting: 'info',
  failed: 'stop',
};

/** Work the server does by itself: how it went, when it is done next, and a button to do it now. */
export function JobsSection() {
  const { t } = useTranslation();
  const { can } = useSession();
  const jobs = useJobs();
  const columns: Column<JobReport>[] = [
    { id: 'name', header: t('operations.job'), cell: ({ name }) => <Ltr>{name}</Ltr> },
    {
      id: 'outcome',
      header: t('operations.condition'),
      cell: ({ outcome, isRunning }) =>
        isRunning ? (
          <StatusBadge tone="info">{t('operations.running')}</StatusBadge>
        ) : (
          <StatusBadge tone={tones[outcome]}>{t(`operations.outcome.${outcome}`)}</StatusBadge>
        ),
    },
    {
      id: 'finished',
      header: t('operations.finishedAt'),
      cell: ({ finishedAt }) => <DateTimeText value={finishedAt} />,
    },
    { id: 'next', header: t('operations.nextAt'), cell: ({ nextAt }) => <DateTimeText value={nextAt} /> },
    {
      id: 'words',
      header: t('operations.words'),
      cell: ({ words }) => (
        <span lang="en">
          <Ltr>{words}</Ltr>
        </span>
      ),
    },
    ...(can('ManageOperations')
      ? [
          {
            id: 'run',
            header: t('operations.runNow'),
            hideHeader: true,
            cell: (job: JobReport) => <RunNow job={job} />,
          },
        ]
      : []),
  ];
  return (
    <Section title={t('operations.jobs')} query={jobs}>
      {({ data }) => (
        <DataTable label={t('operations.jobs')} columns={columns} rows={data} rowKey={({ name }) => name} />
      )}
    </Section>
  );
}

function RunNow({ job: { name, isRunning } }: { job: JobReport }) {
  const { t } = useTranslation();
  const run = useRunJob(name);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={run.isPending}
        disabled={isRunning}
        aria-label={t('operations.runJob', { name })}
        onClick={() => run.mutate()}
      >
        {t('operations.runNow')}
      </Button>
      <ProblemAlert problem={run.error} />
    </>
  );
}
