import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cover } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { localName } from '../shared/names';
import { useAddCover, useChangeCover, usePayersInUse, usePlans } from './insurance-queries';

interface CoverDialogProps {
  patientId: number;
  opened: boolean;
  cover: Cover | undefined;
  /** Place of a new cover in the order. */
  next: number;
  onClose: () => void;
}

/** A new cover of a patient, or a change of one, whose payer stays. */
export function CoverDialog({ opened, cover, onClose, ...rest }: CoverDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t(cover ? 'covers.edit' : 'covers.add')}>
      {opened && <CoverForm cover={cover} onClose={onClose} {...rest} />}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function CoverForm({ patientId, cover, next, onClose }: Omit<CoverDialogProps, 'opened'>) {
  const { t, i18n } = useTranslation();
  const payers = usePayersInUse();
  const [payerId, setPayerId] = useState(cover ? String(cover.payerId) : '');
  const plans = usePlans(payerId === '' ? undefined : Number(payerId));
  const [planId, setPlanId] = useState(cover?.planId ? String(cover.planId) : '');
  const [member, setMember] = useState(cover?.memberNumber ?? '');
  const [priority, setPriority] = useState(String(cover?.priority ?? next));
  const [validFrom, setValidFrom] = useState(cover?.validFrom ?? '');
  const [validTo, setValidTo] = useState(cover?.validTo ?? '');
  const add = useAddCover(patientId, onClose);
  const change = useChangeCover(patientId, cover?.insuranceId ?? 0, onClose);
  const save = cover ? change : add;
  const format = payers.data?.data.find((one) => String(one.payerId) === payerId)?.memberFormat;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const values = {
      planId: planId === '' ? null : Number(planId),
      memberNumber: member.trim(),
      priority: Number(priority),
      validFrom: orNull(validFrom),
      validTo: orNull(validTo),
    };
    if (cover) change.mutate({ version: cover.version, ...values });
    else add.mutate({ payerId: Number(payerId), ...values });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('claims.notSaved')} />
        {cover ? (
          <Text fw={600}>
            <bdi>{cover.payerName}</bdi>
          </Text>
        ) : (
          <NativeSelect
            label={t('claims.payer')}
            required
            value={payerId}
            onChange={(event) => {
              setPayerId(event.currentTarget.value);
              setPlanId('');
            }}
            data={[
              { value: '', label: t('claims.choosePayer') },
              ...(payers.data?.data ?? []).map((one) => ({
                value: String(one.payerId),
                label: localName(one, i18n.language),
              })),
            ]}
            data-autofocus
          />
        )}
        <NativeSelect
          label={t('payers.planName')}
          value={planId}
          onChange={(event) => setPlanId(event.currentTarget.value)}
          data={[
            { value: '', label: t('covers.noPlan') },
            ...(plans.data?.data ?? [])
              .filter((one) => one.active || String(one.planId) === planId)
              .map((one) => ({ value: String(one.planId), label: localName(one, i18n.language) })),
          ]}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('covers.memberNumber')}
            description={format ? `${t('payers.memberFormat')}: \u2066${format}\u2069` : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            maxLength={100}
            dir="ltr"
            value={member}
            onChange={(event) => setMember(event.currentTarget.value)}
            data-autofocus={cover ? true : undefined}
          />
          <NativeSelect
            label={t('covers.priority')}
            value={priority}
            onChange={(event) => setPriority(event.currentTarget.value)}
            data={Array.from({ length: 9 }, (_, index) => String(index + 1))}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label={t('payers.validFrom')}
            type="date"
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
          <TextInput
            label={t('payers.validTo')}
            type="date"
            min={validFrom}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
          />
        </Group>
        <FormFoot
          isSaving={save.isPending}
          onCancel={onClose}
          disabled={payerId === '' || member.trim() === ''}
        />
      </Stack>
    </form>
  );
}
