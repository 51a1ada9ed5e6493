import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backups } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { sizeWords } from './bytes.domain';
import { DurationText } from './duration';
import { Facts } from './facts';
import { useBackups, useStartBackup } from './operations-queries';
import { Section } from './section';

type Backup = Backups['data'][number];

/** How backups stand: what would be lost now, what is proven, when the next one is made, and a button to make one now. */
export function BackupsSection() {
  const { t } = useTranslation();
  const backups = useBackups();
  const start = useStartBackup();
  return (
    <Section
      title={t('operations.backups')}
      query={backups}
      actions={
        <Group align="flex-end">
          {start.isSuccess && <span role="status">{t('operations.backupStarted')}</span>}
          <ProblemAlert problem={start.error} />
          <Button
            variant="default"
            loading={start.isPending}
            disabled={backups.data?.isRunning === true}
            onClick={() => start.mutate()}
          >
            {t('operations.backupNow')}
          </Button>
        </Group>
      }
    >
      {(report) =>
        report.directory === null ? (
          <EmptyView title={t('operations.backupsOff')} hint={t('operations.backupsOffHint')} />
        ) : (
          <BackupsPart report={report} />
        )
      }
    </Section>
  );
}

function BackupsPart({ report }: { report: Backups }) {
  const { t } = useTranslation();
  const usable = report.data.find(({ takenAt }) => takenAt !== null);
  const proven = report.data.find(({ isProven }) => isProven);
  return (
    <>
      {report.lastFailure && (
        <Notice tone="stop" title={t('operations.backupFailed')}>
          <DateTimeText value={report.lastFailure.at} />{' '}
          <span lang="en">
            <Ltr>{report.lastFailure.message}</Ltr>
          </span>
        </Notice>
      )}
      <Facts
        facts={[
          [t('operations.lastBackup'), <DateTimeText key="last" value={usable?.takenAt} />],
          [t('operations.size'), usable ? <SizeText key="size" bytes={usable.bytes} /> : t('common.none')],
          [t('operations.lastProven'), <DateTimeText key="proven" value={proven?.takenAt} />],
          [t('operations.provenAt'), <DateTimeText key="checked" value={proven?.checkedAt} />],
          [t('operations.wouldBeLost'), <DurationText key="rpo" seconds={report.rpoSeconds} />],
          [t('operations.restoreTakes'), <DurationText key="rto" seconds={report.rtoSeconds} />],
          [t('operations.archivedUntil'), <DateTimeText key="archive" value={report.archivedUntil} />],
          [
            t('operations.nextBackup'),
            report.isRunning ? (
              <StatusBadge key="next" tone="info">
                {t('operations.running')}
              </StatusBadge>
            ) : (
              <DateTimeText key="next" value={report.nextAt} />
            ),
          ],
          [t('operations.backupDirectory'), <Ltr key="directory">{report.directory}</Ltr>],
        ]}
      />
      {report.data.length === 0 ? (
        <EmptyView title={t('operations.noBackups')} />
      ) : (
        <BackupsTable backups={report.data} />
      )}
    </>
  );
}

function SizeText({ bytes }: { bytes: number | null }) {
  const { t } = useTranslation();
  return bytes === null ? t('common.none') : <Ltr>{sizeWords(bytes)}</Ltr>;
}

function BackupsTable({ backups }: { backups: readonly Backup[] }) {
  const { t } = useTranslation();
  const columns: Column<Backup>[] = [
    { id: 'taken', header: t('operations.takenAt'), cell: ({ takenAt }) => <DateTimeText value={takenAt} /> },
    {
      id: 'kind',
      header: t('operations.kind'),
      cell: ({ kind }) => (kind === null ? t('common.none') : t(`operations.backupKind.${kind}`)),
    },
    {
      id: 'size',
      header: t('operations.size'),
      numeric: true,
      cell: ({ bytes }) => <SizeText bytes={bytes} />,
    },
    {
      id: 'proof',
      header: t('operations.condition'),
      cell: ({ isProven, faults }) =>
        isProven ? (
          <StatusBadge tone="ok">{t('operations.proof.proven')}</StatusBadge>
        ) : faults.length > 0 ? (
          <StatusBadge tone="stop">{t('operations.proof.wrong')}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t('operations.proof.none')}</StatusBadge>
        ),
    },
    {
      id: 'checked',
      header: t('operations.provenAt'),
      cell: ({ checkedAt }) => <DateTimeText value={checkedAt} />,
    },
    {
      id: 'faults',
      header: t('operations.faults'),
      cell: ({ faults }) => (
        <span lang="en">
          <Ltr>{faults.join(' ')}</Ltr>
        </span>
      ),
    },
  ];
  return (
    <DataTable label={t('operations.backups')} columns={columns} rows={backups} rowKey={({ id }) => id} />
  );
}
