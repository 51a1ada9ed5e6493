import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { isServerGone, suspectServer, useWorksOffline } from '../../api/reach';
import { BrandMark } from '../../app/brand';
import { Notice } from '../../ui/notice';
import { ErrorView, LoadingRows } from '../../ui/states';
import classes from './offline.module.css';
import { OfflineTill } from './offline-till';
import { useSeller } from './use-seller';

/** What is shown where the program starts without the server: the till for who was signed in here last, else what went wrong. */
export function OfflineDoor({ problem, retry }: { problem: Problem; retry: () => void }) {
  const { t } = useTranslation();
  const worksOffline = useWorksOffline();
  const wasOffline = useRef(false);
  const onAnswer = useEffectEvent(() => {
    // What went wrong was one call alone.
    if (!isServerGone()) retry();
  });
  useEffect(() => void suspectServer().then(() => onAnswer()), []);
  useEffect(() => {
    // Comes back by itself, but never under a payment.
    if (wasOffline.current && !worksOffline) retry();
    wasOffline.current = worksOffline;
  }, [worksOffline, retry]);
  const seller = useSeller();
  if (seller === undefined) return <LoadingRows />;
  if (seller === null)
    return (
      <main className={classes['frame']}>
        <ErrorView error={problem} retry={retry} />
      </main>
    );
  return (
    <div className={classes['frame']}>
      <header className={classes['head']}>
        <BrandMark />
        <span>{t('app.name')}</span>
        <span className={classes['spring']} />
        <bdi>{seller.fullName}</bdi>
      </header>
      <main>
        <div className={classes['bars']}>
          <Notice tone="warn" title={t('offline.goneTitle')}>
            {t('offline.goneTill')}
          </Notice>
        </div>
        <OfflineTill />
      </main>
    </div>
  );
}
