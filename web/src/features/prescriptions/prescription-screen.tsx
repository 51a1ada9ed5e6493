import { Group, Stack, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fill, FillStatus, PrescriptionDetail } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { DateText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastRefused } from '../../ui/toasts';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { usePrint } from '../shared/print';
import { localName } from '../shared/names';
import { usePapers } from '../shared/paper-queries';
import { ControlledNotice } from '../controlled/limits';
import { Fills, History } from './prescription-history';
import { usePutInBin } from '../dispensing/dispensing-queries';
import { usePrescription, type Transition } from './prescription-queries';
import { PrescriptionPapers } from './prescription-papers';
import classes from './prescriptions.module.css';
import { ReasonDialog } from './reason-dialog';

const PrescriptionClaims = lazy(async () => ({
  default: (await withTexts('insurance', () => import('../insurance/prescription-claims')))
    .PrescriptionClaims,
}));

const route = getRouteApi('/prescriptions/$prescriptionId');
const HolderNotice = lazy(async () => {
  const { HolderNotice: notice } = await withTexts('board', () => import('../board/holder-notice'));
  return { default: notice };
});

const TransferNotice = lazy(async () => {
  const { TransferNotice: notice } = await withTexts('people', () => import('./transfer-notice'));
  return { default: notice };
});

const PrepareNotice = lazy(async () => {
  const { PrepareNotice: notice } = await withTexts(
    'compounding',
    () => import('../compounding/prepare-notice'),
  );
  return { default: notice };
});

/** One prescription: what was ordered, what screening says, fills and history; F9 fills it. */
export function PrescriptionScreen() {
  const { prescriptionId } = route.useParams();
  const prescription = usePrescription(Number.parseInt(prescriptionId, 10));
  if (prescription.isPending) return <LoadingRows />;
  if (prescription.isError) {
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  }
  return <PrescriptionPage prescription={prescription.data} />;
}

/** Whether anything may still be dispensed under it, as far as the page can tell; the server decides. */
function isFillable(prescription: PrescriptionDetail): boolean {
  const isOpen = prescription.status === 'pending' || prescription.status === 'filled';
  return isOpen && !prescription.isExpired && decimalOrZero(prescription.quantityRemaining) > 0n;
}

function PrescriptionPage({ prescription }: { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { printLabel } = usePrint();
  const [transition, setTransition] = useState<Transition>();
  const papers = usePapers(prescription.prescriptionId);
  const hasPaper = papers.data?.data.some((paper) => paper.withdrawn === null) === true;
  const lastFill = prescription.fills.filter((fill) => fill.status === 'dispensed').at(-1);
  const openFill = prescription.fills.find(({ status }) => NEXT_STEP[status] !== undefined);
  const isRefill = prescription.fills.some((fill) => fill.status === 'dispensed');
  const mayWrite = can('WritePrescription');
  const isOpen = prescription.status === 'pending' || prescription.status === 'filled';
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/prescriptions' }),
      whileTyping: false,
    },
  ]);

  return (
    <Page
      title={t('prescriptions.pageTitle', { number: prescription.rxNumber })}
      hint={<PrescriptionStatusBadge prescription={prescription} />}
      actions={
        <Group gap="xs">
          {mayWrite && isOpen && (
            <KeyButton
              combo="F7"
              label={t('prescriptions.hold')}
              variant="default"
              onPress={() => setTransition('hold')}
            />
          )}
          {mayWrite && prescription.status === 'on_hold' && (
            <KeyButton
              combo="F7"
              label={t('prescriptions.release')}
              variant="default"
              onPress={() => setTransition('release')}
            />
          )}
          {mayWrite && (isOpen || prescription.status === 'on_hold') && (
            <KeyButton
              combo="Delete"
              label={t('prescriptions.cancel')}
              variant="default"
              onPress={() => setTransition('cancel')}
            />
          )}
          {lastFill && (
            <KeyButton
              combo="F8"
              label={t('prescriptions.printLabel')}
              variant="default"
              leftSection={<IconPrinter size={18} />}
              onPress={() => printLabel(lastFill.fillId)}
            />
          )}
          {lastFill && lastFill.soldInSaleId === null && can('Sell') && (
            <KeyButton
              combo="F4"
              label={t('prescriptions.toTill')}
              variant={isFillable(prescription) ? 'default' : 'filled'}
              onPress={() =>
                void navigate({
                  to: '/till',
                  search: { patientId: prescription.patientId, fillId: lastFill.fillId },
                })
              }
            />
          )}
          {can('DispensePrescription') && isFillable(prescription) && (
            <KeyButton
              combo={openFill ? 'Alt+F' : 'F9'}
              label={isRefill ? t('prescriptions.refill') : t('prescriptions.fill')}
              variant={openFill ? 'default' : 'filled'}
              onPress={() =>
                void navigate({
                  to: '/dispensing/start/$prescriptionId',
                  params: { prescriptionId: String(prescription.prescriptionId) },
                })
              }
            />
          )}
          {can('DispensePrescription') && openFill && <NextStep fill={openFill} />}
        </Group>
      }
    >
      <Suspense fallback={null}>
        <HolderNotice prescriptionId={prescription.prescriptionId} />
        {prescription.status === 'transferred' && <TransferNotice prescription={prescription} />}
        {can('Compound') && isFillable(prescription) && <PrepareNotice prescription={prescription} />}
      </Suspense>
      <div className={hasPaper ? classes['besideOrder'] : classes['stacked']}>
        <div className={classes['stacked']}>
          <Card label={t('prescriptions.order')}>
            <Order prescription={prescription} />
          </Card>
          <Card label={t('alerts.screening')}>
            <Title order={2} mb={8}>
              {t('alerts.screening')}
            </Title>
            <Stack gap="sm">
              {prescription.controlled && <ControlledNotice standing={prescription.controlled} />}
              <AlertList alerts={prescription.alerts} />
              <NotCheckedList notChecked={prescription.notChecked} />
            </Stack>
          </Card>
        </div>
        <PrescriptionPapers prescriptionId={prescription.prescriptionId} />
      </div>
      {can('ReadClaims') && (
        <Suspense fallback={<LoadingRows rows={1} />}>
          <PrescriptionClaims prescription={prescription} />
        </Suspense>
      )}
      <Fills fills={prescription.fills} />
      <History events={prescription.history} />
      <ReasonDialog
        prescriptionId={prescription.prescriptionId}
        verb={transition}
        onClose={() => setTransition(undefined)}
      />
    </Page>
  );
}

