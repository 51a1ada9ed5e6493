import { NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { CustomerAccount, Patient } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { FormFoot } from '../../ui/form-foot';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { PatientPicker } from '../shared/patient-picker';
import { useOpenAccount, useUpdateAccount } from './account-queries';

const KINDS = ['person', 'organisation'] as const;
const STATUSES = ['open', 'blocked'] as const;

interface AccountFormProps {
  /** The account that is changed; left out: a new one. */
  account?: CustomerAccount;
  onOpened?: (account: CustomerAccount) => void;
  onClose: () => void;
}

/** Who the customer is; of one there is, also his limit and whether he may buy. */
export function AccountForm({ account, onOpened, onClose }: AccountFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof KINDS)[number]>(account?.kind ?? 'person');
  const [name, setName] = useState(account?.name ?? '');
  const [nameAr, setNameAr] = useState(account?.nameAr ?? '');
  const [phone, setPhone] = useState(account?.phone ?? '');
  const [patientId, setPatientId] = useState(account?.patientId ?? null);
  const [limit, setLimit] = useState(account?.creditLimit ?? '0.00');
  const [status, setStatus] = useState<(typeof STATUSES)[number]>(account?.status ?? 'open');
  const patient = useQuery({
    queryKey: keys.patient(patientId ?? 0),
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${patientId ?? 0}`, undefined, signal),
    enabled: patientId !== null,
  });
  const open = useOpenAccount((opened) => {
    toastDone(t('accounts.opened', { number: opened.accountNumber }));
    onOpened?.(opened);
  });
  const update = useUpdateAccount(account?.accountId ?? 0, () => {
    toastDone(t('accounts.saved'));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const identity = {
      kind,
      name: name.trim(),
      nameAr: nameAr.trim() === '' ? null : nameAr.trim(),
      phone: phone.trim() === '' ? null : phone.trim(),
      patientId,
    };
    if (account === undefined) open.mutate(identity);
    else
      update.mutate({
        ...identity,
        version: account.version,
        creditLimit: formatMoney(decimalOrZero(limit)),
        status,
      });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={account ? update.error : open.error} notSaved={t('accounts.notSaved')} />
        <TextInput
          label={t('accounts.name')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('accounts.nameAr')}
          dir="rtl"
          lang="ar"
          maxLength={200}
          value={nameAr}
          onChange={(event) => setNameAr(event.currentTarget.value)}
        />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('accounts.phone')}
            type="tel"
            dir="ltr"
            maxLength={50}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('accounts.kindOf')}
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'person')}
            data={KINDS.map((value) => ({ value, label: t(`accounts.kind.${value}`) }))}
          />
        </SimpleGrid>
        <PatientPicker
          label={t('accounts.patient')}
          value={patientId === null ? null : (patient.data ?? null)}
          onChange={(chosen) => setPatientId(chosen?.patientId ?? null)}
        />
        {account && (
          <SimpleGrid cols={2} spacing="sm">
            <DecimalInput label={t('accounts.limit')} required value={limit} onChange={setLimit} />
            <NativeSelect
              label={t('accounts.statusOf')}
              value={status}
              onChange={(event) =>
                setStatus(STATUSES.find((one) => one === event.currentTarget.value) ?? 'open')
              }
              data={STATUSES.map((value) => ({ value, label: t(`accounts.status.${value}`) }))}
            />
          </SimpleGrid>
        )}
        <FormFoot
          isSaving={open.isPending || update.isPending}
          onCancel={onClose}
          disabled={name.trim() === ''}
        />
      </Stack>
    </form>
  );
}
