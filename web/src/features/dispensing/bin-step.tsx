import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fill, PrescriptionDetail } from '../../api/types';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { FillStatusBadge } from '../shared/clinical';
import { usePutInBin } from './dispensing-queries';
import { DrugHead } from './drug-head';

/** A verified fill on its way to the shelf of what waits: the bin is named, or left out where the branch has none. */
export function BinStep({ fill, prescription }: { fill: Fill; prescription: PrescriptionDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [bin, setBin] = useState('');
  const put = usePutInBin();

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const wanted = bin.trim();
    put.mutate(
      { fillId: fill.fillId, ...(wanted === '' ? {} : { bin: wanted }) },
      {
        onSuccess: () => {
          toastDone(t('station.inBin'));
          void navigate({ to: '/prescriptions' });
        },
      },
    );
  }

  return (
    <Page
      title={t('station.binTitle', { number: prescription.rxNumber })}
      hint={<FillStatusBadge status={fill.status} />}
    >
      <Card label={t('prescriptions.order')}>
        <DrugHead drug={fill} quantity={fill.quantity} prescription={prescription} />
      </Card>
      <Card>
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            <ProblemAlert problem={put.error} notSaved={t('station.unchanged')} />
            <Group align="end">
              <TextInput
                label={t('station.binCode')}
                autoFocus
                dir="ltr"
                maxLength={40}
                value={bin}
                onChange={(event) => setBin(event.currentTarget.value)}
              />
              <Button type="submit" loading={put.isPending} rightSection={<Keys combo="Enter" />}>
                {t('verify.submit.ready')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
