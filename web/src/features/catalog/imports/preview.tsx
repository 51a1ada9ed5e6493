import { Tabs, Text } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';
import { type Column, DataTable } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { CountText } from '../../../ui/money-text';
import { Card } from '../../../ui/page';
import { Changes } from './changes';
import { ImpactPanel } from './impact-panel';
import classes from './imports.module.css';
import { sizeText } from './progress.domain';
import { Rejects } from './rejects';

/** What a release changes, counted and row by row, with what it means for patients. */
export function Preview({ release }: { release: ReleaseReport }) {
  const { t } = useTranslation();
  return (
    <>
      <Tiles release={release} />
      {release.impact && <ImpactPanel impact={release.impact} />}
      <Card flush label={t('imports.details')}>
        <Tabs defaultValue="changes" keepMounted={false}>
          <Tabs.List aria-label={t('imports.details')}>
            <Tabs.Tab value="changes">{t('imports.changes')}</Tabs.Tab>
            <Tabs.Tab value="rejects">
              {t('imports.rejected')} <CountText value={release.rowsRejected} />
            </Tabs.Tab>
            <Tabs.Tab value="files">{t('imports.files')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="changes">
            <Changes release={release} />
          </Tabs.Panel>
          <Tabs.Panel value="rejects">
            <Rejects release={release} />
          </Tabs.Panel>
          <Tabs.Panel value="files">
            <Files release={release} />
          </Tabs.Panel>
        </Tabs>
      </Card>
    </>
  );
}

function Tiles({ release }: { release: ReleaseReport }) {
  const { t } = useTranslation();
  const { summary } = release;
  const tiles: [string, number][] = [
    [t('imports.rowsRead'), release.rowsRead],
    [t('imports.kind.new'), release.rowsInserted],
    [t('imports.changed'), release.rowsUpdated],
    [t('imports.unchanged'), release.rowsUnchanged],
    [t('imports.kind.discontinued'), release.rowsDiscontinued],
    [t('imports.rejected'), release.rowsRejected],
    [t('imports.newIngredients'), summary.newIngredients ?? 0],
  ];
  return (
    <>
      <dl className={classes['tiles']} aria-label={t('imports.counts')}>
        {tiles.map(([name, value]) => (
          <div key={name} className={classes['tile']}>
            <dt>{name}</dt>
            <dd>
              <CountText value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {summary.composition && <Composition counts={summary.composition} />}
    </>
  );
}

/** How many products can be screened: the share whose ingredients are all known. */
function Composition({ counts }: { counts: NonNullable<ReleaseReport['summary']['composition']> }) {
  const { t } = useTranslation();
  const stated = counts.linked + counts.partial + counts.unlinked;
  const share = stated === 0 ? 0 : Math.floor((counts.linked / stated) * 1000) / 10;
  return (
    <Text size="sm" c="dimmed">
      {t('imports.composition', {
        share: `${share.toFixed(1)} %`,
        partial: counts.partial,
        unlinked: counts.unlinked,
        none: counts.none,
      })}
    </Text>
  );
}

type FileReport = ReleaseReport['files'][number];

/** The account of each file. */
export function Files({ release }: { release: Pick<ReleaseReport, 'files'> }) {
  const { t } = useTranslation();
  const columns: Column<FileReport>[] = [
    { id: 'name', header: t('imports.file'), cell: (row) => <Ltr>{row.name}</Ltr> },
    { id: 'size', header: t('imports.size'), numeric: true, cell: (row) => <Ltr>{sizeText(row.bytes)}</Ltr> },
    {
      id: 'read',
      header: t('imports.rowsRead'),
      numeric: true,
      cell: (row) => <CountText value={row.rowsRead} />,
    },
    {
      id: 'applied',
      header: t('imports.taken'),
      numeric: true,
      cell: (row) => <CountText value={row.rowsApplied} />,
    },
    {
      id: 'rejected',
      header: t('imports.rejected'),
      numeric: true,
      cell: (row) => <CountText value={row.rowsRejected} />,
    },
    {
      id: 'hash',
      header: 'SHA-256',
      cell: (row) => (
        <Text size="xs" c="dimmed" title={row.sha256}>
          <Ltr>{row.sha256.slice(0, 12)}…</Ltr>
        </Text>
      ),
    },
  ];
  return (
    <DataTable
      label={t('imports.files')}
      columns={columns}
      rows={release.files}
      rowKey={(row) => row.name + row.sha256}
    />
  );
}
