import { Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Notice } from '../../ui/notice';
import { StopDialog } from './stop-dialog';

/** Where a prescription went, that its medicine counts as taken all the same, and how to say that it is not. */
export function TransferNotice({ prescription }: { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const sent = prescription.transfers.findLast(({ direction }) => direction === 'out');
  const { stop, prescriptionId } = prescription;
  if (!sent) return null;
  return (
    <Notice tone={stop ? 'info' : 'warn'} title={t('people.stop.sentTo', { name: sent.pharmacyName })}>
      <Group justify="space-between">
        <span>
          <DateTimeText value={sent.transferredAt} /> · <bdi>{sent.userName}</bdi>
          <br />
          {stop ? (
            <>
              {t('people.stop.reported')} <DateText value={stop.stoppedOn} /> · <bdi>{stop.userName}</bdi>
              {stop.note !== null && (
                <>
                  {' · '}
                  <bdi>{stop.note}</bdi>
                </>
              )}
            </>
          ) : (
            t('people.stop.stillTaken')
          )}
        </span>
        {!stop && can('WritePrescription') && (
          <KeyButton
            combo="O"
            label={t('people.stop.open')}
            variant="default"
            onPress={() => setIsOpen(true)}
          />
        )}
      </Group>
      <StopDialog prescriptionId={isOpen ? prescriptionId : undefined} onClose={() => setIsOpen(false)} />
    </Notice>
  );
}
