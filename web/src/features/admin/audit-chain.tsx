import { Button, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditVerification } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useAuditChain, useVerifyChain, type Verified } from './admin-queries';

type Finding = AuditVerification['findings'][number];

/** Where the chain over the trail stands, and whether it holds. */
export function AuditChainCard() {
  const { t } = useTranslation();
  const chain = useAuditChain();
  if (chain.isPending) return <LoadingRows rows={2} />;
  if (chain.isError) return <ErrorView error={chain.error} retry={() => void chain.refetch()} />;
  const { isSealing, head, waiting, lastAnchor } = chain.data;
  if (!isSealing)
    return (
      <Card label={t('audit.chain.title')}>
        <Text>{t('audit.chain.off')}</Text>
      </Card>
    );
  return (
    <Card label={t('audit.chain.title')}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <div>
            <Text>
              {head
                ? t('audit.chain.head', { seal: head.sealNo, entry: head.lastId })
                : t('audit.chain.none')}{' '}
              {head && <DateTimeText value={head.sealedAt} />}
            </Text>
            <Text size="sm" c="dimmed">
              {waiting.isMore
                ? t('audit.chain.more', { number: waiting.rows })
                : t('audit.chain.waiting', { count: waiting.rows })}
            </Text>
            <Text size="sm" c="dimmed">
              {lastAnchor ? (
                <>
                  {t('audit.chain.anchor', { number: lastAnchor.number, seal: lastAnchor.sealNo })}{' '}
                  <DateTimeText value={lastAnchor.at} />
                </>
              ) : (
                t('audit.chain.noAnchor')
              )}
            </Text>
          </div>
          {head && <VerifyPart />}
        </Group>
      </Stack>
    </Card>
  );
}

function VerifyPart() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<Verified>();
  const stop = useRef<AbortController>(undefined);
  const verify = useVerifyChain(setProgress);
  const begin = (from: number | undefined) => {
    setProgress(undefined);
    stop.current = new AbortController();
    verify.mutate({ from, signal: stop.current.signal });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="xs">
        <Button variant="default" disabled={verify.isPending} onClick={() => begin(undefined)}>
          {t('audit.chain.verifyNew')}
        </Button>
        <Button variant="default" disabled={verify.isPending} onClick={() => begin(1)}>
          {t('audit.chain.verify')}
        </Button>
        {verify.isPending && (
          <Button variant="subtle" onClick={() => stop.current?.abort()}>
            {t('audit.chain.stop')}
          </Button>
        )}
      </Group>
      <div role="status">
        {verify.isPending && progress && (
          <Text size="sm">
            {t('audit.chain.running', {
              seal: progress.to ?? 0,
              all: progress.headSeal,
              rows: progress.rows,
            })}
          </Text>
        )}
        {verify.data && <Verdict verified={verify.data} />}
      </div>
      <ProblemAlert problem={verify.error} />
    </Stack>
  );
}

function Verdict({ verified }: { verified: Verified }) {
  const { t } = useTranslation();
  const { from, to, headSeal, rows, anchors, findings, findingsCount, removedRows, redactedRows, notes } =
    verified;
  const columns: Column<Finding>[] = [
    {
      id: 'kind',
      header: t('audit.chain.kind'),
      cell: (finding) => <StatusBadge tone="stop">{t(`audit.chain.finding.${finding.kind}`)}</StatusBadge>,
    },
    { id: 'seal', header: t('audit.chain.seal'), numeric: true, cell: (finding) => finding.sealNo },
    {
      id: 'entries',
      header: t('audit.chain.entries'),
      cell: ({ auditLogId, lastAuditLogId }) => (
        <Ltr>
          {auditLogId === lastAuditLogId ? auditLogId : `${auditLogId ?? ''} – ${lastAuditLogId ?? ''}`}
        </Ltr>
      ),
    },
  ];
  return (
    <Stack gap="xs">
      {findingsCount > 0 ? (
        <StatusBadge tone="stop">{t('audit.chain.broken', { count: findingsCount })}</StatusBadge>
      ) : (
        <StatusBadge tone={from === null ? 'neutral' : 'ok'}>
          {from === null
            ? t('audit.chain.nothing')
            : t('audit.chain.ok', { from, to: to ?? from, rows, anchors })}
        </StatusBadge>
      )}
      {verified.isStopped && (
        <Text size="sm">{t('audit.chain.stopped', { seal: to ?? 0, all: headSeal })}</Text>
      )}
      {removedRows > 0 && <Text size="sm">{t('audit.chain.removed', { rows: removedRows })}</Text>}
      {redactedRows > 0 && <Text size="sm">{t('audit.chain.redacted', { rows: redactedRows })}</Text>}
      {notes.includes('no-anchors') && <Text size="sm">{t('audit.chain.noAnchors')}</Text>}
      {findings.length > 0 && (
        <DataTable
          label={t('audit.chain.findings')}
          columns={columns}
          rows={findings}
          rowKey={(finding) => `${finding.kind} ${finding.sealNo ?? ''} ${finding.auditLogId ?? ''}`}
        />
      )}
    </Stack>
  );
}
