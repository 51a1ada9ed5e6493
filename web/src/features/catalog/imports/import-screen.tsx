import { Group, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';
import { useSession } from '../../../session/session';
import { DateTimeText } from '../../../ui/date-text';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { useKeys } from '../../../ui/hotkeys/hotkeys';
import { Notice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { ProblemAlert } from '../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { ApplyDialog } from './apply-dialog';
import { Failure } from './failure';
import { isAtWork, useDropRelease, useRelease } from './import-queries';
import { Preview } from './preview';
import { ProgressPanel } from './progress-panel';
import { ReleaseStatusBadge } from './release-status';
import { RevertDialog } from './revert-dialog';
import { useAfterwards } from './use-afterwards';

const route = getRouteApi('/catalog/imports/$importId');

/** One import, from the first row read to the last change taken back; the address survives a reload. */
export function ImportScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { importId } = route.useParams();
  const release = useRelease(Number.parseInt(importId, 10));
  if (!can('ManageDrugCatalog')) return <EmptyView title={t('errors.forbidden')} />;
  if (release.isError) return <ErrorView error={release.error} retry={() => void release.refetch()} />;
  if (!release.data) return <LoadingRows />;
  return <ImportPage key={importId} release={release.data} />;
}

function ImportPage({ release }: { release: ReleaseReport }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'apply' | 'revert'>();
  const drop = useDropRelease(release.releaseId, () => void navigate({ to: '/catalog/imports' }));
  const close = () => setDialog(undefined);
  const wasRefused = useAfterwards(release.status);
  useKeys([
    {
      combo: 'Escape',
      label: t('imports.toList'),
      run: () => void navigate({ to: '/catalog/imports' }),
      whileTyping: false,
    },
  ]);
  return (
    <Page
      title={release.title ?? release.source}
      hint={
        <>
          {t('drugs.release', { id: release.releaseId })} · <DateTimeText value={release.createdAt} />
        </>
      }
      actions={
        <Group gap="xs">
          {release.status === 'staged' && (
            <>
              <KeyButton
                combo="F7"
                label={t('imports.drop')}
                variant="default"
                loading={drop.isPending}
                onPress={() => drop.mutate()}
              />
              <KeyButton combo="F4" label={t('imports.apply')} onPress={() => setDialog('apply')} />
            </>
          )}
          {release.isRevertible && (
            <KeyButton
              combo="F7"
              label={t('imports.revert')}
              variant="default"
              onPress={() => setDialog('revert')}
            />
          )}
        </Group>
      }
    >
      <Group gap={12}>
        <ReleaseStatusBadge status={release.status} />
        {release.status === 'staged' && release.stagedUntil !== null && (
          <Text size="sm" c="dimmed">
            {t('imports.keptUntil')} <DateTimeText value={release.stagedUntil} />
          </Text>
        )}
        {release.appliedAt !== null && (
          <Text size="sm" c="dimmed">
            {t('imports.appliedAt')} <DateTimeText value={release.appliedAt} />
          </Text>
        )}
        {release.revertedAt !== null && (
          <Text size="sm" c="dimmed">
            {t('imports.revertedAt')} <DateTimeText value={release.revertedAt} />
          </Text>
        )}
      </Group>
      <ProblemAlert problem={drop.error} notSaved={t('imports.nothingChanged')} />
      {wasRefused && (
        <Notice tone="stop" role="alert" title={t('imports.notApplied')}>
          {release.failure ?? t('imports.nothingChanged')}
        </Notice>
      )}
      {isAtWork(release) && <ProgressPanel release={release} />}
      {release.status === 'failed' && <Failure release={release} />}
      {release.comparedAt !== null && <Preview release={release} />}
      <ApplyDialog release={release} opened={dialog === 'apply'} onClose={close} />
      <RevertDialog release={release} opened={dialog === 'revert'} onClose={close} />
    </Page>
  );
}
