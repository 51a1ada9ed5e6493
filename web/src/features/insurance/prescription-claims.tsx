import { Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Claim, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { localName } from '../shared/names';
import { ClaimDialog } from './claim-dialog';
import { ClaimStatusBadge } from './claim-text';
import { useClaims, useClaimStep, useCovers, useEstimate } from './insurance-queries';

/** What insurance bears under a prescription: the claims of its fills, else what the patient would pay today. */
export function PrescriptionClaims({ prescription }: { prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const covers = useCovers(prescription.patientId);
  const claims = useClaims({ prescriptionId: prescription.prescriptionId, limit: 50 });
  const [openId, setOpenId] = useState<number>();
  const ask = useClaimStep(() => undefined);
  if (covers.isError) return <ErrorView error={covers.error} retry={() => void covers.refetch()} />;
  if (claims.isError) return <ErrorView error={claims.error} retry={() => void claims.refetch()} />;
  if (!covers.data || !claims.data) return <LoadingRows rows={2} />;
  // A patient without insurance is not asked about it on every prescription.
  if (covers.data.data.length === 0 && claims.data.data.length === 0) return null;
  const shown = claims.data.data.filter((one) => one.status !== 'resubmitted');
  const open = prescription.fills.find(
    (fill) =>
      fill.soldInSaleId === null &&
      fill.status !== 'reversed' &&
      fill.status !== 'returned_to_stock' &&
      !shown.some((claim) => claim.fillId === fill.fillId && claim.status !== 'reversed'),
  );
  return (
    <Card label={t('claims.insurance')}>
      <Group justify="space-between" mb={8}>
        <Title order={2}>{t('claims.insurance')}</Title>
        {open && can('WriteClaims') && (
          <KeyButton
            combo="Alt+I"
            label={t('claims.askPayers')}
            variant="default"
            size="xs"
            loading={ask.isPending}
            onPress={() => ask.mutate({ path: '/claims', body: { fillId: open.fillId } })}
          />
        )}
      </Group>
      <Stack gap={6}>
        <ProblemAlert problem={ask.error} notSaved={t('claims.notSaved')} />
        {shown.map((claim) => (
          <ClaimLine key={claim.claimId} claim={claim} onOpen={() => setOpenId(claim.claimId)} />
        ))}
        {shown.length === 0 && <Estimate prescription={prescription} />}
      </Stack>
      <ClaimDialog claimId={openId} onOpen={setOpenId} onClose={() => setOpenId(undefined)} />
    </Card>
  );
}

function ClaimLine({ claim, onOpen }: { claim: Claim; onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Group gap="sm">
      <ClaimStatusBadge status={claim.status} />
      <Text size="sm">
        <button type="button" className={rowLinkClass} onClick={onOpen}>
          <Ltr>{claim.claimNumber}</Ltr>
        </button>
        {' · '}
        <bdi>{localName({ name: claim.payerName, nameAr: claim.payerNameAr }, i18n.language)}</bdi>
        {' · '}
        {claim.payerShare === null ? (
          claim.rejectCode !== null && t(`claims.reject.${claim.rejectCode}`)
        ) : (
          <>
            <MoneyText value={claim.payerShare} /> {t('claims.of')} <MoneyText value={claim.amountClaimed} />
            {' · '}
            {t('till.patientPays')} <MoneyText value={claim.patientShare} strong />
          </>
        )}
      </Text>
    </Group>
  );
}

function Estimate({ prescription }: { prescription: PrescriptionDetail }) {
  const { t, i18n } = useTranslation();
  const { patientId, drugId, quantity, daysSupply } = prescription;
  const estimate = useEstimate({ patientId, drugId, quantity, daysSupply }, true);
  if (estimate.isError) return <ErrorView error={estimate.error} retry={() => void estimate.refetch()} />;
  if (!estimate.data) return <LoadingRows rows={1} />;
  return (
    <Text size="sm">
      {t('claims.estimate')}: {t('till.patientPays')} <MoneyText value={estimate.data.patientShare} strong />{' '}
      {t('claims.of')} <MoneyText value={estimate.data.price} />
      {estimate.data.payers.map((payer) => (
        <span key={payer.insuranceId}>
          {' · '}
          <bdi>{localName({ name: payer.payerName, nameAr: payer.payerNameAr }, i18n.language)}</bdi>{' '}
          {payer.rejectCode === null ? (
            <MoneyText value={payer.payerShare} />
          ) : (
            t(`claims.reject.${payer.rejectCode}`)
          )}
        </span>
      ))}
    </Text>
  );
}
