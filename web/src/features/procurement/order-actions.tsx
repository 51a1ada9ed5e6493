import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { openPrintable } from '../../api/printable';
import { asProblem } from '../../api/problem';
import type { PurchaseOrder } from '../../api/types';
import { currentLanguage } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { toastDone, toastRefused } from '../../ui/toasts';
import { useOrderCommand } from './procurement-queries';
import { SendDialog } from './send-dialog';

type Ending = 'cancel' | 'close';

/** What can be done with an order where it stands, and its copies for the supplier. */
export function OrderActions({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [dialog, setDialog] = useState<Ending | 'approve'>();
  const may = (command: PurchaseOrder['commands'][number]) => order.commands.includes(command);
  const close = () => setDialog(undefined);
  return (
    <>
      <Copies order={order} />
      {can('WriteProcurement') &&
        (['cancel', 'close'] as const).filter(may).map((command) => (
          <Button key={command} variant="default" onClick={() => setDialog(command)}>
            {t(`procurement.do.${command}`)}
          </Button>
        ))}
      {may('approve') && can('ApprovePurchaseOrder') && (
        <KeyButton
          combo="F4"
          variant={order.needsApproval ? 'filled' : 'default'}
          label={t('procurement.approve')}
          onPress={() => setDialog('approve')}
        />
      )}
      <EndDialog
        order={order}
        ending={dialog === 'cancel' || dialog === 'close' ? dialog : undefined}
        onClose={close}
      />
      <ApproveDialog order={order} opened={dialog === 'approve'} onClose={close} />
    </>
  );
}

/** A draft is no order yet, and neither is what waits for approval. */
const isSendable = ({ status, needsApproval }: PurchaseOrder): boolean =>
  status !== 'draft' && status !== 'cancelled' && !(status === 'submitted' && needsApproval);

/** The order as a page to print, as a file, and as a mail. */
function Copies({ order }: { order: PurchaseOrder }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const path = `/purchase-orders/${order.purchaseOrderId}`;
  const refused = (error: unknown) => toastRefused(t('procurement.noCopy'), asProblem(error));
  return (
    <>
      <Button
        variant="default"
        onClick={() => void openPrintable(path, { format: 'html', language }).catch(refused)}
      >
        {t('procurement.print')}
      </Button>
      <Button
        variant="default"
        onClick={() =>
          void api
            .csv(path, { format: 'csv' })
            .then((text) => saveFile(`${order.orderNumber}.csv`, text))
            .catch(refused)
        }
      >
        {t('procurement.csv')}
      </Button>
      <Button
        variant="default"
        onClick={() =>
          void api
            .file(path, { format: 'pdf', language })
            .then((pdf) => saveFile(`${order.orderNumber}.pdf`, pdf, 'application/pdf'))
            .catch(refused)
        }
      >
        {t('procurement.pdf')}
      </Button>
      {isSendable(order) && (
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {t('procurement.send')}
        </Button>
      )}
      <SendDialog order={order} opened={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}

interface EndProps {
  order: PurchaseOrder;
  ending: Ending | undefined;
  onClose: () => void;
}

/** Calls an order off, or waits for no more of it; both with a reason. */
export function EndDialog({ order, ending, onClose }: EndProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={ending !== undefined}
      onClose={onClose}
      title={t(ending === 'close' ? 'procurement.do.close' : 'procurement.do.cancel')}
    >
      {ending && <EndForm order={order} ending={ending} onClose={onClose} />}
    </Dialog>
  );
}

function EndForm({ order, ending, onClose }: EndProps & { ending: Ending }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const end = useOrderCommand<{ reason: string }>(order.purchaseOrderId, ending, () => {
    toastDone(t('procurement.done'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== '') end.mutate({ reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm">{t(`procurement.doHint.${ending}`)}</Text>
        <ProblemAlert problem={end.error} notSaved={t('procurement.notSaved')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={500}
          value={reason}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={end.isPending}
          onCancel={onClose}
          saveLabel={t(`procurement.do.${ending}`)}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}

interface ApproveProps {
  order: PurchaseOrder;
  opened: boolean;
  onClose: () => void;
}

function ApproveDialog(props: ApproveProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('procurement.approve')}>
      <ApproveForm {...props} />
    </Dialog>
  );
}

function ApproveForm({ order, onClose }: ApproveProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const approve = useOrderCommand<{ note?: string }>(order.purchaseOrderId, 'approve', () => {
    toastDone(t('procurement.approved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    approve.mutate(note.trim() === '' ? {} : { note: note.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={approve.error} notSaved={t('procurement.notSaved')} />
        <TextInput
          label={t('procurement.note')}
          maxLength={500}
          value={note}
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot isSaving={approve.isPending} onCancel={onClose} saveLabel={t('procurement.approve')} />
      </Stack>
    </form>
  );
}
