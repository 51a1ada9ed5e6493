import { Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateReceiptPrinter, ReceiptPrinter } from '../../api/after-sale-types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useSavePrinter } from './after-sale-queries';

interface PrinterDialogProps {
  opened: boolean;
  /** Undefined: a new one. */
  printer: ReceiptPrinter | undefined;
  onClose: () => void;
}

/** Where a receipt printer is and what hangs on it. */
export function PrinterDialog({ opened, printer, onClose }: PrinterDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(printer ? 'printing.editPrinter' : 'printing.newPrinter')}
    >
      {opened && <PrinterForm printer={printer} onClose={onClose} />}
    </Dialog>
  );
}

/** Port of nearly every network printer. */
const USUAL_PORT = '9100';
const PAPERS = [576, 512, 384] as const;

function PrinterForm({ printer, onClose }: Omit<PrinterDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [name, setName] = useState(printer?.name ?? '');
  const [driver, setDriver] = useState(printer?.driver ?? 'tcp');
  const [host, setHost] = useState(printer?.host ?? '');
  const [port, setPort] = useState(String(printer?.port ?? USUAL_PORT));
  const [path, setPath] = useState(printer?.path ?? '/dev/usb/lp0');
  const [dots, setDots] = useState<CreateReceiptPrinter['dots']>(printer?.dots ?? 576);
  const [opensDrawer, setOpensDrawer] = useState(printer?.opensDrawer ?? true);
  const [active, setActive] = useState(printer?.active ?? true);
  const save = useSavePrinter(printer, () => {
    toastDone(t('printing.saved'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      ...{ name: name.trim(), driver, dots, opensDrawer, active },
      ...(driver === 'tcp'
        ? { host: host.trim(), port: Number(port), path: null }
        : { host: null, port: null, path: path.trim() }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('printing.notSaved')} />
        <TextInput
          label={t('printing.name')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label={t('printing.driver')}
          value={driver}
          onChange={(event) => setDriver(event.currentTarget.value === 'file' ? 'file' : 'tcp')}
          data={(['tcp', 'file'] as const).map((value) => ({ value, label: t(`printing.drivers.${value}`) }))}
        />
        {driver === 'tcp' ? (
          <SimpleGrid cols={2}>
            <TextInput
              label={t('printing.host')}
              placeholder="192.168.1.50"
              required
              dir="ltr"
              value={host}
              onChange={(event) => setHost(event.currentTarget.value)}
            />
            <TextInput
              label={t('printing.port')}
              required
              dir="ltr"
              inputMode="numeric"
              value={port}
              onChange={(event) => setPort(event.currentTarget.value.replace(/\D/g, ''))}
            />
          </SimpleGrid>
        ) : (
          <TextInput
            label={t('printing.path')}
            description={t('printing.pathHint')}
            required
            dir="ltr"
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('printing.paper')}
          value={String(dots)}
          onChange={(event) =>
            setDots(PAPERS.find((one) => String(one) === event.currentTarget.value) ?? 576)
          }
          data={PAPERS.map((value) => ({ value: String(value), label: t(`printing.dots.${value}`) }))}
        />
        <Checkbox
          label={t('printing.opensDrawer')}
          checked={opensDrawer}
          onChange={(event) => setOpensDrawer(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('printing.active')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
