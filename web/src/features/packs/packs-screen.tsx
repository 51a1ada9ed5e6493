import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { PackFinder } from './pack-finder';
import { useTraceStatus } from './pack-queries';
import { PolicyDialog } from './policy-dialog';
import { TraceBatches } from './trace-batches';
import { TraceEvents } from './trace-events';

const route = getRouteApi('/inventory/packs');
const VIEWS = ['find', 'events', 'batches'] as const;

/** Packs by their serials: what became of each, and what is told of them. */
export function PacksScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [isPolicyOpen, setIsPolicyOpen] = useState(false);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = VIEWS.find((one) => one === search.view) ?? 'find';
  return (
    <Page
      title={t('packs.title')}
      actions={
        can('ManageBranches') && (
          <KeyButton
            combo="F4"
            variant="default"
            label={t('packs.policy.open')}
            onPress={() => setIsPolicyOpen(true)}
          />
        )
      }
    >
      <PolicyDialog opened={isPolicyOpen} onClose={() => setIsPolicyOpen(false)} />
      <OfflineNotice />
      <Group align="flex-end">
        <NativeSelect
          label={t('packs.show')}
          value={view}
          autoFocus={view !== 'find'}
          onChange={(event) =>
            void navigate({
              search: { view: VIEWS.find((one) => one === event.currentTarget.value) },
              replace: true,
            })
          }
          data={VIEWS.map((value) => ({ value, label: t(`packs.view.${value}`) }))}
        />
      </Group>
      {view === 'find' && <PackFinder />}
      {view === 'events' && (
        <TraceEvents
          state={search.status}
          onState={(status) =>
            void navigate({ search: (previous) => ({ ...previous, status }), replace: true })
          }
        />
      )}
      {view === 'batches' && (
        <TraceBatches
          page={search.page ?? 1}
          onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
        />
      )}
    </Page>
  );
}

/** What waits too long, and packs that somebody must judge; silent while all is well. */
function OfflineNotice() {
  const { t } = useTranslation();
  const { data } = useTraceStatus();
  if (!data) return null;
  const { state, isStopped, hours, hoursLeft, deadlineHours, setAside, seenTwice } = data;
  return (
    <>
      {data.format !== 'none' && state !== 'in-time' && (
        <Notice
          tone={state === 'late' ? 'stop' : 'warn'}
          role="alert"
          title={t(`packs.offline.${state}`, { hours, hoursLeft, deadlineHours })}
        >
          {isStopped && <p>{t('packs.offline.stopped')}</p>}
        </Notice>
      )}
      {setAside > 0 && (
        <Notice tone="warn" title={t('packs.setAside', { count: setAside })}>
          {seenTwice > 0 && <p>{t('packs.seenTwice', { count: seenTwice })}</p>}
        </Notice>
      )}
    </>
  );
}
