import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimDetail, FillClaims } from '../../api/types';
import { useSession } from '../../session/session';
import { DateText, DateTimeText, todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { localName } from '../shared/names';
import { CLAIM_STATUSES, ClaimStatusBadge } from './claim-text';
import classes from './insurance.module.css';
import { useClaim, useClaimStep } from './insurance-queries';

interface ClaimDialogProps {
  claimId: number | undefined;
  /** Shows another claim, such as the one that corrects this one. */
  onOpen: (claimId: number) => void;
  onClose: () => void;
}

type Form = 'resubmit' | 'write-off' | 'reverse' | 'pay';

/** One claim: how it was answered, its history, and what can be done with it, each with its key. */
export function ClaimDialog({ claimId, onOpen, onClose }: ClaimDialogProps) {
  const { t } = useTranslation();
  const claim = useClaim(claimId);
  return (
    <Dialog
      opened={claimId !== undefined}
      onClose={onClose}
      title={claim.data ? t('claims.one', { number: claim.data.claimNumber }) : t('claims.claim')}
      size="lg"
    >
      {claim.isPending && <LoadingRows />}
      {claim.isError && <ErrorView error={claim.error} retry={() => void claim.refetch()} />}
      {claim.data && (
        <ClaimParts key={claim.data.claimId} claim={claim.data} onOpen={onOpen} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ClaimParts({
  claim,
  onOpen,
  onClose,
}: {
  claim: ClaimDetail;
  onOpen: (claimId: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [form, setForm] = useState<Form>();
  function done(answer: FillClaims): void {
    setForm(undefined);
    toastDone(t('claims.saved'));
    const next = answer.claims.find((one) => one.previousClaimId === claim.claimId);
    if (next) onOpen(next.claimId);
  }
  const ask = useClaimStep(done);
  const can_ = (command: ClaimDetail['commands'][number]) =>
    can('WriteClaims') && claim.commands.includes(command);
  const at = `/claims/${claim.claimId}`;

  return (
    <Stack gap="md">
      <Answer claim={claim} />
      <ProblemAlert problem={ask.error} notSaved={t('claims.notSaved')} />
      {form === 'resubmit' && (
        <ResubmitForm claim={claim} onDone={done} onCancel={() => setForm(undefined)} />
      )}
      {form === 'pay' && <PayForm claim={claim} onDone={done} onCancel={() => setForm(undefined)} />}
      {(form === 'write-off' || form === 'reverse') && (
        <ReasonForm key={form} claim={claim} verb={form} onDone={done} onCancel={() => setForm(undefined)} />
      )}
      {form === undefined && (
        <Group gap="xs">
          {can_('adjudicate') && (
            <KeyButton
              combo="F9"
              label={t('claims.askAgain')}
              loading={ask.isPending}
              onPress={() => ask.mutate({ path: `${at}/adjudicate`, body: {} })}
            />
          )}
          {can_('resubmit') && (
            <KeyButton combo="F9" label={t('claims.correct')} autoFocus onPress={() => setForm('resubmit')} />
          )}
          {can_('pay') && (
            <KeyButton combo="F9" label={t('claims.pay')} autoFocus onPress={() => setForm('pay')} />
          )}
          {can_('write-off') && (
            <KeyButton
              combo="Alt+W"
              label={t('claims.writeOff')}
              variant="default"
              onPress={() => setForm('write-off')}
            />
          )}
          {can_('reverse') && claim.soldInSaleId === null && (
            <KeyButton
              combo="Alt+R"
              label={t('claims.reverse')}
              variant="default"
              onPress={() => setForm('reverse')}
            />
          )}
          {claim.isReversalPending && can('WriteClaims') && (
            <KeyButton
              combo="F9"
              label={t('claims.tellAgain')}
              loading={ask.isPending}
              onPress={() => ask.mutate({ path: `${at}/reverse`, body: { reason: t('claims.tellAgain') } })}
            />
          )}
          <Button variant="default" onClick={onClose}>
            {t('common.close')}
          </Button>
        </Group>
      )}
      <Events claim={claim} />
    </Stack>
  );
}

function Answer({ claim }: { claim: ClaimDetail }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { breakdown } = claim;
  return (
    <>
      <Group gap="sm">
        <ClaimStatusBadge status={claim.status} />
        <Text size="sm">
          <bdi>{localName({ name: claim.payerName, nameAr: claim.payerNameAr }, language)}</bdi>
          {claim.planName !== null && (
            <>
              {' · '}
              <bdi>{claim.planName}</bdi>
            </>
          )}
          {' · '}
          <Ltr>{claim.memberNumber}</Ltr>
        </Text>
      </Group>
      {claim.rejectCode !== null && (
        <Notice tone="stop" title={t(`claims.reject.${claim.rejectCode}`)}>
          <Text size="sm">
            {t(`claims.advice.${claim.rejectCode}`)}{' '}
            {claim.rejectDetail !== null && (
              <>
                {t('claims.notBefore')} <DateText value={claim.rejectDetail} />
              </>
            )}
          </Text>
        </Notice>
      )}
      {claim.isReversalPending && <Notice tone="warn" title={t('claims.reversalPending')} />}
      <dl className={classes['facts']}>
        <Fact name={t('claims.patient')}>
          <bdi>{localName({ name: claim.patientName, nameAr: claim.patientNameAr }, language)}</bdi>
        </Fact>
        <Fact name={t('claims.fill')}>
          <bdi>{claim.drugName}</bdi> · <Ltr>{claim.quantity}</Ltr> · <Ltr>{claim.rxNumber}</Ltr>
        </Fact>
        <Fact name={t('claims.serviceDate')}>
          <DateText value={claim.serviceDate} />
        </Fact>
        <Fact name={t('claims.amount')}>
          <MoneyText value={claim.amountClaimed} />
        </Fact>
        {breakdown && (
          <>
            <Fact name={t('claims.eligible')}>
              <MoneyText value={breakdown.eligible} />
            </Fact>
            <Fact name={t('claims.deductible')}>
              <MoneyText value={breakdown.deductible} />
            </Fact>
            <Fact name={t('claims.memberPart')}>
              <MoneyText value={breakdown.memberPart} />
            </Fact>
            <Fact name={t('claims.capped')}>
              <MoneyText value={breakdown.capped} />
            </Fact>
          </>
        )}
        <Fact name={t('claims.payerShare')}>
          <MoneyText value={claim.payerShare} strong />
        </Fact>
        <Fact name={t('claims.patientShare')}>
          <MoneyText value={claim.patientShare} strong />
        </Fact>
        {claim.authorisationNumber !== null && (
          <Fact name={t('claims.authorisation')}>
            <Ltr>{claim.authorisationNumber}</Ltr>
          </Fact>
        )}
        {claim.paidOn !== null && (
          <Fact name={t('claims.paidOn')}>
            <DateText value={claim.paidOn} /> <bdi>{claim.paidReference}</bdi>
          </Fact>
        )}
        {claim.batchId !== null && (
          <Fact name={t('claims.batch')}>
            <Ltr>{claim.batchId}</Ltr>
          </Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Events({ claim }: { claim: ClaimDetail }) {
  const { t } = useTranslation();
  return (
    <ul className={classes['events']} aria-label={t('claims.history')}>
      {claim.events.map((event, index) => {
        const known = CLAIM_STATUSES.find((one) => one === event.toStatus);
        return (
          <li key={index}>
            <DateTimeText value={event.occurredAt} /> · {known && t(`claims.status.${known}`)}
            {event.userName !== null && (
              <>
                {' · '}
                <bdi>{event.userName}</bdi>
              </>
            )}
            {event.reason !== null && (
              <>
                {' · '}
                <bdi>{event.reason}</bdi>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface FormProps {
  claim: ClaimDetail;
  onDone: (claims: FillClaims) => void;
  onCancel: () => void;
}

/** Corrects what the payer refused: first what the reason is about. */
function ResubmitForm({ claim, onDone, onCancel }: FormProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [member, setMember] = useState(claim.memberNumber);
  const [number, setNumber] = useState('');
  const [validTo, setValidTo] = useState(claim.serviceDate);
  const step = useClaimStep(onDone);
  const isAuthorisation = claim.rejectCode === 'prior_authorisation';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    step.mutate({
      path: `/claims/${claim.claimId}/resubmit`,
      body: {
        ...(member.trim() === claim.memberNumber ? {} : { memberNumber: member.trim() }),
        ...(number.trim() === '' ? {} : { authorisation: { number: number.trim(), validTo } }),
      },
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={step.error} notSaved={t('claims.notSaved')} />
        <TextInput
          label={t('covers.memberNumber')}
          value={member}
          onChange={(event) => setMember(event.currentTarget.value)}
          required
          maxLength={100}
          disabled={!can('WritePatient')}
          dir="ltr"
          data-autofocus={!isAuthorisation || undefined}
          autoFocus={!isAuthorisation}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('claims.authorisation')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            required={isAuthorisation}
            maxLength={100}
            dir="ltr"
            autoFocus={isAuthorisation}
          />
          <TextInput
            label={t('claims.authorisationTo')}
            type="date"
            min={claim.serviceDate}
            value={validTo}
            onChange={(event) => setValidTo(event.currentTarget.value)}
            required={number.trim() !== ''}
          />
        </Group>
        <FormFoot isSaving={step.isPending} onCancel={onCancel} saveLabel={t('claims.resubmit')} />
      </Stack>
    </form>
  );
}

function PayForm({ claim, onDone, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [paidOn, setPaidOn] = useState(todayLocal());
  const [reference, setReference] = useState('');
  const step = useClaimStep(onDone);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    step.mutate({
      path: `/claims/${claim.claimId}/pay`,
      body: { paidOn, reference: reference.trim() === '' ? null : reference.trim() },
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={step.error} notSaved={t('claims.notSaved')} />
        <Group grow align="flex-start">
          <TextInput
            label={t('claims.paidOn')}
            type="date"
            value={paidOn}
            onChange={(event) => setPaidOn(event.currentTarget.value)}
            required
            autoFocus
          />
          <TextInput
            label={t('claims.reference')}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
            maxLength={100}
          />
        </Group>
        <FormFoot isSaving={step.isPending} onCancel={onCancel} saveLabel={t('claims.pay')} />
      </Stack>
    </form>
  );
}

function ReasonForm({ claim, verb, onDone, onCancel }: FormProps & { verb: 'write-off' | 'reverse' }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const step = useClaimStep(onDone);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    step.mutate({ path: `/claims/${claim.claimId}/${verb}`, body: { reason: reason.trim() } });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={step.error} notSaved={t('claims.notSaved')} />
        <TextInput
          label={t(verb === 'reverse' ? 'claims.whyReverse' : 'claims.whyWriteOff')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          maxLength={500}
          autoFocus
        />
        <FormFoot
          isSaving={step.isPending}
          onCancel={onCancel}
          saveLabel={t(verb === 'reverse' ? 'claims.reverse' : 'claims.writeOff')}
        />
      </Stack>
    </form>
  );
}
