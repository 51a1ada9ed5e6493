import { FileInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { PurchaseOrder, ShipNoticeRead } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatDecimal } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { addEntry } from './delivery.domain';
import type { Delivery } from './delivery.types';
import { readNotice } from './procurement-queries';
import type { DeliveryDesk } from './use-delivery-desk';

interface NoticeDialogProps {
  desk: DeliveryDesk;
  order: PurchaseOrder;
  opened: boolean;
  onClose: () => void;
}

/** The supplier's notice of what he sent, as a file: its lines become lots of this delivery, its faults are named by row. */
export function ShipNoticeDialog(props: NoticeDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} size="xl" title={t('procurement.noticeTitle')}>
      <NoticeForm {...props} />
    </Dialog>
  );
}

/** Lots a notice fills in: what is free stands apart in it, as the supplier says it. */
function withNotice(delivery: Delivery, { lines }: ShipNoticeRead): Delivery {
  return lines.reduce((so, line) => {
    const { purchaseOrderItemId, quantity, bonus, inBaseUnits } = line;
    const isShort = line.warnings.includes('short-expiry');
    return addEntry(so, purchaseOrderItemId, {
      lotNumber: line.lotNumber ?? '',
      expiryDate: line.expiryDate ?? '',
      quantity: formatDecimal(decimalOrZero(quantity) + decimalOrZero(bonus)),
      free: bonus,
      inBaseUnits,
      isShort,
      asksShort: isShort,
      isRecalled: line.warnings.includes('recalled'),
    });
  }, delivery);
}

function NoticeForm({ desk, order, onClose }: NoticeDialogProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const read = useMutation<ShipNoticeRead, Problem, File>({
    mutationFn: async (chosen) => readNotice(order.purchaseOrderId, await chosen.text()),
  });
  const answer = read.data;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!answer || answer.lines.length === 0) return;
    desk.step(withNotice(desk.delivery, answer));
    desk.letGo();
    onClose();
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <FileInput
          label={t('procurement.noticeFile')}
          description={t('procurement.noticeHint')}
          placeholder={t('procurement.chooseFile')}
          accept=".csv,text/csv,text/plain"
          value={file}
          data-autofocus
          onChange={(chosen) => {
            setFile(chosen);
            if (chosen) read.mutate(chosen);
          }}
        />
        <ProblemAlert problem={read.error} notSaved={t('procurement.noticeNotRead')} />
        {answer && (
          <Text role="status">
            {t('procurement.noticeLines', { count: answer.lines.length })}
            {answer.missing.length > 0 &&
              ` · ${t('procurement.noticeMissing', { count: answer.missing.length })}`}
          </Text>
        )}
        {answer && answer.problems.length > 0 && <Faults problems={answer.problems} />}
        <FormFoot
          isSaving={read.isPending}
          onCancel={onClose}
          saveLabel={t('procurement.takeNotice')}
          disabled={!answer || answer.lines.length === 0}
        />
      </Stack>
    </form>
  );
}

/** Columns of a notice, as the server names them in its faults. */
const COLUMNS = ['code', 'line', 'drugId', 'lot', 'expiry', 'quantity', 'bonus', 'unit'] as const;

type Fault = ShipNoticeRead['problems'][number];

function Faults({ problems }: { problems: readonly Fault[] }) {
  const { t } = useTranslation();
  const columns: Column<Fault>[] = [
    { id: 'row', header: t('procurement.row'), cell: (one) => <Ltr>{one.row}</Ltr> },
    { id: 'column', header: t('procurement.column'), cell: (one) => <Ltr>{one.column}</Ltr> },
    {
      id: 'reason',
      header: t('procurement.fault'),
      cell: (one) => {
        const known = COLUMNS.find((column) => column === one.column);
        return known === undefined ? one.reason : t(`procurement.faultOf.${known}`);
      },
    },
  ];
  return (
    <Notice tone="warn" role="alert" title={t('procurement.faults', { count: problems.length })}>
      <div
        style={{ maxHeight: 220, overflow: 'auto' }}
        tabIndex={0}
        role="group"
        aria-label={t('procurement.fault')}
      >
        <DataTable
          label={t('procurement.fault')}
          columns={columns}
          rows={problems}
          rowKey={(one) => `${one.row} ${one.column}`}
        />
      </div>
    </Notice>
  );
}
