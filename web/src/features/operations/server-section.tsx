import { useTranslation } from 'react-i18next';
import type { ServerReport } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { sizeWords } from './bytes.domain';
import { Facts } from './facts';
import { useServer } from './operations-queries';
import { Section } from './section';

type Pool = ServerReport['pools'][number];

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
        </>
      )}
    </Section>
  );
}
