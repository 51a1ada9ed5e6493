import { NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lot, LotStatus, RecallHead } from '../../api/types';
import { useSession } from '../../session/session';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useOpenRecall } from '../recalls/recall-queries';
import { useStartCount } from '../stock-counts/count-queries';
import { useLotStatus, useMoveLot } from './inventory-queries';

export type LotDialog = 'hold' | 'move' | 'count';

interface LotDialogsProps {
  lot: Lot | undefined;
  opened: LotDialog | undefined;
  /** The pack of this lot is in the hand: it was scanned. */
  isScanned: boolean;
  onClose: () => void;
}

/** What is asked before a lot is held back, moved to another shelf, or counted. */
export function LotDialogs({ lot, opened, isScanned, onClose }: LotDialogsProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened !== undefined && lot !== undefined}
      onClose={onClose}
      title={opened === undefined ? '' : t(`lot.title.${opened}`)}
    >
      {lot && (
        <Stack gap="sm">
          <Text size="sm">
            <strong>
              <MixedText text={lot.drugName} />
            </strong>{' '}
            · <Ltr>{lot.lotNumber}</Ltr>
          </Text>
          {opened === 'hold' && <HoldForm lot={lot} isScanned={isScanned} onClose={onClose} />}
          {opened === 'move' && <MoveForm lot={lot} onClose={onClose} />}
          {opened === 'count' && <CountForm lot={lot} onClose={onClose} />}
        </Stack>
      )}
    </Dialog>
  );
}

type Way = 'hold' | 'release' | 'everywhere';

/** What a lot of this status may be set to by hand; what is called back goes no further. */
const WAYS: Record<LotStatus, readonly Way[]> = {
  available: ['hold', 'everywhere'],
  quarantined: ['hold', 'release', 'everywhere'],
  on_hold: ['release', 'everywhere'],
  expired: ['everywhere'],
  recalled: [],
};
const CLASSES = ['I', 'II', 'III'] as const;
const LEAST_REASON = 3;

/**
 * Holds a lot back here, or calls it back at every branch: that is offered first for a pack that was scanned, since a notice in one
 * hand and the pack in the other is what a recall begins with.
 */
function HoldForm({ lot, isScanned, onClose }: { lot: Lot; isScanned: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const ways = WAYS[lot.status].filter((one) => one !== 'everywhere' || can('ManageRecalls'));
  const first = isScanned ? ways.find((one) => one === 'everywhere') : undefined;
  const [way, setWay] = useState<Way | undefined>(first ?? ways[0]);
  const [typed, setTyped] = useState<string>();
  const [recallClass, setRecallClass] = useState<RecallHead['recallClass']>('II');
  const reason = typed ?? (way === undefined ? '' : t(`lot.reason.${way}`));
  const done = () => {
    toastDone(t(way === 'release' ? 'lot.released' : 'lot.held'));
    onClose();
  };
  const hold = useLotStatus('hold', done);
  const release = useLotStatus('release', done);
  const recall = useOpenRecall(({ recallId }) => {
    onClose();
    void navigate({ to: '/inventory/recalls/$recallId', params: { recallId: String(recallId) } });
  });
  if (way === undefined) return <Notice tone="info" title={t('lot.noWay')} />;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const said = reason.trim();
    const body = { lotId: lot.lotId, version: lot.version, reason: said };
    if (way === 'everywhere')
      recall.mutate({ drugId: lot.drugId, lotNumber: lot.lotNumber, recallClass, reason: said });
    else if (way === 'release') release.mutate(body);
    else hold.mutate(body);
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('lot.what')}
          value={way}
          onChange={(value) => setWay(ways.find((one) => one === value))}
          data={ways.map((value) => ({ value, label: t(`lot.way.${value}`) }))}
        />
        {way === 'everywhere' && <Notice tone="stop" title={t('lot.everywhereHint')} />}
        <ProblemAlert problem={hold.error ?? release.error ?? recall.error} notSaved={t('lot.notChanged')} />
        {way === 'everywhere' && (
          <NativeSelect
            label={t('recall.classOf')}
            description={t(`recall.classHint.${recallClass}`)}
            value={recallClass}
            onChange={(event) =>
              setRecallClass(CLASSES.find((one) => one === event.currentTarget.value) ?? 'II')
            }
            data={CLASSES.map((value) => ({ value, label: t(`recall.class.${value}`) }))}
          />
        )}
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={300}
          value={reason}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={hold.isPending || release.isPending || recall.isPending}
          onCancel={onClose}
          saveLabel={t(`lot.way.${way}`)}
          disabled={reason.trim().length < LEAST_REASON}
        />
      </Stack>
    </form>
  );
}

/** Says on which shelf it lies. */
function MoveForm({ lot, onClose }: { lot: Lot; onClose: () => void }) {
  const { t } = useTranslation();
  const [bin, setBin] = useState(lot.bin ?? '');
  const move = useMoveLot(lot.lotId, () => {
    toastDone(t('lot.moved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    move.mutate({ version: lot.version, bin: bin.trim() === '' ? null : bin.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={move.error} notSaved={t('lot.notChanged')} />
        <TextInput
          label={t('stock.bin')}
          description={t('lot.noBin')}
          dir="ltr"
          maxLength={40}
          value={bin}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setBin(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot isSaving={move.isPending} onCancel={onClose} saveLabel={t('lot.title.move')} />
      </Stack>
    </form>
  );
}

/** Begins a count of the product of this lot. */
function CountForm({ lot, onClose }: { lot: Lot; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = useStartCount(({ countId }) => {
    onClose();
    void navigate({ to: '/inventory/counts/$countId', params: { countId: String(countId) } });
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    start.mutate({ scope: 'drugs', drugIds: [lot.drugId] });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t('lot.countHint')}</Text>
        <ProblemAlert problem={start.error} notSaved={t('counts.notStarted')} />
        <FormFoot isSaving={start.isPending} onCancel={onClose} saveLabel={t('counts.start')} isFocused />
      </Stack>
    </form>
  );
}
