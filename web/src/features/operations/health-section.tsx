import { useTranslation } from 'react-i18next';
import type { HealthReport } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { useHealth } from './operations-queries';
import { Section } from './section';

type Part = HealthReport['parts'][number];

const tones: Record<Part['state'], Tone> = { ok: 'ok', degraded: 'warn', failed: 'stop' };

/** What each part of the server says of itself, what is wrong first. */
export function HealthSection() {
  const { t } = useTranslation();
  const health = useHealth();
  const columns: Column<Part>[] = [
    { id: 'part', header: t('operations.part'), cell: ({ part }) => <Ltr>{part}</Ltr> },
    {
      id: 'state',
      header: t('operations.condition'),
      cell: ({ state }) => <StatusBadge tone={tones[state]}>{t(`operations.state.${state}`)}</StatusBadge>,
    },
    // The server says it in English, as its log does.
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
    <Section title={t('operations.health')} query={health}>
      {({ parts }) => (
        <DataTable
          label={t('operations.health')}
          columns={columns}
          rows={[...parts].sort((a, b) => Number(a.state === 'ok') - Number(b.state === 'ok'))}
          rowKey={({ part }) => part}
        />
      )}
    </Section>
  );
}
