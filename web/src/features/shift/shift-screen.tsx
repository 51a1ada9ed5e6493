import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys';
import type { ShiftDrawer, ShiftReport, TillShift } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { DateTimeText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { OpenShift } from '../till/open-shift';
import { useOpenShift } from '../till/till-queries';
import { CashDialog, type CashWay } from './cash-dialog';
import { CountForm } from './count-form';
import { MovementTable } from './movement-table';
import { OpenByPieces } from './open-by-pieces';
import { PrintKeys, ReportHeading, ReportView } from './report-view';
import { useCloseShift, useDenominations, useDrawer } from './shift-queries';
import classes from './shift.module.css';

/** The user's own shift: open it, move cash, drop it, count it blind, close it, print its Z report. */
export function ShiftScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [closed, setClosed] = useState<ShiftReport>();
  const [isByPieces, setIsByPieces] = useState(false);
  const shift = useOpenShift();
  useKeys([{ combo: 'Escape', label: t('shift.toTill'), run: () => void navigate({ to: '/till' }) }]);

  if (closed) {
    return (
      <Page
        title={t('till.shift')}
        hint={<span role="status">{t('shift.closed')}</span>}
        actions={<PrintKeys shiftId={closed.shiftId} isPrimary />}
      >
        <ReportHeading report={closed} />
        <ReportView report={closed} />
      </Page>
    );
  }
  if (shift.isPending) return <LoadingRows />;
  if (shift.isError) return <ErrorView error={shift.error} retry={() => void shift.refetch()} />;
  if (shift.data === null) {
    return (
      <Page
        title={t('till.shift')}
        actions={
          <Group gap="xs">
            <KeyButton
              combo="F2"
              label={t('shift.byPieces')}
              variant="default"
              onPress={() => setIsByPieces(true)}
            />
            <ShiftLinks />
          </Group>
        }
      >
        {isByPieces ? <OpenByPieces /> : <OpenShift />}
      </Page>
    );
  }
  return <RunningShift shift={shift.data} onClosed={setClosed} />;
}

/** The way to what supervisors see. */
function ShiftLinks() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  if (!can('SuperviseTill')) return null;
  return (
    <Group gap="xs">
      {can('ReadReports') && (
        <Button variant="default" onClick={() => void navigate({ to: '/journal' })}>
          {t('nav.journal')}
        </Button>
      )}
      <Button variant="default" onClick={() => void navigate({ to: '/till/shifts' })}>
        {t('nav.shifts')}
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: '/till/rates' })}>
        {t('nav.rates')}
      </Button>
    </Group>
  );
}

function RunningShift({ shift, onClosed }: { shift: TillShift; onClosed: (report: ShiftReport) => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [way, setWay] = useState<CashWay>();
  const drawer = useDrawer(shift.shiftId);
  const xReport = () =>
    void navigate({ to: '/till/shifts/$shiftId', params: { shiftId: String(shift.shiftId) } });
  return (
    <Page
      title={t('till.shift')}
      hint={
        <>
          {t('till.shiftSince')} <DateTimeText value={shift.openedAt} /> · {t('shift.openingFloat')}{' '}
          <MoneyText value={shift.openingFloat} />
        </>
      }
      actions={
        <Group gap="xs">
          <KeyButton
            combo="I"
            label={t('shift.way.pay-in')}
            variant="default"
            onPress={() => setWay('pay-in')}
          />
          <KeyButton
            combo="O"
            label={t('shift.way.pay-out')}
            variant="default"
            onPress={() => setWay('pay-out')}
          />
          <KeyButton combo="D" label={t('shift.way.drop')} variant="default" onPress={() => setWay('drop')} />
          {can('SuperviseTill') && (
            <KeyButton combo="X" label={t('shift.xReport')} variant="default" onPress={xReport} />
          )}
          <ShiftLinks />
        </Group>
      }
    >
      {drawer.isPending && <LoadingRows />}
      {drawer.isError && <ErrorView error={drawer.error} retry={() => void drawer.refetch()} />}
      {drawer.data && (
        <div className={classes['layout']}>
          <CountCard drawer={drawer.data} onClosed={onClosed} />
          <Card flush={drawer.data.cashMovements.length > 0} label={t('shift.movements')}>
            {drawer.data.cashMovements.length === 0 ? (
              <EmptyView title={t('shift.noMovements')} hint={t('shift.noMovementsHint')} />
            ) : (
              <MovementTable rows={drawer.data.cashMovements} />
            )}
          </Card>
        </div>
      )}
      {way !== undefined && (
        <CashDialog key={way} way={way} shiftId={shift.shiftId} onClose={() => setWay(undefined)} />
      )}
    </Page>
  );
}

interface CountCardProps {
  drawer: ShiftDrawer;
  onClosed: (report: ShiftReport) => void;
}

/** The end of a shift: first the count, then the close; a second count with a reason. */
function CountCard({ drawer, onClosed }: CountCardProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [isCounting, setIsCounting] = useState(false);
  const denominations = useDenominations();
  const close = useCloseShift(drawer.shiftId, (report) => {
    queryClient.setQueryData(keys.shift, null);
    announce(t('shift.closed'));
    onClosed(report);
  });
  const { count } = drawer;
  if (isCounting) {
    if (denominations.isPending) return <LoadingRows rows={8} />;
    if (denominations.isError)
      return <ErrorView error={denominations.error} retry={() => void denominations.refetch()} />;
    return (
      <Card label={t('shift.count')}>
        <CountForm
          shiftId={drawer.shiftId}
          denominations={denominations.data.data}
          isAgain={drawer.mayRecount}
          onCounted={() => {
            setIsCounting(false);
            announce(t('shift.counted1'));
          }}
        />
      </Card>
    );
  }
  return (
    <Card label={t('shift.count')}>
      <Stack gap="sm">
        <ProblemAlert problem={close.error} notSaved={t('shift.notClosed')} />
        {count === null ? (
          <>
            <Text>{t('shift.countHint')}</Text>
            <KeyButton
              combo="F4"
              label={t('shift.startCount')}
              onPress={() => setIsCounting(true)}
              autoFocus
            />
          </>
        ) : (
          <>
            <div className={classes['pair']}>
              <span>{t('shift.countedCash')}</span>
              <MoneyText value={count.cash} strong />
            </div>
            {(['card', 'mobile'] as const).map((method) =>
              count[method] === null ? null : (
                <div key={method} className={classes['pair']}>
                  <span>{t(`tender.${method}`)}</span>
                  <MoneyText value={count[method]} strong />
                </div>
              ),
            )}
            <Text size="sm" c="dimmed">
              {t(drawer.mayRecount ? 'shift.closeHint' : 'shift.lastCountHint')}
            </Text>
            <Group justify="flex-end">
              {drawer.mayRecount && (
                <KeyButton
                  combo="R"
                  label={t('shift.recount')}
                  variant="default"
                  onPress={() => setIsCounting(true)}
                />
              )}
              <KeyButton
                combo="F4"
                label={t('shift.close')}
                loading={close.isPending}
                onPress={() => close.mutate({})}
                autoFocus
              />
            </Group>
          </>
        )}
      </Stack>
    </Card>
  );
}
