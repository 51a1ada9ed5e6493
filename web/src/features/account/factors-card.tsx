import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconDeviceMobile, IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryCodes, SecondFactors, TotpBegun } from '../../api/access-types';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import { useSession } from '../../session/session';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { canUseKeys, makeKey } from './webauthn';

const FACTORS = ['auth', 'mfa'] as const;

/** The second factors of the user: what he has, another one, and codes for when he has lost them. */
export function FactorsCard() {
  const { t } = useTranslation();
  const state = useQuery({
    queryKey: FACTORS,
    queryFn: ({ signal }) => api.get<SecondFactors>('/auth/mfa', undefined, signal),
  });
  const [codes, setCodes] = useState<string[]>();
  return (
    <Card label={t('access.factors')}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('access.factors')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('access.factorsHint')}
        </Text>
        {state.isPending && <LoadingRows rows={2} />}
        {state.isError && <ErrorView error={state.error} retry={() => void state.refetch()} />}
        {state.data?.isRequired === true && state.data.factors.length === 0 && <Asked />}
        {codes && <CodesNotice codes={codes} />}
        {state.data && <Factors data={state.data} onCodes={setCodes} />}
      </Stack>
    </Card>
  );
}

/** A role asks for a second factor: until when, or what stands for it here. */
function Asked() {
  const { t } = useTranslation();
  const { me } = useSession();
  if (me.factorDaysLeft === null)
    return (
      <Notice tone="info" title={t('access.tillIsFactor')}>
        <Text size="sm">{t('access.tillIsFactorHint')}</Text>
      </Notice>
    );
  if (me.factorDaysLeft === 0) return null;
  return (
    <Notice tone="warn" title={t('access.factorSoon', { count: me.factorDaysLeft })}>
      <Text size="sm">{t('access.factorSoonHint')}</Text>
    </Notice>
  );
}

/** Codes are shown once. */
function CodesNotice({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  return (
    <Notice tone="info" title={t('access.codesNow')} role="alert">
      <Text size="sm">{t('access.codesHint')}</Text>
      <ul
        aria-label={t('access.recoveryCodes')}
        style={{ columns: '16rem', margin: 8, padding: 0, listStyle: 'none', whiteSpace: 'nowrap' }}
      >
        {codes.map((code) => (
          <li key={code}>
            <Ltr>
              <code>{code}</code>
            </Ltr>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Factors({ data, onCodes }: { data: SecondFactors; onCodes: (codes: string[] | undefined) => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { me } = useSession();
  const [name, setName] = useState('');
  const [begun, setBegun] = useState<TotpBegun>();
  const called = name.trim();
  const done = async (codes?: string[] | null) => {
    setName('');
    setBegun(undefined);
    if (codes) onCodes(codes);
    await queryClient.invalidateQueries({ queryKey: FACTORS });
    // Where nothing else is open its user goes on himself, once he has kept his codes.
    if (me.due === null) await queryClient.invalidateQueries({ queryKey: keys.me });
  };
  const begin = useMutation<TotpBegun, Problem>({
    mutationFn: () => api.post<TotpBegun>('/auth/mfa/totp', { name: called || t('access.app') }),
    onSuccess: setBegun,
  });
  const addKey = useMutation<RecoveryCodes, Problem>({
    mutationFn: async () =>
      api.post<RecoveryCodes>('/auth/mfa/webauthn', {
        name: called || t('access.key'),
        attestation: await makeKey(),
      }),
    onSuccess: ({ recoveryCodes }) => done(recoveryCodes),
  });
  const remove = useMutation<void, Problem, number>({
    mutationFn: (factorId) => api.delete(`/auth/mfa/${factorId}`),
    onSuccess: () => done(),
  });
  const renew = useMutation<RecoveryCodes, Problem>({
    mutationFn: () => api.post<RecoveryCodes>('/auth/mfa/recovery-codes'),
    onSuccess: ({ recoveryCodes }) => done(recoveryCodes),
  });
  return (
    <Stack gap="md">
      {data.fewRecoveryCodes && (
        <Notice tone="warn" title={t('access.fewCodes', { count: data.recoveryCodesLeft })} />
      )}
      {data.factors.length === 0 && <Text size="sm">{t('access.noFactor')}</Text>}
      {data.factors.length > 0 && (
        <ul aria-label={t('access.factors')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {data.factors.map((factor) => (
            <li key={factor.factorId}>
              <Group justify="space-between" py={6}>
                <Group gap="xs">
                  {factor.kind === 'totp' ? (
                    <IconDeviceMobile size={18} aria-hidden />
                  ) : (
                    <IconKey size={18} aria-hidden />
                  )}
                  <Text>
                    <bdi>{factor.name}</bdi>
                  </Text>
                  <StatusBadge tone="neutral">{t(`access.kind.${factor.kind}`)}</StatusBadge>
                  {factor.lastUsedAt !== null && (
                    <Text size="sm" c="dimmed">
                      {t('access.lastUsed')} <DateTimeText value={factor.lastUsedAt} />
                    </Text>
                  )}
                </Group>
                <Button
                  variant="default"
                  size="compact-md"
                  aria-label={t('access.removeNamed', { name: factor.name })}
                  onClick={() => remove.mutate(factor.factorId)}
                >
                  {t('access.remove')}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      )}
      <ProblemAlert
        problem={begin.error ?? addKey.error ?? remove.error ?? renew.error}
        notSaved={t('access.notChanged')}
      />
      {begun ? (
        <Enrolment begun={begun} onDone={done} />
      ) : (
        <Group align="flex-end">
          <TextInput
            label={t('access.name')}
            description={t('access.nameHint')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('access.addApp')}
          </Button>
          {data.canUseKeys && canUseKeys() && (
            <Button variant="default" loading={addKey.isPending} onClick={() => addKey.mutate()}>
              {t('access.addKey')}
            </Button>
          )}
          {data.factors.length > 0 && (
            <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
              {t('access.newCodes')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

/** An app is shown its secret and proves that it has it. */
function Enrolment({
  begun,
  onDone,
}: {
  begun: TotpBegun;
  onDone: (codes: string[] | null) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [otp, setOtp] = useState('');
  const confirm = useMutation<RecoveryCodes, Problem>({
    mutationFn: () => api.post<RecoveryCodes>(`/auth/mfa/totp/${begun.factorId}/confirm`, { otp }),
    onSuccess: async ({ recoveryCodes }) => {
      toastDone(t('access.appAdded'));
      await onDone(recoveryCodes);
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    confirm.mutate();
  }
  return (
    <form onSubmit={onSubmit} aria-label={t('access.addApp')}>
      <Group align="flex-start" wrap="nowrap">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`}
          alt={t('access.qr')}
          width={180}
          height={180}
          style={{ background: 'white', padding: 8 }}
        />
        <Stack gap="sm">
          <Text size="sm">{t('access.scan')}</Text>
          <Text size="sm">
            {t('access.orType')}{' '}
            <Ltr>
              <code data-secret>{begun.secret}</code>
            </Ltr>
          </Text>
          <ProblemAlert problem={confirm.error} notSaved={t('access.notChanged')} />
          <TextInput
            label={t('access.codeOfApp')}
            value={otp}
            onChange={(event) => setOtp(event.currentTarget.value.replace(/\s/g, ''))}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            required
            withAsterisk={false}
            autoFocus
          />
          <Button type="submit" loading={confirm.isPending}>
            {t('access.confirm')}
          </Button>
        </Stack>
      </Group>
    </form>
  );
}
