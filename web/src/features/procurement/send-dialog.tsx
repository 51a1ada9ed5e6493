import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderMails, PurchaseOrder } from '../../api/types';
import { currentLanguage, type Language, LANGUAGES } from '../../i18n/i18n';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useOrderMail, useOrderMails, useSendOrder } from './procurement-queries';

interface SendProps {
  order: PurchaseOrder;
  opened: boolean;
  onClose: () => void;
}

/** Sends an order by mail, where the server has one; else it is written in the user's own mail program. */
export function SendDialog(props: SendProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('procurement.send')}>
      <Send {...props} />
    </Dialog>
  );
}

function Send({ order, onClose }: SendProps) {
  const mails = useOrderMails(order.purchaseOrderId);
  if (mails.isPending) return <LoadingRows rows={3} />;
  if (mails.isError) return <ErrorView error={mails.error} retry={() => void mails.refetch()} />;
  return <SendForm order={order} mails={mails.data} onClose={onClose} />;
}

function SendForm({
  order,
  mails,
  onClose,
}: {
  order: PurchaseOrder;
  mails: OrderMails;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [to, setTo] = useState(mails.to ?? '');
  const [language, setLanguage] = useState<Language>(currentLanguage);
  const own = useOrderMail(order.purchaseOrderId, language);
  const send = useSendOrder(order.purchaseOrderId, () => {
    toastDone(t('procurement.sent'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (mails.canSend) send.mutate({ to: to.trim(), language });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={send.error} notSaved={t('procurement.notSent')} />
        {!mails.canSend && <Text size="sm">{t('procurement.noMailServer')}</Text>}
        <Group grow align="flex-start">
          {mails.canSend && (
            <TextInput
              label={t('procurement.mailTo')}
              type="email"
              required
              dir="ltr"
              maxLength={200}
              value={to}
              data-autofocus
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          )}
          <NativeSelect
            label={t('procurement.mailLanguage')}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value === 'ar' ? 'ar' : 'en')}
            data={Object.entries(LANGUAGES).map(([value, { label }]) => ({ value, label }))}
          />
        </Group>
        {own.data && <a href={own.data.href}>{t('procurement.mail')}</a>}
        {mails.data.length > 0 && <Sent mails={mails} />}
        <FormFoot
          isSaving={send.isPending}
          onCancel={onClose}
          saveLabel={t('procurement.send')}
          disabled={!mails.canSend || to.trim() === ''}
        />
      </Stack>
    </form>
  );
}

const TONES: Record<OrderMails['data'][number]['status'], Tone> = {
  waiting: 'neutral',
  sending: 'info',
  sent: 'ok',
  refused: 'stop',
  unreachable: 'warn',
};

/** What was sent already, and what became of it. */
function Sent({ mails }: { mails: OrderMails }) {
  const { t } = useTranslation();
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {mails.data.map((mail) => (
        <li key={mail.mailId}>
          <Text size="sm" span>
            <Ltr>{mail.recipient}</Ltr> · <DateTimeText value={mail.endedAt ?? mail.createdAt} /> ·{' '}
            <bdi>{mail.sentBy}</bdi>{' '}
          </Text>
          <StatusBadge tone={TONES[mail.status]}>{t(`procurement.mailStatus.${mail.status}`)}</StatusBadge>
        </li>
      ))}
    </ul>
  );
}
