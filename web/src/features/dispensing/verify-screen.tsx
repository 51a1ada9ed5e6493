import { Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FillStation, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { FillStatusBadge } from '../shared/clinical';
import { usePrescription } from '../prescriptions/prescription-queries';
import { BinStep } from './bin-step';
import { useLabelPreview, useStation } from './dispensing-queries';
import classes from './dispensing.module.css';
import { DrugHead } from './drug-head';
import { GiveBack } from './fill-steps';
import { LabelPreview } from './label-preview';
import { ScanStrip } from './scan-strip';
import { ScansList } from './scans-list';
import { ShelfTable } from './shelf-table';
import { StandsElsewhere } from './stands-elsewhere';
import { StepForm } from './step-form';
import { usePackScan } from './use-pack-scan';
import { AsEntered, AsWritten } from './written-and-entered';

const route = getRouteApi('/dispensing/verify/$fillId');

/** The pharmacist's check of one fill: what was written beside what was made of it, every alert, every scan. F9 signs, F7 sends back. */
export function VerifyScreen() {
  const fillId = Number.parseInt(route.useParams().fillId, 10);
  return <Loaded key={fillId} fillId={fillId} />;
}

function Loaded({ fillId }: { fillId: number }) {
  const station = useStation(fillId);
  const prescriptionId = station.data?.fill.prescriptionId;
  const prescription = usePrescription(prescriptionId ?? 0, {
    enabled: prescriptionId !== undefined,
    isFresh: true,
  });
  if (station.isError) return <ErrorView error={station.error} retry={() => void station.refetch()} />;
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!station.data || !prescription.data) return <LoadingRows />;
  const { fill } = station.data;
  if (fill.status === 'verified') return <BinStep fill={fill} prescription={prescription.data} />;
  if (fill.status !== 'in_progress') return <StandsElsewhere fill={fill} />;
  // What was known before may be out of date: nothing is signed before it was asked anew.
  const isCurrent = station.isFetchedAfterMount && prescription.isFetchedAfterMount;
  return <Check station={station.data} prescription={prescription.data} isCurrent={isCurrent} />;
}

interface CheckProps {
  station: FillStation;
  prescription: PrescriptionDetail;
  /** Everything shown was asked for on this screen. */
  isCurrent: boolean;
}

function Check({ station, prescription, isCurrent }: CheckProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isSendingBack, setSendingBack] = useState(false);
  const { fill, policy, missing } = station;
  const scan = usePackScan(fill.fillId, 'verify');
  const missingLots =
    policy.scanPolicy === 'product' ? Math.min(1, missing.verify.length) : missing.verify.length;
  const waitsFor = useWaitsFor({ station, isCurrent, isStopped: scan.isStopped, missingLots });
  const back = () =>
    void navigate({
      to: '/prescriptions/$prescriptionId',
      params: { prescriptionId: String(prescription.prescriptionId) },
    });
  useKeys([{ combo: 'Escape', label: t('common.back'), run: back }]);

  return (
    <Page
      title={t('verify.title.verify', { number: prescription.rxNumber })}
      hint={<FillStatusBadge status={fill.status} />}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="F7"
            label={t('station.sendBack')}
            variant="default"
            onPress={() => setSendingBack(true)}
          />
        </Group>
      }
    >
      {(missingLots > 0 || scan.last.kind !== 'none') && (
        <ScanStrip scan={scan} missing={missingLots} isProven />
      )}
      <div className={classes['verify']}>
        <Stack gap={12}>
          <Card label={t('prescriptions.order')}>
            <DrugHead drug={fill} quantity={fill.quantity} prescription={prescription} />
            <div className={classes['sides']}>
              <AsWritten prescription={prescription} />
              <AsEntered prescription={prescription} fill={fill} />
            </div>
          </Card>
          <div className={classes['sides']}>
            <Card label={t('station.label')}>
              <LabelPreview fill={fill} printed={station.labelsPrinted} />
            </Card>
            <Card label={t('station.scans')}>
              <Title order={2} fz="sm" mb={6}>
                {t('station.scans')}
              </Title>
              <ScansList scans={station.scans} />
            </Card>
          </div>
        </Stack>
        <Card label={t('alerts.screening')}>
          <StepForm
            prescription={prescription}
            fill={fill}
            step="verify"
            waitsFor={waitsFor}
            onDone={() => undefined}
            onClose={back}
          />
          <Text size="sm" c="dimmed" mt="sm">
            {t('station.neverByEnter')}
          </Text>
        </Card>
      </div>
      <Card flush label={t('station.shelf')}>
        <ShelfTable station={station} stage="verify" />
      </Card>
      {isSendingBack && (
        <GiveBack
          fillId={fill.fillId}
          title={t('station.sendBack')}
          onDone={back}
          onClose={() => setSendingBack(false)}
        />
      )}
    </Page>
  );
}

/** Why it cannot be signed yet; undefined when nothing is in the way but its stops. */
function useWaitsFor({
  station,
  isCurrent,
  isStopped,
  missingLots,
}: {
  station: FillStation;
  isCurrent: boolean;
  isStopped: boolean;
  missingLots: number;
}): string | undefined {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const label = useLabelPreview(station.fill);
  if (!can('VerifyPrescription')) return t('station.needsPharmacist');
  if (station.policy.twoPersonRule && station.fill.filledBy === me.userId) return t('station.needsSecond');
  if (!isCurrent || label.data === undefined) return t('station.loading');
  if (isStopped) return t('station.scanAgain');
  if (station.missing.fill.length > 0) return t('station.notFilled');
  if (missingLots > 0) return t('station.scanPacks', { count: missingLots });
  return undefined;
}
