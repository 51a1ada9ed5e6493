import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackFound, PackLife } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { QuantityIn } from '../shared/unit-text';
import { usePackCommand, usePackLife, usePackOfCode } from './pack-queries';
import { ReasonDialog } from './reason-dialog';

/** Finds a pack by its code, scanned at any time or typed, and shows its life. */
export function PackFinder() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState<string>();
  const found = usePackOfCode(code);
  useScan((scanned) => {
    setTyped('');
    setCode(scanned);
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (typed.trim() !== '') setCode(typed.trim());
  }
  return (
    <Stack gap="md">
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput
            label={t('packs.code')}
            placeholder="(01)…(21)…"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={500}
            autoFocus
            dir="ltr"
            w={420}
          />
          <Button type="submit" variant="default">
            {t('packs.find')}
          </Button>
        </Group>
      </form>
      {code === undefined && (
        <Card>
          <EmptyView title={t('packs.scanOne')} hint={t('packs.scanHint')} />
        </Card>
      )}
      {found.isLoading && <LoadingRows />}
      {found.isError && <ErrorView error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Found found={found.data} />}
    </Stack>
  );
}

function Found({ found }: { found: PackFound }) {
  const { t } = useTranslation();
  const standing = found.standing === 'free' || found.standing === 'unknown' ? found.standing : 'refused';
  const tone: Tone = standing === 'free' ? 'ok' : standing === 'unknown' ? 'neutral' : 'stop';
  return (
    <>
      <Card label={t('packs.pack')}>
        <Group justify="space-between">
          <div>
            <Title order={2} size="h4">
              <MixedText text={found.drugName ?? t('packs.noProduct')} />
            </Title>
            <Text size="sm" c="dimmed">
              GTIN <Ltr>{found.gtin ?? '–'}</Ltr> · {t('packs.serial')} <Ltr>{found.serial ?? '–'}</Ltr>
            </Text>
          </div>
          <div role="status">
            <StatusBadge tone={tone}>{t(`packs.standing.${standing}`)}</StatusBadge>
          </div>
        </Group>
      </Card>
      {found.packs.map((pack) => (
        <Life key={pack.packSerialId} packSerialId={pack.packSerialId} />
      ))}
    </>
  );
}

type Asked = 'report' | 'quarantine' | 'release';
const REPORTS = ['stolen', 'missing', 'sample', 'damaged'] as const;

function Life({ packSerialId }: { packSerialId: number }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [asked, setAsked] = useState<Asked>();
  const life = usePackLife(packSerialId);
  if (life.isPending) return <LoadingRows />;
  if (life.isError) return <ErrorView error={life.error} retry={() => void life.refetch()} />;
  const pack = life.data;
  return (
    <Card label={t('packs.life')}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Stack gap={4}>
            <Group gap="xs">
              <PackStatusBadge status={pack.status} />
              {pack.isDuplicate && <StatusBadge tone="stop">{t('packs.duplicate')}</StatusBadge>}
            </Group>
            <Text>
              {t('packs.left')} <QuantityIn value={pack.remaining} unit={pack.baseUnit} /> {t('packs.of')}{' '}
              <QuantityText value={pack.baseUnits} />
            </Text>
            <Text size="sm" c="dimmed">
              {t('stock.lot')} <Ltr>{pack.lotNumber}</Ltr> · {t('stock.expiry')}{' '}
              <DateText value={pack.expiryDate} />
            </Text>
          </Stack>
          {can('WriteInventory') && (
            <Group gap="xs">
              {pack.commands.map((command) => (
                <Button key={command} variant="default" onClick={() => setAsked(command)}>
                  {t(`packs.command.${command}.open`)}
                </Button>
              ))}
            </Group>
          )}
        </Group>
        <MovementTable pack={pack} />
      </Stack>
      {asked && <CommandDialog pack={pack} command={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

const TONES: Readonly<Record<PackLife['status'], Tone>> = {
  in_stock: 'ok',
  opened: 'info',
  sold_out: 'neutral',
  returned: 'neutral',
  quarantined: 'warn',
  destroyed: 'neutral',
  stolen: 'stop',
  shipped: 'info',
};

function PackStatusBadge({ status }: { status: PackLife['status'] }) {
  const { t } = useTranslation();
  return <StatusBadge tone={TONES[status]}>{t(`packs.status.${status}`)}</StatusBadge>;
}

function MovementTable({ pack }: { pack: PackLife }) {
  const { t } = useTranslation();
  const columns: Column<PackLife['movements'][number]>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.recordedAt} /> },
    { id: 'what', header: t('packs.what'), cell: (row) => t(`packs.kind.${row.kind}`) },
    {
      id: 'units',
      header: t('packs.units'),
      numeric: true,
      cell: (row) => <QuantityText value={row.units} />,
    },
    {
      id: 'left',
      header: t('packs.leftThen'),
      numeric: true,
      cell: (row) => <QuantityText value={row.remainingAfter} />,
    },
    {
      id: 'scanned',
      header: t('packs.scanned'),
      cell: (row) => (
        <StatusBadge tone={row.isScanned ? 'ok' : 'neutral'}>
          {t(row.isScanned ? 'answer.yes' : 'answer.no')}
        </StatusBadge>
      ),
    },
    { id: 'who', header: t('history.who'), cell: (row) => <bdi>{row.userName ?? '–'}</bdi> },
  ];
  return (
    <DataTable
      label={t('packs.life')}
      columns={columns}
      rows={pack.movements}
      rowKey={(row) => row.packMovementId}
    />
  );
}

function CommandDialog({ pack, command, onClose }: { pack: PackLife; command: Asked; onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof REPORTS)[number]>('stolen');
  const run = usePackCommand(pack.packSerialId, command, () => {
    toastDone(t(`packs.command.${command}.done`));
    onClose();
  });
  const { version } = pack;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t(`packs.command.${command}.title`)}
      hint={t(`packs.command.${command}.hint`)}
      notSaved={t('packs.notChanged')}
      command={run}
      onSubmit={(reason) => run.mutate({ reason, version, ...(command === 'report' ? { kind } : {}) })}
    >
      {command === 'report' && (
        <NativeSelect
          label={t('packs.what')}
          value={kind}
          onChange={(event) => setKind(REPORTS.find((one) => one === event.currentTarget.value) ?? 'stolen')}
          data={REPORTS.map((value) => ({ value, label: t(`packs.report.${value}`) }))}
        />
      )}
    </ReasonDialog>
  );
}
