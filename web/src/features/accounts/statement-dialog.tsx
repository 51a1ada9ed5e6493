import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { openPrintable } from '../../api/printable';
import type { Problem } from '../../api/problem';
import { currentLanguage } from '../../i18n/i18n';
import { todayLocal } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';

interface StatementDialogProps {
  accountId: number;
  accountNumber: string;
  opened: boolean;
  onClose: () => void;
}

/** The statement of some days: printed in the language of the screen, or as a table. */
export function StatementDialog({ opened, onClose, ...rest }: StatementDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('accounts.statement')}>
      <StatementForm {...rest} />
    </Dialog>
  );
}

function StatementForm({
  accountId,
  accountNumber,
}: Pick<StatementDialogProps, 'accountId' | 'accountNumber'>) {
  const { t } = useTranslation();
  const [to, setTo] = useState(todayLocal());
  const [from, setFrom] = useState(`${todayLocal().slice(0, 8)}01`);
  const path = `/accounts/${accountId}/statement`;
  const print = useMutation<void, Problem>({
    mutationFn: () => openPrintable(path, { from, to, format: 'html', lang: currentLanguage() }),
  });
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv(path, { from, to, format: 'csv' }),
    onSuccess: (text) => saveFile(`${accountNumber}.csv`, text),
  });
  const isReady = from !== '' && to !== '' && from <= to;
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (isReady) print.mutate();
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={print.error ?? download.error} notSaved={t('accounts.notPrinted')} />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            type="date"
            label={t('accounts.from')}
            required
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="date"
            label={t('accounts.to')}
            required
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            loading={download.isPending}
            disabled={!isReady}
            onClick={() => download.mutate()}
          >
            {t('accounts.table')}
          </Button>
          <Button
            type="submit"
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
            loading={print.isPending}
            disabled={!isReady}
          >
            {t('accounts.print')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
