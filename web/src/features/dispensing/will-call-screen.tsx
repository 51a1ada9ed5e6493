import { Button, Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WillCallRow } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { useKeys, WithKey } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { fillIdOfCode, isFillCode } from '../shared/fill-code.domain';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { usePrescription } from '../prescriptions/prescription-queries';
import { useReturnToStock, useStation, useWillCall } from './dispensing-queries';

const route = getRouteApi('/dispensing/will-call');
const PAGE_SIZE = 50;
/** Where the bands of age begin, in days; the server counts the same. */
const BANDS = [0, 3, 7, 14] as const;

/** What waits to be picked up, the longest first, by age. A bag that is scanned goes back to stock with Enter. */
export function WillCallScreen() {
  const { t } = useTranslation();
  const { minDays, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<number>();
  const list = useWillCall({ minDays, cursor, limit: PAGE_SIZE });
  const show = (from: number) =>
    void navigate({ search: { minDays: from === 0 ? undefined : from, cursor: undefined } });

  useScan(
    (code) => {
      beep('ok');
      announce(t('willCall.bagScanned'));
      setChosen(fillIdOfCode(code));
    },
    { takes: isFillCode },
  );
  useKeys(
    BANDS.map((from, at) => ({
      combo: String(at + 1),
      label: t('willCall.band', { days: from }),
      run: () => show(from),
    })),
  );

  return (
    <Page title={t('willCall.title')} hint={t('willCall.scanToReturn')}>
      <Group gap="xs" role="group" aria-label={t('willCall.ages')}>
        {BANDS.map((from, at) => (
          <Button
            key={from}
            variant={(minDays ?? 0) === from ? 'filled' : 'default'}
            aria-pressed={(minDays ?? 0) === from}
            aria-keyshortcuts={String(at + 1)}
            onClick={() => show(from)}
          >
            <WithKey combo={String(at + 1)}>
              {t('willCall.band', { days: from })} · <Ltr>{countFrom(list.data?.ages, from)}</Ltr>
            </WithKey>
          </Button>
        ))}
      </Group>
      {chosen !== undefined && <ToStock key={chosen} fillId={chosen} onDone={() => setChosen(undefined)} />}
      <Card flush label={t('willCall.title')}>
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <LoadingRows />}
        {list.data &&
          (list.data.data.length === 0 ? (
            <EmptyView title={t('willCall.empty')} hint={t('willCall.emptyHint')} />
          ) : (
            <div onKeyDown={moveThroughRows}>
              <Bags rows={list.data.data} onChoose={setChosen} />
            </div>
          ))}
      </Card>
      {list.data && list.data.nextCursor !== null && (
        <Group justify="flex-end">
          <KeyButton
            combo="N"
            label={t('common.next')}
            variant="default"
            onPress={() =>
              void navigate({
                search: (before) => ({ ...before, cursor: list.data.nextCursor ?? undefined }),
              })
            }
          />
        </Group>
      )}
    </Page>
  );
}

/** How many wait at least so long. */
function countFrom(ages: readonly { fromDays: number; fills: number }[] | undefined, from: number): number {
  return (ages ?? []).filter((age) => age.fromDays >= from).reduce((sum, age) => sum + age.fills, 0);
}

function Bags({ rows, onChoose }: { rows: readonly WillCallRow[]; onChoose: (fillId: number) => void }) {
  const { t, i18n } = useTranslation();
  const columns: Column<WillCallRow>[] = [
    {
      id: 'days',
      header: t('willCall.days'),
      numeric: true,
      cell: (row) => (
        <StatusBadge tone={row.daysWaiting >= 14 ? 'stop' : row.daysWaiting >= 7 ? 'warn' : 'neutral'}>
          <Ltr>{row.daysWaiting}</Ltr>
        </StatusBadge>
      ),
    },
    {
      id: 'bin',
      header: t('willCall.bin'),
      cell: (row) => (
        <Group gap={6}>
          <strong>{row.bin === null ? t('common.none') : <Ltr>{row.bin}</Ltr>}</strong>
          {row.holdReason !== null && (
            <StatusBadge tone="stop">{t(`willCall.holdReason.${row.holdReason}`)}</StatusBadge>
          )}
        </Group>
      ),
    },
    {
      id: 'patient',
      header: t('prescriptions.patient'),
      cell: (row) => (
        <bdi>{localName({ name: row.patientName, nameAr: row.patientNameAr }, i18n.language)}</bdi>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    { id: 'number', header: t('prescriptions.number'), cell: (row) => <Ltr>{row.rxNumber}</Ltr> },
    {
      id: 'price',
      header: t('fills.price'),
      numeric: true,
      cell: (row) => <MoneyText value={row.price} />,
    },
    { id: 'until', header: t('prescriptions.validTo'), cell: (row) => <DateText value={row.expiresOn} /> },
    {
      id: 'back',
      header: t('willCall.toStock'),
      hideHeader: true,
      cell: (row) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          aria-label={t('willCall.toStockNamed', { number: row.rxNumber })}
          onClick={() => onChoose(row.fillId)}
        >
          {t('willCall.toStock')}
        </button>
      ),
    },
  ];
  return <DataTable label={t('willCall.title')} columns={columns} rows={rows} rowKey={(row) => row.fillId} />;
}

/** One bag about to go back to stock: what it is and since when it waits; Enter does it. */
function ToStock({ fillId, onDone }: { fillId: number; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const station = useStation(fillId);
  const fill = station.data?.fill;
  const prescription = usePrescription(fill?.prescriptionId ?? 0, { enabled: fill !== undefined });
  const giveBack = useReturnToStock();
  if (station.isError) return <ErrorView error={station.error} retry={() => void station.refetch()} />;
  if (!fill || !prescription.data) return <LoadingRows rows={2} />;
  const { patientName: name, patientNameAr: nameAr, rxNumber } = prescription.data;
  const waits = fill.status === 'ready';
  return (
    <Card label={t('willCall.toStock')}>
      <Stack gap="xs">
        <ProblemAlert problem={giveBack.error} notSaved={t('station.unchanged')} />
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text fw={650} fz="lg">
              <bdi>{fill.drugName}</bdi> · <QuantityIn value={fill.quantity} unit={fill.baseUnit} />
            </Text>
            <Text size="sm" c="dimmed">
              <bdi>{localName({ name, nameAr }, i18n.language)}</bdi> · <Ltr>{rxNumber}</Ltr> ·{' '}
              {t('willCall.since')} <DateTimeText value={fill.readyAt} />
            </Text>
          </div>
          <Group wrap="nowrap">
            <KeyButton combo="Escape" label={t('common.back')} variant="default" onPress={onDone} />
            {waits ? (
              <EnterButton
                label={t('willCall.toStock')}
                disabled={!can('DispensePrescription')}
                loading={giveBack.isPending}
                onPress={() =>
                  giveBack.mutate(
                    { fillId, reason: t('willCall.notPickedUp') },
                    {
                      onSuccess: () => {
                        toastDone(t('willCall.inStock', { number: rxNumber }));
                        onDone();
                      },
                    },
                  )
                }
              />
            ) : (
              <StatusBadge tone="warn">{t('willCall.notWaiting')}</StatusBadge>
            )}
          </Group>
        </Group>
      </Stack>
    </Card>
  );
}
