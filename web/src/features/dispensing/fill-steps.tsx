import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BypassScan, FillStation } from '../../api/types';
import { decimalOrZero } from '../../ui/money.domain';
import { toastDone } from '../../ui/toasts';
import { useBypassScan, useChooseLot, useReturnToStock } from './dispensing-queries';
import { ReasonStep } from './reason-step';

export const BYPASS_REASONS = [
  'no_barcode',
  'damaged_barcode',
  'not_in_catalogue',
  'scanner_down',
  'repacked',
] as const;

interface StepProps {
  station: FillStation;
  onClose: () => void;
}

/** Keeps another lot for the fill: those that have enough by themselves can be chosen. */
export function OtherLot({ station, onClose }: StepProps) {
  const { t } = useTranslation();
  const { fillId, quantity } = station.fill;
  const choose = useChooseLot(fillId);
  const others = station.shelf.filter(
    (place) =>
      place.quantityKept !== quantity &&
      decimalOrZero(place.quantityKept) + decimalOrZero(place.quantityFree) >= decimalOrZero(quantity),
  );
  return (
    <ReasonStep
      title={t('station.otherLot')}
      submit={t('station.takeLot')}
      note={others.length === 0 ? <Text>{t('station.noOtherLot')}</Text> : null}
      choice={{
        label: t('station.lotNumber'),
        options: others.map((place) => ({
          value: String(place.lotId),
          label: [place.lotNumber, place.expiryDate, place.bin].filter(Boolean).join(' · '),
        })),
      }}
      problem={choose.error}
      isBusy={choose.isPending}
      onSubmit={(reason, lotId) =>
        choose.mutate({ lotId: Number.parseInt(lotId, 10), reason }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}

/** Goes on without a scan. */
export function Bypass({ station, stage, onClose }: StepProps & { stage: BypassScan['stage'] }) {
  const { t } = useTranslation();
  const bypass = useBypassScan(station.fill.fillId);
  return (
    <ReasonStep
      title={t('station.bypass')}
      submit={t('station.bypass')}
      note={<Text size="sm">{t('station.bypassHint')}</Text>}
      choice={{
        label: t('station.bypassWhy'),
        options: BYPASS_REASONS.map((value) => ({ value, label: t(`station.bypassReason.${value}`) })),
      }}
      problem={bypass.error}
      isBusy={bypass.isPending}
      onSubmit={(note, chosen) =>
        bypass.mutate(
          { stage, note, reason: BYPASS_REASONS.find((one) => one === chosen) ?? 'no_barcode' },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    />
  );
}

/** Gives the fill up, or sends it back to be filled anew: its stock is free again, the reason stays in the history. */
export function GiveBack({
  fillId,
  title,
  onDone,
  onClose,
}: {
  fillId: number;
  title: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const giveBack = useReturnToStock();
  return (
    <ReasonStep
      title={title}
      submit={title}
      note={<Text size="sm">{t('station.giveBackHint')}</Text>}
      problem={giveBack.error}
      isBusy={giveBack.isPending}
      onSubmit={(reason) =>
        giveBack.mutate(
          { fillId, reason },
          {
            onSuccess: () => {
              toastDone(t('station.givenBack'));
              onDone();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
