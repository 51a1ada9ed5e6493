import { Group, Tabs, Text } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientDetail } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { ariaKeys, useKeys, WithKey } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card } from '../../ui/page';
import { EmptyView, LoadingRows } from '../../ui/states';
import { ConsentsPanel } from './consents-panel';
import { TimelinePanel, ViewsPanel } from './history-panels';
import { MedicinesPanel } from './medicines-panel';
import { PatientPrescriptions } from './patient-prescriptions';
import classes from './people.module.css';

const CoversCard = lazy(async () => ({
  default: (await withTexts('insurance', () => import('../insurance/covers-card'))).CoversCard,
}));

/** What hangs on a patient, each with its key. The next card of a person's page is one more line here and one panel. */
const TABS = [
  { id: 'medicines', combo: 'D' },
  { id: 'prescriptions', combo: 'P' },
  { id: 'timeline', combo: 'T' },
  { id: 'covers', combo: 'K' },
  { id: 'consents', combo: 'U' },
  { id: 'notes', combo: 'B' },
  { id: 'views', combo: 'V' },
] as const;
type Tab = (typeof TABS)[number]['id'];

interface PatientTabsProps {
  patient: PatientDetail;
  mayWrite: boolean;
  onNote: () => void;
}

/** Medicines, prescriptions, what happened, insurance, consents, notes and who looked; each is asked for when its tab is opened. */
export function PatientTabs({ patient, mayWrite, onNote }: PatientTabsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [tab, setTab] = useState<Tab>('medicines');
  const { patientId } = patient;
  const mayRead: Record<Tab, boolean> = {
    medicines: can('ReadPrescription'),
    prescriptions: can('ReadPrescription'),
    timeline: can('ReadPrescription'),
    covers: true,
    consents: true,
    notes: true,
    views: can('ReadAuditLog'),
  };
  const tabs = TABS.filter(({ id }) => mayRead[id]);
  useKeys([
    ...tabs.map(({ id, combo }) => ({
      combo,
      label: t(`people.tab.${id}`),
      run: () => setTab(id),
      whileTyping: false,
    })),
    ...(mayWrite ? [{ combo: 'N', label: t('people.notes.edit'), run: onNote, whileTyping: false }] : []),
  ]);
  const refill =
    can('DispensePrescription') && !patient.isDeceased
      ? (prescriptionId: number) =>
          void navigate({
            to: '/dispensing/start/$prescriptionId',
            params: { prescriptionId: String(prescriptionId) },
          })
      : undefined;
  return (
    <Card flush label={t('people.more')}>
      <Tabs
        value={tab}
        onChange={(next) => setTab(TABS.find(({ id }) => id === next)?.id ?? 'medicines')}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('people.more')}>
          {tabs.map(({ id, combo }) => (
            <Tabs.Tab key={id} value={id} aria-keyshortcuts={ariaKeys(combo)}>
              <WithKey combo={combo}>{t(`people.tab.${id}`)}</WithKey>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="medicines" className={classes['panel']}>
          <MedicinesPanel patient={patient} />
        </Tabs.Panel>
        <Tabs.Panel value="prescriptions" className={classes['panel']}>
          <PatientPrescriptions
            patientId={patientId}
            mayStop={can('WritePrescription')}
            {...(refill ? { onRefill: refill } : {})}
          />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" className={classes['panel']}>
          <TimelinePanel patientId={patientId} />
        </Tabs.Panel>
        <Tabs.Panel value="covers" className={classes['panel']}>
          <Suspense fallback={<LoadingRows rows={2} />}>
            <CoversCard patientId={patientId} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="consents" className={classes['panel']}>
          <ConsentsPanel patientId={patientId} mayWrite={mayWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="notes" className={classes['panel']}>
          <Notes notes={patient.notes} onNote={mayWrite ? onNote : undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="views" className={classes['panel']}>
          <ViewsPanel patientId={patientId} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}

function Notes({ notes, onNote }: { notes: string | null; onNote: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {notes === null || notes === '' ? (
        <EmptyView title={t('people.notes.none')} />
      ) : (
        <Text p="md" size="sm" className={classes['note']}>
          <bdi>{notes}</bdi>
        </Text>
      )}
      {onNote && (
        <Group p="sm">
          <KeyButton combo="N" label={t('people.notes.edit')} variant="default" size="xs" onPress={onNote} />
        </Group>
      )}
    </>
  );
}
