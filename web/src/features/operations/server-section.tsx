import { useTranslation } from 'react-i18next';
import type { ServerReport } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { sizeWords } from './bytes.domain';
import { Facts } from './facts';
import { useServer } from './operations-queries';
import { Section } from './section';

type Pool = ServerReport['pools'][number];
type Replica = ServerReport['replicas'][number];

const tones: Record<Replica['state'], Tone> = { ok: 'ok', late: 'warn', unfit: 'stop', down: 'stop' };

/** Versions, memory, what is under way, and the connections to the database. */
export function ServerSection() {
  const { t } = useTranslation();
  const server = useServer();
  const columns: Column<Pool>[] = [
    { id: 'name', header: t('operations.pool'), cell: ({ name }) => <Ltr>{name}</Ltr> },
    ...(['open', 'idle', 'waiting', 'max'] as const).map((id) => ({
      id,
      header: t(`operations.${id}`),
      numeric: true,
      cell: (pool: Pool) => <CountText value={pool[id]} />,
    })),
  ];
  return (
    <Section title={t('operations.server')} query={server}>
      {(report) => (
        <>
          <Facts
            facts={[
              [t('operations.version'), <Ltr key="version">{report.version}</Ltr>],
              [t('operations.nodeVersion'), <Ltr key="node">{report.nodeVersion}</Ltr>],
              [t('operations.databaseVersion'), <Ltr key="database">{report.databaseVersion}</Ltr>],
              [t('operations.startedAt'), <DateTimeText key="started" value={report.startedAt} />],
              [t('operations.memory'), <Ltr key="memory">{sizeWords(report.memoryBytes)}</Ltr>],
              [t('operations.inFlight'), <CountText key="flight" value={report.requestsInFlight} />],
            ]}
          />
          <DataTable
            label={t('operations.pools')}
            columns={columns}
            rows={report.pools}
            rowKey={({ name }) => name}
          />
          {report.replicas.length > 0 && <Replicas rows={report.replicas} />}
        </>
      )}
    </Section>
  );
}

/** Copies of the database that are read for what may be late, and how far behind each is. */
function Replicas({ rows }: { rows: Replica[] }) {
  const { t } = useTranslation();
  const columns: Column<Replica>[] = [
    { id: 'name', header: t('operations.replica'), cell: ({ name }) => <Ltr>{name}</Ltr> },
    {
      id: 'state',
      header: t('operations.condition'),
      cell: ({ state }) => (
        <StatusBadge tone={tones[state]}>{t(`operations.replicaState.${state}`)}</StatusBadge>
      ),
    },
    {
      id: 'lag',
      header: t('operations.lagSeconds'),
      numeric: true,
      cell: ({ lagMs }) => <Ltr>{lagMs === null ? '–' : (lagMs / 1000).toFixed(1)}</Ltr>,
    },
    // As in the log: in English.
    {
      id: 'words',
      header: t('operations.words'),
      cell: ({ words }) => (
        <span lang="en">
          <Ltr>{words}</Ltr>
        </span>
      ),
    },
  ];
  return (
    <DataTable label={t('operations.replicas')} columns={columns} rows={rows} rowKey={({ name }) => name} />
  );
}
