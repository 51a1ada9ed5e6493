import { Button } from '@mantine/core';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { suspectServer, useServerGone } from '../../api/reach';
import type { OfflineSalePage, TillShift } from '../../api/types';
import { keepSeller } from '../../session/offline-seller';
import { useSession, useSessionGate } from '../../session/session';
import { announce } from '../../ui/announcer';
import { Notice } from '../../ui/notice';
import { useCart } from '../till/cart-store';
import classes from './offline.module.css';
import { OfflineQueue } from './offline-queue';
import { refreshCatalogue, sendNow, setSignedIn, startOffline, useOffline } from './offline-store';
import { countsOf } from './queue.domain';
import { useTillWorker } from './use-till-worker';

const REFRESH_MS = 10 * 60_000;
const LOOK_MS = 15_000;
const CONFLICTS_MS = 2 * 60_000;

/**
 * What a signed-in till does beside its screens so that it can go on without the server: keeps the program, the products and who may sell,
 * sends what was sold meanwhile, and says all that above the screen.
 */
export function OfflinePart(_: { opened: boolean }) {
  const { t } = useTranslation();
  const { can, branch, me } = useSession();
  const isGone = useServerGone();
  const { state } = useSessionGate();
  const isTill = can('Sell') && branch !== undefined && state.kind === 'signed-in';
  const shift = useQuery<TillShift | null>({ queryKey: keys.shift, queryFn: skipToken });
  const { sales, isSending } = useOffline();
  const { unsent, held } = countsOf(sales);
  const [isQueueOpen, setIsQueueOpen] = useState(false);
  const { update } = useTillWorker();
  const branchId = branch?.branchId ?? 0;
  const shiftId = shift.data?.shiftId ?? null;
  const { userId, fullName } = me;

  useEffect(() => {
    if (!isTill) return undefined;
    setSignedIn(true);
    void startOffline(branchId);
    return () => setSignedIn(false);
  }, [isTill, branchId]);

  useEffect(() => {
    if (!isTill || isGone) return undefined;
    const keep = () => {
      keepSeller({ userId, fullName, branchId, shiftId, seenAt: Date.now() }).catch(() => undefined);
      // What was kept before stays where no list can be had now.
      refreshCatalogue(branchId).catch(() => undefined);
    };
    keep();
    const timer = setInterval(keep, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isTill, isGone, userId, fullName, branchId, shiftId]);

  useEffect(() => {
    if (!isTill) return undefined;
    const look = () => void suspectServer();
    // Nobody should learn at the counter, with a customer waiting, that the server is gone.
    const timer = setInterval(() => document.visibilityState === 'visible' && look(), LOOK_MS);
    window.addEventListener('offline', look);
    // The part of the till that works without the server must be here before it is gone.
    void import('./offline-till').catch(() => undefined);
    return () => {
      clearInterval(timer);
      window.removeEventListener('offline', look);
    };
  }, [isTill]);

  useEffect(() => {
    if (isGone) announce(t('offline.goneTitle'));
  }, [isGone, t]);

  return (
    <>
      <div className={classes['bars']}>
        {isGone && (
          <Notice tone="warn" title={t('offline.goneTitle')}>
            {isTill ? t('offline.goneTill') : t('offline.goneOther')}
            {unsent > 0 && <> {t('offline.waiting', { count: unsent })}.</>}
          </Notice>
        )}
        {!isGone && unsent > 0 && (
          <Notice tone={held > 0 ? 'stop' : 'info'} title={t('offline.waiting', { count: unsent })}>
            <div className={classes['bar']}>
              <Button size="compact-sm" loading={isSending} onClick={() => void sendNow()}>
                {t('offline.sendNow')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setIsQueueOpen(true)}>
                {t('offline.show')}
              </Button>
            </div>
          </Notice>
        )}
        {!isGone && can('Refund') && <Conflicts />}
        {update && <Update branchId={branchId} decimals={branch?.currencyDecimals ?? 2} run={update} />}
      </div>
      <OfflineQueue opened={isQueueOpen} onClose={() => setIsQueueOpen(false)} />
    </>
  );
}

/** Offline sales of the branch that somebody must decide about. */
function Conflicts() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const query = { status: 'conflict', limit: 1 };
  const conflicts = useQuery({
    queryKey: keys.offlineSaleList(query),
    queryFn: ({ signal }) => api.get<OfflineSalePage>('/offline-sales', query, signal),
    staleTime: CONFLICTS_MS,
    refetchInterval: CONFLICTS_MS,
  });
  const count = conflicts.data?.meta.total ?? 0;
  if (count === 0 || path.startsWith('/sales/offline')) return null;
  return (
    <Notice tone="warn" title={t('offline.toDecide', { count })}>
      <Link to="/sales/offline">{t('offline.decide')}</Link>
    </Notice>
  );
}

/** A newer build is here: it is taken when nobody's basket is lost by that. */
function Update({ branchId, decimals, run }: { branchId: number; decimals: number; run: () => void }) {
  const { t } = useTranslation();
  const [cart] = useCart(branchId, decimals);
  const isBusy = cart.lines.length > 0;
  return (
    <Notice tone="info" title={t('offline.updateTitle')}>
      <div className={classes['bar']}>
        <Button size="compact-sm" disabled={isBusy} onClick={run}>
          {t('offline.update')}
        </Button>
        {isBusy && <span>{t('offline.updateLater')}</span>}
      </div>
    </Notice>
  );
}
