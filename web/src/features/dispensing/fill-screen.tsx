import { Group, Stack } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import type { Fill, FillStation, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone, toastRefused } from '../../ui/toasts';
import { FillStatusBadge } from '../shared/clinical';
import { usePrint } from '../shared/print';
import { CollectorFields, useCollector } from '../prescriptions/collector-fields';
import { useFillStep, usePrescription } from '../prescriptions/prescription-queries';
import { useCompleteFill, usePutInBin, useStation } from './dispensing-queries';
import classes from './dispensing.module.css';
import { DrugHead } from './drug-head';
import { FillDone } from './fill-done';
import { Bypass, GiveBack, OtherLot } from './fill-steps';
import { LabelPreview } from './label-preview';
import { ScanStrip } from './scan-strip';
import { ShelfTable } from './shelf-table';
import { StandsElsewhere } from './stands-elsewhere';
import { isAtCounter } from './target.domain';
import { usePackScan } from './use-pack-scan';

const route = getRouteApi('/dispensing/fill/$fillId');

/** The filling of one fill: what to take from which place, the pack proven by its scan, the label; Enter when it is done. */
export function FillScreen() {
  const fillId = Number.parseInt(route.useParams().fillId, 10);
  return <Loaded key={fillId} fillId={fillId} />;
}

function Loaded({ fillId }: { fillId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [done, setDone] = useState<Fill>();
  const station = useStation(fillId);
  const prescriptionId = station.data?.fill.prescriptionId;
  const prescription = usePrescription(prescriptionId ?? 0, { enabled: prescriptionId !== undefined });
  if (station.isError) return <ErrorView error={station.error} retry={() => void station.refetch()} />;
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!station.data || !prescription.data) return <LoadingRows />;
  if (done)
    return (
      <Page title={t('fill.doneTitle')}>
        <Card>
          <FillDone
            fill={done}
            patientId={prescription.data.patientId}
            onClose={() => void navigate({ to: '/prescriptions' })}
          />
        </Card>
      </Page>
    );
  if (station.data.fill.status !== 'in_progress') return <StandsElsewhere fill={station.data.fill} />;
  return <Work station={station.data} prescription={prescription.data} onDone={setDone} />;
}

type OpenStep = 'lot' | 'bypass' | 'back';

interface WorkProps {
  station: FillStation;
  prescription: PrescriptionDetail;
  onDone: (fill: Fill) => void;
}

function Work({ station, prescription, onDone }: WorkProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { printLabel } = usePrint();
  const [step, setStep] = useState<OpenStep>();
  const { fill, policy, missing } = station;
  const atCounter = isAtCounter(station, { mayVerify: can('VerifyPrescription') });
  const stage = atCounter ? 'both' : 'fill';
  const scan = usePackScan(fill.fillId, stage);
  const finish = useFinish({ station, atCounter, onDone });
  const left = (atCounter ? [...missing.fill, ...missing.verify] : missing.fill).map(({ lotId }) => lotId);
  const missingLots = policy.scanPolicy === 'product' ? Math.min(1, left.length) : new Set(left).size;
  const canFinish = missingLots === 0 && !scan.isStopped && !scan.isBusy && finish.isReady;
  const back = () =>
    void navigate({
      to: '/prescriptions/$prescriptionId',
      params: { prescriptionId: String(prescription.prescriptionId) },
    });
  useKeys([{ combo: 'Escape', label: t('common.back'), run: back }]);

  return (
    <Page
      title={t('station.fillTitle', { number: prescription.rxNumber })}
      hint={<FillStatusBadge status={fill.status} />}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="L"
            label={t('station.otherLot')}
            variant="default"
            onPress={() => setStep('lot')}
          />
          {can('BypassScan') && missingLots > 0 && (
            <KeyButton
              combo="B"
              label={t('station.bypass')}
              variant="default"
              onPress={() => setStep('bypass')}
            />
          )}
          <KeyButton
            combo="F7"
            label={t('station.giveUp')}
            variant="default"
            onPress={() => setStep('back')}
          />
          <KeyButton
            combo="F8"
            label={t(station.labelsPrinted > 0 ? 'station.reprint' : 'prescriptions.printLabel')}
            variant="default"
            leftSection={<IconPrinter size={18} />}
            onPress={() => printLabel(fill.fillId)}
          />
          <EnterButton
            label={t(atCounter ? 'station.done' : 'station.sendOn')}
            disabled={!canFinish}
            loading={finish.isBusy}
            onPress={finish.run}
          />
        </Group>
      }
    >
      <ScanStrip scan={scan} missing={missingLots} isProven={station.scans.length > 0} />
      <ProblemAlert problem={finish.problem} notSaved={t('station.unchanged')} />
      {finish.problem?.code === 'screening-stop' && (
        <Link to="/dispensing/verify/$fillId" params={{ fillId: String(fill.fillId) }}>
          {t('station.answerStops')}
        </Link>
      )}
      <CollectorFields collector={finish.collector} />
      <div className={classes['station']}>
        <Stack gap={12}>
          <Card label={t('prescriptions.order')}>
            <DrugHead drug={fill} quantity={fill.quantity} prescription={prescription} />
          </Card>
          <Card flush label={t('station.shelf')}>
            <ShelfTable station={station} stage="fill" />
          </Card>
        </Stack>
        <Card label={t('station.label')}>
          <LabelPreview fill={fill} printed={station.labelsPrinted} />
        </Card>
      </div>
      {step === 'lot' && <OtherLot station={station} onClose={() => setStep(undefined)} />}
      {step === 'bypass' && <Bypass station={station} stage={stage} onClose={() => setStep(undefined)} />}
      {step === 'back' && (
        <GiveBack
          fillId={fill.fillId}
          title={t('station.giveUp')}
          onDone={back}
          onClose={() => setStep(undefined)}
        />
      )}
    </Page>
  );
}

/**
 * What Enter does when the packs are proven: at the counter the fill goes through to dispensed; where something is asked of who takes
 * it, it is verified and put by, and the pick-up follows; at stations it waits for whoever verifies.
 */
function useFinish({ station, atCounter, onDone }: Omit<WorkProps, 'prescription'> & { atCounter: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const complete = useCompleteFill(station.fill.fillId);
  const advance = useFillStep();
  const putInBin = usePutInBin();
  const collector = useCollector(complete.error);
  const { fillId } = station.fill;
  const asksAtPickUp = station.policy.pickUpIdentifiers || station.needsCounselling;

  function run(): void {
    if (!atCounter) {
      toastDone(t('station.sentOn'));
      return void navigate({ to: '/prescriptions' });
    }
    if (asksAtPickUp) return void putBy();
    complete.mutate({ overrides: [], ...collector.sent }, { onSuccess: onDone });
  }

  /** Once it is verified this screen has nothing more to show: what goes wrong after that is said wherever one is. */
  async function putBy(): Promise<void> {
    try {
      await advance.mutateAsync({ fillId, step: 'verify', answers: { overrides: [] } });
      await putInBin.mutateAsync({ fillId });
      await navigate({ to: '/dispensing/pick-up', search: { fillId } });
    } catch (error) {
      const problem = asProblem(error);
      toastRefused(t('station.notPutBy'), problem);
    }
  }

  return {
    run,
    collector,
    isReady: collector.isReady,
    isBusy: complete.isPending || advance.isPending || putInBin.isPending,
    problem: complete.error ?? advance.error ?? putInBin.error,
  };
}
