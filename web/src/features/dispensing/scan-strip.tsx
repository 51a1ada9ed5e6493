import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { ScanFill } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { toneIcons } from '../../ui/status-badge';
import classes from './dispensing.module.css';
import type { PackScan } from './use-pack-scan';

const REASONS = ['wrong_product', 'unknown_product', 'wrong_lot', 'wrong_expiry', 'expired_pack'] as const;

interface ScanStripProps {
  scan: { last: PackScan; take: (pack: Omit<ScanFill, 'stage'>) => void; isBusy: boolean };
  /** Packs that are still to be scanned. */
  missing: number;
  /** Nothing is asked for any more: a scan is welcome, and none is needed. */
  isProven: boolean;
}

/** What the last scan came to: by colour, icon, words and sound. A wrong pack fills the width. */
export function ScanStrip({ scan, missing, isProven }: ScanStripProps) {
  const { t } = useTranslation();
  const { last } = scan;
  if (last.kind === 'wrong') return <WrongPack problem={last.problem} />;
  if (last.kind === 'unread') return <ReadFromPack key={last.code} {...last} scan={scan} />;
  const isMatched = last.kind === 'matched' && missing === 0;
  const Icon = toneIcons[isMatched ? 'ok' : 'neutral'];
  return (
    <Stack gap="xs">
      <div className={classes['scan']} data-scan={isMatched ? 'ok' : 'neutral'} role="status">
        <Icon size={26} aria-hidden="true" />
        {isMatched && t('station.matched')}
        {!isMatched && missing > 0 && t('station.scanPacks', { count: missing })}
        {!isMatched && missing === 0 && t(isProven ? 'station.proven' : 'station.scanPack')}
      </div>
      <ProblemAlert
        problem={last.kind === 'failed' ? last.problem : null}
        notSaved={t('station.notScanned')}
      />
    </Stack>
  );
}

function WrongPack({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const reason = REASONS.find((one) => one === problem.params['reason']);
  const found = problem.params['found'];
  const name = found && typeof found === 'object' && 'drugName' in found ? found.drugName : undefined;
  return (
    <div className={classes['scan']} data-scan="stop" role="alert">
      <toneIcons.stop size={48} aria-hidden="true" />
      <div>
        <div>{t('errors.scan-mismatch')}</div>
        <div>{reason === undefined ? t('station.wrong.other') : t(`station.wrong.${reason}`)}</div>
        {typeof name === 'string' && (
          <div>
            {t('station.inHand')} <bdi>{name}</bdi>
          </div>
        )}
        <div>{t('station.scanAgain')}</div>
      </div>
    </div>
  );
}

/** Lot and expiry as a person reads them, where the code does not say them. */
function ReadFromPack({
  code,
  missing,
  scan,
}: {
  code: string;
  missing: readonly string[];
  scan: ScanStripProps['scan'];
}) {
  const { t } = useTranslation();
  const [lotNumber, setLotNumber] = useState('');
  const [expiryDate, setExpiryDate] = useState('');

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    scan.take({ code, ...(lotNumber ? { lotNumber } : {}), ...(expiryDate ? { expiryDate } : {}) });
  }

  return (
    <form onSubmit={onSubmit} className={classes['scan']} data-scan="neutral">
      <Stack gap="xs">
        <div role="alert">
          {t('errors.scan-incomplete')} · <Ltr>{code}</Ltr>
        </div>
        <Group align="end">
          {missing.includes('lotNumber') && (
            <TextInput
              label={t('station.lotNumber')}
              required
              autoFocus
              dir="ltr"
              maxLength={60}
              value={lotNumber}
              onChange={(event) => setLotNumber(event.currentTarget.value)}
            />
          )}
          {missing.includes('expiryDate') && (
            <TextInput
              type="date"
              label={t('station.expiryDate')}
              required
              autoFocus={!missing.includes('lotNumber')}
              value={expiryDate}
              onChange={(event) => setExpiryDate(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={scan.isBusy}>
            {t('station.checkPack')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
