import { Button, Group, List, Tabs, Text, Title } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { useTranslation } from 'react-i18next';
import type { RuleRelease, RuleReleasePreview } from '../../../../api/types';
import { CountText } from '../../../../ui/money-text';
import { Card } from '../../../../ui/page';
import { ProblemAlert } from '../../../../ui/problem-text';
import { StatusBadge } from '../../../../ui/status-badge';
import { RULES_PATH } from '../import-queries';
import classes from '../imports.module.css';
import { Files } from '../preview';
import { Rejects } from '../rejects';
import { RuleChanges } from './rule-changes';
import { useRuleFirings } from './rule-queries';

/** What a release of rules changes, counted and rule by rule, and what it would have fired. */
export function RulePreview({ release }: { release: RuleRelease }) {
  const { t } = useTranslation();
  return (
    <>
      <Tiles release={release} />
      {release.status === 'staged' && <FiringsCard release={release} />}
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
            <RuleChanges release={release} />
          </Tabs.Panel>
          <Tabs.Panel value="rejects">
            <Rejects release={release} path={RULES_PATH} />
          </Tabs.Panel>
          <Tabs.Panel value="files">
            <Files release={release} />
          </Tabs.Panel>
        </Tabs>
      </Card>
    </>
  );
}

function Tiles({ release }: { release: RuleRelease }) {
  const { t } = useTranslation();
  const tiles: [string, number][] = [
    [t('imports.rowsRead'), release.rowsRead],
    [t('ruleFiles.change.new'), release.rowsInserted],
    [t('ruleFiles.change.changed'), release.rowsUpdated],
    [t('imports.unchanged'), release.rowsUnchanged],
    [t('ruleFiles.change.closed'), release.rowsDiscontinued],
    [t('ruleFiles.repeated'), release.summary.repeated],
    [t('imports.rejected'), release.rowsRejected],
  ];
  return (
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
  );
}

/** What the release would have meant for the screenings of the last months at this branch; asked for with a button. */
function FiringsCard({ release }: { release: RuleRelease }) {
  const { t } = useTranslation();
  const firings = useRuleFirings(release.releaseId);
  return (
    <Card label={t('ruleFiles.firings')}>
      <Group justify="space-between" gap={12}>
        <Title order={2}>{t('ruleFiles.firings')}</Title>
        <Button
          size="compact-md"
          variant="default"
          loading={firings.isPending}
          onClick={() => firings.mutate()}
        >
          {t('ruleFiles.judge')}
        </Button>
      </Group>
      <ProblemAlert problem={firings.error} />
      {firings.data && <FiringsText answer={firings.data} />}
    </Card>
  );
}

function FiringsText({ answer }: { answer: RuleReleasePreview }) {
  const { t } = useTranslation();
  const { preview } = answer;
  if (preview === null) return <Text size="sm">{t('ruleFiles.tooMany')}</Text>;
  const { before, after } = preview;
  // Where nothing was screened nothing can be said; that is no good news.
  if (preview.judged === 0)
    return (
      <Text size="sm" role="status" data-testid="rule-firings">
        {t('ruleFiles.nothingJudged', { months: preview.months })}
      </Text>
    );
  return (
    <div role="status" data-testid="rule-firings">
      <Group gap={12} mb={4}>
        {after.stops > (before?.stops ?? 0) ? (
          <StatusBadge tone="stop">{t('ruleFiles.moreStops')}</StatusBadge>
        ) : (
          <StatusBadge tone="ok">{t('ruleFiles.noMoreStops')}</StatusBadge>
        )}
        <Text size="sm" c="dimmed">
          {t('ruleFiles.judged', { count: preview.judged, months: preview.months })}
          {!preview.isComplete && ` ${t('ruleFiles.judgedPart')}`}
        </Text>
      </Group>
      <Text size="sm">
        {t('ruleFiles.firedBefore', {
          screenings: before?.screenings ?? 0,
          patients: before?.patients ?? 0,
          stops: before?.stops ?? 0,
        })}
      </Text>
      <Text size="sm" fw={600}>
        {t('ruleFiles.firedAfter', {
          screenings: after.screenings,
          patients: after.patients,
          stops: after.stops,
        })}
      </Text>
      {preview.examples.length > 0 && (
        <List size="sm" mt={4}>
          {preview.examples.map((message) => (
            <List.Item key={message}>
              <bdi>{message}</bdi>
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
