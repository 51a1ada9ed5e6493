import { Button, Group, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recall } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { QuantityIn } from '../shared/unit-text';
import { Contacts } from './contacts';
import { EndRecallDialog } from './end-recall-dialog';
import { useRecall, useRecallCommand } from './recall-queries';
import { RecallClassBadge, RecalledLot, RecallStatusBadge } from './recall-texts';
import classes from './recalls.module.css';

const route = getRouteApi('/inventory/recalls/$recallId');
const TILES = ['onShelf', 'inTransit', 'withPatients', 'outstanding'] as const;
const FLOWS = [
  'received',
  'transferredIn',
  'transferredOut',
  'handedOut',
  'cameBack',
  'corrected',
  'destroyed',
] as const;

/** All of a recall on one screen: where it is, who has it, and what is left until it can be closed. */
export function RecallScreen() {
  const recallId = Number.parseInt(route.useParams().recallId, 10);
  const recall = useRecall(recallId);
  if (recall.isPending) return <LoadingRows />;
  if (recall.isError) return <ErrorView error={recall.error} retry={() => void recall.refetch()} />;
  return <OneRecall key={recallId} recall={recall.data} />;
}

function OneRecall({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [ending, setEnding] = useState<'close' | 'withdraw'>();
  const apply = useRecallCommand<object>(recall.recallId, 'apply', () => toastDone(t('recall.applied')));
  const may = (command: Recall['commands'][number]) =>
    recall.commands.includes(command) && can('ManageRecalls');
  const isGone = recall.balance.onShelf === '0' && recall.balance.inTransit === '0';
  return (
    <Page
      title={recall.drugName}
      hint={
        <Group gap="sm" component="span">
          <RecalledLot recall={recall} />
          <RecallClassBadge value={recall.recallClass} />
          <RecallStatusBadge status={recall.status} />
        </Group>
      }
      actions={
        <Group gap="sm" justify="flex-end">
          {may('withdraw') && (
            <Button variant="default" onClick={() => setEnding('withdraw')}>
              {t('recall.withdraw')}
            </Button>
          )}
          {may('apply') && !recall.isApplied && (
            <KeyButton
              combo="F4"
              label={t('recall.apply')}
              loading={apply.isPending}
              onPress={() => apply.mutate({})}
            />
          )}
          {may('close') && (
            <KeyButton
              combo="F9"
              label={t('recall.close')}
              disabled={!isGone}
              onPress={() => setEnding('close')}
            />
          )}
        </Group>
      }
    >
      <Facts recall={recall} />
      <ProblemAlert problem={apply.error} notSaved={t('recall.notAppliedHere')} />
      {recall.status === 'open' && !recall.isApplied && (
        <Notice tone="stop" role="alert" title={t('recall.notApplied')}>
          <Text size="sm">{t('recall.notAppliedHint')}</Text>
        </Notice>
      )}
      <dl className={classes['balance']} aria-label={t('recall.balance')}>
        {TILES.map((id) => (
          <div
            key={id}
            className={classes['tile']}
            data-open={recall.status === 'open' && recall.balance[id] !== '0'}
          >
            <dt>{t(`recall.${id}`)}</dt>
            <dd>
              <QuantityIn value={recall.balance[id]} unit={recall.baseUnit} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes['flow']}>
        {FLOWS.map((id) => (
          <span key={id}>
            {t(`recall.${id}`)} <QuantityText value={recall.balance[id]} />
          </span>
        ))}
      </div>
      {recall.status === 'open' && (
        <Text size="sm" role="status">
          {t(isGone ? 'recall.canClose' : 'recall.cannotClose')}
        </Text>
      )}
      <Lots recall={recall} />
      {recall.blockedFills.length > 0 && <BlockedFills recall={recall} />}
      {recall.transit.length > 0 && <Transit recall={recall} />}
      {can('ReadPatient') && <Contacts recall={recall} />}
      <EndRecallDialog recall={recall} command={ending} onClose={() => setEnding(undefined)} />
    </Page>
  );
}

function Facts({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      <bdi>{recall.reason}</bdi>
      {recall.notice !== null && (
        <>
          {' · '}
          {t('recall.notice')} <bdi>{recall.notice}</bdi>
        </>
      )}
      {' · '}
      <bdi>{recall.openedBy}</bdi>, <DateTimeText value={recall.openedAt} />
      {recall.closedBy !== null && (
        <>
          {' · '}
          {t(`recall.status.${recall.status}`)}: <bdi>{recall.closedBy}</bdi>,{' '}
          <DateTimeText value={recall.closedAt} /> · <bdi>{recall.closeNote}</bdi>
        </>
      )}
    </Text>
  );
}

function Section({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <Card flush label={title}>
      <div className={classes['head']}>
        <Title order={2} size="h5">
          {title}
        </Title>
        {action}
      </div>
      {children}
    </Card>
  );
}

function Lots({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const columns: Column<Recall['lots'][number]>[] = [
    { id: 'branch', header: t('recall.branch'), cell: (row) => <bdi>{row.branchName}</bdi> },
    {
      id: 'lot',
      header: t('stock.lot'),
      cell: (row) => (
        <Group gap={8}>
          <Ltr>{row.lotNumber}</Ltr>
          {row.isLate && <StatusBadge tone="warn">{t('recall.late')}</StatusBadge>}
        </Group>
      ),
    },
    { id: 'expiry', header: t('stock.expiry'), cell: (row) => <DateText value={row.expiryDate} /> },
    { id: 'bin', header: t('stock.bin'), cell: (row) => <Ltr>{row.bin ?? ''}</Ltr> },
    {
      id: 'quantity',
      header: t('recall.onShelf'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
  ];
  return (
    <Section
      title={t('recall.lots')}
      action={
        <Link to="/stock" search={{ drugId: recall.drugId, status: 'recalled' }} className={classes['go']}>
          {t('recall.toDestroy')}
        </Link>
      }
    >
      {recall.lots.length === 0 ? (
        <Text size="sm" px="sm" pb="sm">
          {t('recall.noLots')}
        </Text>
      ) : (
        <DataTable
          label={t('recall.lots')}
          columns={columns}
          rows={recall.lots}
          rowKey={(row) => row.lotId}
        />
      )}
    </Section>
  );
}

function BlockedFills({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const columns: Column<Recall['blockedFills'][number]>[] = [
    {
      id: 'rx',
      header: t('recall.rx'),
      cell: (row) => (
        <Link to="/dispensing/label/$fillId" params={{ fillId: String(row.fillId) }} className={rowLinkClass}>
          <Ltr>{row.rxNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'bin', header: t('recall.bag'), cell: (row) => <Ltr>{row.bin ?? ''}</Ltr> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
  ];
  return (
    <Section title={t('recall.blocked')}>
      <DataTable
        label={t('recall.blocked')}
        columns={columns}
        rows={recall.blockedFills}
        rowKey={(row) => `${row.fillId} ${row.lotId}`}
      />
    </Section>
  );
}

function Transit({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const columns: Column<Recall['transit'][number]>[] = [
    {
      id: 'transfer',
      header: t('recall.transfer'),
      cell: (row) => (
        <Link
          to="/inventory/transfers/$transferId"
          params={{ transferId: String(row.transferId) }}
          className={rowLinkClass}
        >
          {t('transfers.titleOf', { no: row.transferId })}
        </Link>
      ),
    },
    { id: 'from', header: t('transfers.from'), cell: (row) => <bdi>{row.fromBranch}</bdi> },
    { id: 'to', header: t('transfers.to'), cell: (row) => <bdi>{row.toBranch}</bdi> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    {
      id: 'quantity',
      header: t('recall.inTransit'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
  ];
  return (
    <Section title={t('recall.inTransit')}>
      <DataTable
        label={t('recall.inTransit')}
        columns={columns}
        rows={recall.transit}
        rowKey={(row) => row.transitLotId}
      />
    </Section>
  );
}
