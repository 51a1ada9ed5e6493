import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEvent } from '../../api/types';
import { rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import classes from './people.module.css';
import { useTimeline, useViews } from './people-queries';

interface Paged<Row> {
  data: { pages: readonly { data: readonly Row[] }[] } | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface EventsProps<Row> {
  label: string;
  empty: string;
  found: Paged<Row>;
  rowKey: (row: Row) => string | number;
  row: (row: Row) => ReactNode;
}

/** Rows by cursor, the last first, with a button for what was before. */
function Events<Row>({ label, empty, found, rowKey, row }: EventsProps<Row>) {
  const { t } = useTranslation();
  if (found.isPending) return <LoadingRows rows={4} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data?.pages.flatMap((page) => page.data) ?? [];
  if (rows.length === 0) return <EmptyView title={empty} />;
  return (
    <>
      <ul className={classes['events']} aria-label={label}>
        {rows.map((one) => (
          <li key={rowKey(one)}>{row(one)}</li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Group p="sm">
          <Button
            variant="default"
            size="xs"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('audit.older')}
          </Button>
        </Group>
      )}
    </>
  );
}

const kindTone: Record<TimelineEvent['kind'], Tone> = {
  prescription: 'info',
  fill: 'ok',
  counselling: 'info',
  claim: 'neutral',
  sale: 'neutral',
  return: 'warn',
  void: 'warn',
  override: 'stop',
  allergy: 'stop',
  condition: 'info',
};

/** What happened to the patient, in the order it did. */
export function TimelinePanel({ patientId }: { patientId: number }) {
  const { t } = useTranslation();
  return (
    <Events
      label={t('people.tab.timeline')}
      empty={t('people.timeline.empty')}
      found={useTimeline(patientId)}
      rowKey={(event) => `${event.kind}${event.id}`}
      row={(event) => (
        <>
          <DateTimeText value={event.at} />
          <span>
            <StatusBadge tone={kindTone[event.kind]}>{t(`people.timeline.kind.${event.kind}`)}</StatusBadge>
          </span>
          <span>
            {event.prescriptionId === null ? (
              <MixedText text={event.title} />
            ) : (
              <Link
                to="/prescriptions/$prescriptionId"
                params={{ prescriptionId: String(event.prescriptionId) }}
                className={rowLinkClass}
              >
                <MixedText text={event.title} />
              </Link>
            )}
          </span>
        </>
      )}
    />
  );
}

/** Who read the record or one of the patient's prescriptions. */
export function ViewsPanel({ patientId }: { patientId: number }) {
  const { t } = useTranslation();
  return (
    <Events
      label={t('people.tab.views')}
      empty={t('people.views.empty')}
      found={useViews(patientId)}
      rowKey={(view) => view.auditLogId}
      row={(view) => (
        <>
          <DateTimeText value={view.viewedAt} />
          <strong>
            <bdi>{view.fullName ?? view.username ?? t('people.views.system')}</bdi>
          </strong>
          <span>
            {t(`people.views.what.${view.what}`)} <Ltr>{view.id}</Ltr>
          </span>
        </>
      )}
    />
  );
}