/** What a fill that was not handed over yet waits for. */
const NEXT_STEP: Partial<Record<FillStatus, 'verify' | 'ready' | 'dispense'>> = {
  in_progress: 'verify',
  verified: 'ready',
  ready: 'dispense',
};

/** The next step of a fill under way: at its station, but for the will-call bin, which screens nothing and is done at once. */
function NextStep({ fill }: { fill: Fill }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const putInBin = usePutInBin();
  const step = NEXT_STEP[fill.status];
  if (step === undefined) return null;
  const { fillId } = fill;
  const go = {
    verify: () => void navigate({ to: '/dispensing/verify/$fillId', params: { fillId: String(fillId) } }),
    ready: () =>
      putInBin.mutate({ fillId }, { onError: (problem) => toastRefused(t('verify.notDone'), problem) }),
    dispense: () => void navigate({ to: '/dispensing/pick-up', search: { fillId } }),
  };
  return (
    <>
      {step === 'verify' && (
        <KeyButton
          combo="F6"
          label={t('station.toStation')}
          variant="default"
          onPress={() =>
            void navigate({ to: '/dispensing/fill/$fillId', params: { fillId: String(fillId) } })
          }
        />
      )}
      <KeyButton
        combo="F9"
        label={t(`verify.submit.${step}`)}
        loading={putInBin.isPending}
        onPress={go[step]}
      />
    </>
  );
}

function Order({ prescription }: { prescription: PrescriptionDetail }) {
  const { t, i18n } = useTranslation();
  const facts: [string, ReactNode][] = [
    [
      t('prescriptions.patient'),
      <Link key="patient" to="/patients/$patientId" params={{ patientId: String(prescription.patientId) }}>
        <bdi>
          {localName({ name: prescription.patientName, nameAr: prescription.patientNameAr }, i18n.language)}
        </bdi>
      </Link>,
    ],
    [
      t('prescriptions.drug'),
      <Link key="drug" to="/drugs/$drugId" params={{ drugId: String(prescription.drugId) }}>
        <bdi>{prescription.drugName}</bdi>
      </Link>,
    ],
    [t('prescriptions.prescriber'), <bdi key="prescriber">{prescription.prescriberName}</bdi>],
    [
      t('prescriptions.sig'),
      <DirectionsText key="sig" prescription={prescription} language={i18n.language} />,
    ],
    [t('prescriptions.quantity'), <QuantityText key="quantity" value={prescription.quantity} />],
    [t('prescriptions.daysSupply'), <Ltr key="days">{prescription.daysSupply}</Ltr>],
    [
      t('prescriptions.refillsLeft'),
      <Ltr key="refills">
        {prescription.refillsRemaining} / {prescription.refillsAuthorized}
      </Ltr>,
    ],
    [t('prescriptions.validTo'), <DateText key="valid" value={prescription.expiresOn} />],
  ];
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Directions as they were written and, where they were understood, as a label says them. */
function DirectionsText({ prescription, language }: { prescription: PrescriptionDetail; language: string }) {
  const { sig, directions } = prescription;
  return (
    <>
      <bdi>{sig}</bdi>
      {directions && (
        <Text size="sm" c="dimmed">
          {language === 'ar' ? directions.arabic : directions.english}
        </Text>
      )}
    </>
  );
}
