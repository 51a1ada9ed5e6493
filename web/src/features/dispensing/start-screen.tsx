import { Group, Text } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilledPrescription, PrescriptionDetail } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { Card, Page } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { PrescriptionStatusBadge } from '../shared/clinical';
import { usePrint } from '../shared/print';
import { usePrescription } from '../prescriptions/prescription-queries';
import { DrugHead } from './drug-head';
import { FillDone } from './fill-done';
import { FillForm } from './fill-form';

const route = getRouteApi('/dispensing/start/$prescriptionId');
const PrepareNotice = lazy(async () => {
  const { PrepareNotice: notice } = await withTexts(
    'compounding',
    () => import('../compounding/prepare-notice'),
  );
  return { default: notice };
});

/** The next fill of a prescription before it is begun: Enter begins it and prints its label. */
export function StartScreen() {
  const prescriptionId = Number.parseInt(route.useParams().prescriptionId, 10);
  const prescription = usePrescription(prescriptionId, { isFresh: true });
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!prescription.data) return <LoadingRows />;
  return <Start key={prescriptionId} prescription={prescription.data} />;
}

function Start({ prescription }: { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const { printLabel } = usePrint();
  const [done, setDone] = useState<FilledPrescription>();
  const { prescriptionId, rxNumber, patientId } = prescription;
  const isRefill = prescription.fills.some((fill) => fill.status === 'dispensed');
  const isOwed = decimalOrZero(prescription.quantityOwed) > 0n;
  const isPossible = prescription.commands.includes('fill') || prescription.commands.includes('refill');
  const back = () =>
    void navigate({
      to: '/prescriptions/$prescriptionId',
      params: { prescriptionId: String(prescriptionId) },
    });
  useKeys([{ combo: 'Escape', label: t('common.back'), run: back }]);

  function onDone(fill: FilledPrescription): void {
    if (fill.status === 'dispensed') return setDone(fill);
    printLabel(fill.fillId);
    void navigate({ to: '/dispensing/fill/$fillId', params: { fillId: String(fill.fillId) }, replace: true });
  }

  if (done)
    return (
      <Page title={t('fill.doneTitle')}>
        <Card>
          <FillDone fill={done} patientId={patientId} onClose={back} />
        </Card>
      </Page>
    );
  return (
    <Page
      title={t(isRefill ? 'station.refillTitle' : 'station.startTitle', { number: rxNumber })}
      hint={<PrescriptionStatusBadge prescription={prescription} />}
    >
      <Card label={t('prescriptions.order')}>
        <DrugHead
          drug={prescription}
          quantity={isOwed ? prescription.quantityOwed : prescription.quantity}
          prescription={prescription}
        />
        <Group gap="lg">
          {isOwed && <Text fw={600}>{t('station.rest')}</Text>}
          <Text size="sm" c="dimmed">
            {t('prescriptions.refillsLeft')}{' '}
            <Ltr>
              {prescription.refillsRemaining} / {prescription.refillsAuthorized}
            </Ltr>{' '}
            · {t('prescriptions.validTo')} <DateText value={prescription.expiresOn} />
          </Text>
        </Group>
      </Card>
      {isPossible && can('Compound') && (
        <Suspense fallback={null}>
          <PrepareNotice prescription={prescription} isOnlyShort />
        </Suspense>
      )}
      <Card label={t('alerts.screening')}>
        {isPossible ? (
          <FillForm prescription={prescription} isRefill={isRefill} onDone={onDone} onClose={back} />
        ) : (
          <EmptyView
            title={t('station.nothingLeft')}
            hint={t('station.nothingLeftHint')}
            action={<KeyButton combo="F6" label={t('station.toPrescription')} onPress={back} />}
          />
        )}
      </Card>
    </Page>
  );
}
