import { Button, Group, List, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateErasureRequest, ErasurePreview } from '../../api/erasure-types';
import { DateText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useErasurePreview, useRequestErasure } from './erasure-queries';

const ASKED_BY = ['patient', 'guardian', 'proxy', 'authority'] as const;

interface EraseDialogProps {
  patientId: number;
  opened: boolean;
  onClose: () => void;
}

/** Shows what an erasure would do, and writes down that the person asked; it is carried out from the list of requests. */
export function EraseDialog({ patientId, opened, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const preview = useErasurePreview(patientId, opened);
  const isOpen = (preview.data?.open.length ?? 0) > 0;
  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.erasure.title')} size="lg">
      {preview.isPending && <LoadingRows rows={3} />}
      {preview.isError && <ErrorView error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && (
        <Stack gap="sm">
          <PreviewText preview={preview.data} />
          {isOpen ? (
            <Group justify="flex-end">
              <Button variant="default" data-autofocus onClick={onClose}>
                {t('common.close')}
              </Button>
            </Group>
          ) : (
            <RequestForm patientId={patientId} onClose={onClose} />
          )}
        </Stack>
      )}
    </Dialog>
  );
}

function PreviewText({ preview }: { preview: ErasurePreview }) {
  const { t } = useTranslation();
  const atOnce = preview.atOnce.reduce((sum, { records }) => sum + records, 0);
  return (
    <>
      {preview.open.length > 0 && (
        <Notice tone="stop" title={t('people.erasure.open')}>
          <List size="sm">
            {preview.open.map(({ kind, records }) => (
              <List.Item key={kind}>
                {t(`people.erasure.openKind.${kind}`, { defaultValue: kind })}: {records}
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
      <Text size="sm">{t('people.erasure.atOnce', { count: atOnce })}</Text>
      {preview.held.length > 0 && (
        <>
          <Title order={3} size="sm">
            {t('people.erasure.heldTitle')}
          </Title>
          <List size="sm">
            {preview.held.map(({ recordClass, records, heldUntil, legalBasis, source }) => (
              <List.Item key={recordClass}>
                {t(`people.erasure.class.${recordClass}`)} ({records}) {t('people.erasure.until')}{' '}
                <DateText value={heldUntil} />
                <Text size="xs" c="dimmed">
                  <bdi>{legalBasis}</bdi> <bdi>{source}</bdi>
                </Text>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </>
  );
}

function RequestForm({ patientId, onClose }: { patientId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const request = useRequestErasure(patientId);
  const [requestedBy, setRequestedBy] = useState<CreateErasureRequest['requestedBy']>('patient');
  const [requesterName, setRequesterName] = useState('');
  const [identityProof, setIdentityProof] = useState('');
  const [reason, setReason] = useState('');
  const isNamed = requestedBy === 'patient' || requesterName.trim() !== '';
  const isReady = isNamed && identityProof.trim().length >= 3 && reason.trim().length >= 3;
  const submit = () =>
    request.mutate(
      {
        requestedBy,
        identityProof: identityProof.trim(),
        reason: reason.trim(),
        ...(requestedBy === 'patient' ? {} : { requesterName: requesterName.trim() }),
      },
      {
        onSuccess: () => {
          toastDone(t('people.erasure.requested'));
          onClose();
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !request.isPending) submit();
      }}
    >
      <Stack gap="sm">
        <ProblemAlert problem={request.error} />
        <NativeSelect
          label={t('people.erasure.requestedBy')}
          data-autofocus
          value={requestedBy}
          onChange={({ currentTarget: { value } }) =>
            setRequestedBy(ASKED_BY.find((one) => one === value) ?? 'patient')
          }
          data={ASKED_BY.map((value) => ({ value, label: t(`people.erasure.by.${value}`) }))}
        />
        {requestedBy !== 'patient' && (
          <TextInput
            label={t('people.erasure.requesterName')}
            required
            maxLength={200}
            value={requesterName}
            onChange={({ currentTarget: { value } }) => setRequesterName(value)}
          />
        )}
        <TextInput
          label={t('people.erasure.identityProof')}
          required
          maxLength={300}
          value={identityProof}
          onChange={({ currentTarget: { value } }) => setIdentityProof(value)}
        />
        <TextInput
          label={t('people.erasure.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={request.isPending}>
            {t('people.erasure.request')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
