import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authorisation, Cover } from '../../api/types';
import { useSession } from '../../session/session';
import { rowLinkClass } from '../../ui/data-table';
import { DateText, todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useAddAuthorisation, useAuthorisations, useChangeAuthorisation } from './insurance-queries';
import { SubjectFields, useSubject } from './subject-fields';

interface AuthorisationsProps {
  patientId: number;
  covers: readonly Cover[];
}

/** What payers allowed a patient beforehand: what of it is used, until when, and what was withdrawn. */
export function Authorisations({ patientId, covers }: AuthorisationsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const authorisations = useAuthorisations(patientId);
  const [open, setOpen] = useState<{ authorisation: Authorisation | undefined }>();
  const mayWrite = can('WriteClaims');
  const close = () => setOpen(undefined);
  return (
    <Stack gap={6} mt="md" component="section" aria-label={t('authorisations.title')}>
      <Title order={3}>{t('authorisations.title')}</Title>
      {authorisations.isPending && <LoadingRows rows={1} />}
      {authorisations.isError && (
        <ErrorView error={authorisations.error} retry={() => void authorisations.refetch()} />
      )}
      {authorisations.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('authorisations.none')}
        </Text>
      )}
      {authorisations.data?.data.map((one) => (
        <Text size="sm" key={one.authorisationId}>
          {mayWrite && !one.withdrawn ? (
            <button type="button" className={rowLinkClass} onClick={() => setOpen({ authorisation: one })}>
              <Ltr>{one.number}</Ltr>
            </button>
          ) : (
            <Ltr>{one.number}</Ltr>
          )}
          {' · '}
          <MixedText text={one.subject} />
          {' · '}
          <bdi>{one.payerName}</bdi>
          {' · '}
          <DateText value={one.validFrom} /> – <DateText value={one.validTo} />
          {' · '}
          {t('authorisations.used')} <QuantityText value={one.used} />
          {one.quantity !== null && (
            <>
              {' / '}
              <QuantityText value={one.quantity} />
            </>
          )}{' '}
          <State authorisation={one} />
        </Text>
      ))}
      {mayWrite && covers.length > 0 && (
        <Group mt={4}>
          <KeyButton
            combo="Z"
            label={t('authorisations.add')}
            variant="default"
            size="xs"
            onPress={() => setOpen({ authorisation: undefined })}
          />
        </Group>
      )}
      <Dialog
        opened={open !== undefined}
        onClose={close}
        size="lg"
        title={t(open?.authorisation ? 'authorisations.edit' : 'authorisations.add')}
      >
        {open &&
          (open.authorisation ? (
            <ChangeForm authorisation={open.authorisation} onClose={close} />
          ) : (
            <NewForm covers={covers} onClose={close} />
          ))}
      </Dialog>
    </Stack>
  );
}

function State({ authorisation }: { authorisation: Authorisation }) {
  const { t } = useTranslation();
  const today = todayLocal();
  if (authorisation.withdrawn) return <StatusBadge tone="stop">{t('authorisations.withdrawn')}</StatusBadge>;
  if (authorisation.validTo < today) return <StatusBadge tone="stop">{t('covers.ended')}</StatusBadge>;
  if (authorisation.validFrom > today) return <StatusBadge tone="warn">{t('covers.notYet')}</StatusBadge>;
  return <StatusBadge tone="ok">{t('authorisations.valid')}</StatusBadge>;
}

function NewForm({ covers, onClose }: { covers: readonly Cover[]; onClose: () => void }) {
  const { t } = useTranslation();
  const subject = useSubject('drug');
  const [insuranceId, setInsuranceId] = useState(covers[0]?.insuranceId ?? 0);
  const [number, setNumber] = useState('');
  const [quantity, setQuantity] = useState('');
  const [validFrom, setValidFrom] = useState(todayLocal());
  const [validTo, setValidTo] = useState('');
  const add = useAddAuthorisation(insuranceId, () => {
    toastDone(t('claims.saved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!subject.isChosen) return;
    add.mutate({
      number: number.trim(),
      ...subject.sent,
      quantity: quantity === '' ? null : quantity,
      validFrom,
      validTo,
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={add.error} notSaved={t('claims.notSaved')} />
        <Group grow align="flex-start">
          <SubjectFields subject={subject} kinds={['drug', 'ingredient', 'class']} />
        </Group>
        <Group grow align="flex-start">
          <NativeSelect
            label={t('claims.payer')}
            value={String(insuranceId)}
            onChange={(event) => setInsuranceId(Number(event.currentTarget.value))}
            data={covers.map((cover) => ({
              value: String(cover.insuranceId),
              label: [cover.payerName, cover.memberNumber].join(' · '),
            }))}
          />
          <TextInput
            label={t('authorisations.number')}
            required
            maxLength={100}
            dir="ltr"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldError(add.error, '/number')}
          />
        </Group>
        <Group grow align="flex-start">
          <Validity from={validFrom} to={validTo} onFrom={setValidFrom} onTo={setValidTo} />
          <DecimalInput label={t('authorisations.quantity')} value={quantity} onChange={setQuantity} />
        </Group>
        <FormFoot isSaving={add.isPending} onCancel={onClose} disabled={!subject.isChosen} />
      </Stack>
    </form>
  );
}

interface ValidityProps {
  from: string;
  to: string;
  onFrom?: (day: string) => void;
  onTo: (day: string) => void;
}

function Validity({ from, to, onFrom, onTo }: ValidityProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('payers.validFrom')}
        type="date"
        required
        disabled={!onFrom}
        value={from}
        onChange={(event) => onFrom?.(event.currentTarget.value)}
      />
      <TextInput
        label={t('payers.validTo')}
        type="date"
        required
        min={from}
        value={to}
        onChange={(event) => onTo(event.currentTarget.value)}
      />
    </>
  );
}

function ChangeForm({ authorisation, onClose }: { authorisation: Authorisation; onClose: () => void }) {
  const { t } = useTranslation();
  const { authorisationId, version, validFrom } = authorisation;
  const [quantity, setQuantity] = useState(authorisation.quantity ?? '');
  const [validTo, setValidTo] = useState(authorisation.validTo);
  const change = useChangeAuthorisation(authorisationId, () => {
    toastDone(t('claims.saved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    change.mutate({ version, validTo, quantity: quantity === '' ? null : quantity });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={change.error} notSaved={t('claims.notSaved')} />
        <Text fw={600}>
          <Ltr>{authorisation.number}</Ltr> · <MixedText text={authorisation.subject} />
        </Text>
        <Group grow align="flex-start">
          <Validity from={validFrom} to={validTo} onTo={setValidTo} />
          <DecimalInput
            label={t('authorisations.quantity')}
            value={quantity}
            onChange={setQuantity}
            data-autofocus
          />
        </Group>
        <FormFoot isSaving={change.isPending} onCancel={onClose}>
          <Button
            variant="default"
            color="red"
            title={t('authorisations.withdrawHint')}
            loading={change.isPending}
            onClick={() => change.mutate({ version, withdrawn: true })}
          >
            {t('authorisations.withdraw')}
          </Button>
        </FormFoot>
      </Stack>
    </form>
  );
}
