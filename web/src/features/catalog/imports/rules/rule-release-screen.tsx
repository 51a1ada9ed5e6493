import { Group, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleRelease } from '../../../../api/types';
import { useSession } from '../../../../session/session';
import { DateTimeText } from '../../../../ui/date-text';
import { useKeys } from '../../../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../../../ui/hotkeys/key-button';
import { Notice } from '../../../../ui/notice';
import { Page } from '../../../../ui/page';
import { ProblemAlert } from '../../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../../ui/states';
import { Failure } from '../failure';
import { isAtWork, RULES_PATH, useDropRelease } from '../import-queries';
import { ProgressPanel } from '../progress-panel';
import { ReleaseStatusBadge } from '../release-status';
import { useAfterwards } from '../use-afterwards';
import { ApplyRulesDialog, RevertRulesDialog } from './rule-dialogs';
import { RulePreview } from './rule-preview';
import { useRuleRelease } from './rule-queries';

const route = getRouteApi('/catalog/rules/$importId');

/** One import of rules, from the first row read to the last change taken back; the address survives a reload. */
export function RuleReleaseScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { importId } = route.useParams();
  const release = useRuleRelease(Number.parseInt(importId, 10));
  if (!can('ManageClinicalRules')) return <EmptyView title={t('errors.forbidden')} />;
  if (release.isError) return <ErrorView error={release.error} retry={() => void release.refetch()} />;
  if (!release.data) return <LoadingRows />;
  return <RulesPage key={importId} release={release.data} />;
}

function RulesPage({ release }: { release: RuleRelease }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'apply' | 'revert'>();
  const toList = () => void navigate({ to: '/catalog/rules' });
  const drop = useDropRelease(release.releaseId, toList, RULES_PATH);
  const close = () => setDialog(undefined);
  const wasRefused = useAfterwards(release.status);
  useKeys([{ combo: 'Escape', label: t('imports.toList'), run: toList, whileTyping: false }]);
  return (
    <Page
      title={release.title ?? release.source}
      hint={
        <>
          {t(`ruleFiles.kind.${release.ruleKind}`)} · {t('drugs.release', { id: release.releaseId })} ·{' '}
          <DateTimeText value={release.createdAt} />
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
      <ProblemAlert problem={drop.error} notSaved={t('ruleFiles.nothingChanged')} />
      {wasRefused && (
        <Notice tone="stop" role="alert" title={t('imports.notApplied')}>
          {release.failure ?? t('ruleFiles.nothingChanged')}
        </Notice>
      )}
      {isAtWork(release) && <ProgressPanel release={release} />}
      {release.status === 'failed' && <Failure release={release} next="/catalog/rules/new" />}
      {release.comparedAt !== null && <RulePreview release={release} />}
      <ApplyRulesDialog release={release} opened={dialog === 'apply'} onClose={close} />
      <RevertRulesDialog release={release} opened={dialog === 'revert'} onClose={close} />
    </Page>
  );
}
