import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Alternative } from '../../api/types';
import { ErrorView, LoadingRows } from '../../ui/states';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
import { checkedDrug, type Dose, useScreening } from './prescription-queries';

interface EntryScreeningProps {
  patientId: number | undefined;
  drugId: number | undefined;
  dose: Dose | undefined;
  days: string;
  /** Prescribes another product in the place of one that stops. */
  onPick: (alternative: Alternative) => void;
}

/** What screening says of the prescription while it is typed; each stop offers what could be given instead. */
export function EntryScreening({ patientId, drugId, dose, days, onPick }: EntryScreeningProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue({ dose, days }, 300);
  const wholeDays = Number.parseInt(settled.days, 10);
  const use = {
    dose: settled.dose,
    days: Number.isNaN(wholeDays) || wholeDays === 0 ? undefined : wholeDays,
  };
  const screening = useScreening(patientId, drugId, use);
  if (patientId === undefined || drugId === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('alerts.chooseFirst')}
      </Text>
    );
  }
  if (screening.isPending) return <LoadingRows rows={3} />;
  if (screening.isError) return <ErrorView error={screening.error} retry={() => void screening.refetch()} />;
  const firstStop = screening.data.alerts.find((alert) => alert.stops);
  return (
    <Stack gap="sm" role="status" aria-live="polite">
      <AlertList
        alerts={screening.data.alerts}
        footer={(alert) =>
          // One product, so one list of what could be given instead of it, however many stops it raises.
          alert === firstStop ? (
            <Alternatives
              key={drugId}
              question={{ patientId, drugs: [checkedDrug(drugId, use)], insteadOf: drugId }}
              onPick={onPick}
            />
          ) : null
        }
      />
      <NotCheckedList notChecked={screening.data.notChecked} />
    </Stack>
  );
}
