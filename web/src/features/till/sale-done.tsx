import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import classes from './till.module.css';

interface SaleDoneProps {
  /** What became of it, in a word. */
  outcome: string;
  number: string;
  total: string;
  change: string;
  onPrint: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** The end of a sale, with and without the server: its number, the change to give, the receipt, and the way to the next one. */
export function SaleDone({ outcome, number, total, change, onPrint, onClose, children }: SaleDoneProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Group gap="sm">
        <StatusBadge tone="ok">{outcome}</StatusBadge>
        <Text size="sm">
          {t('pay.saleNumber')} <Ltr>{number}</Ltr>
        </Text>
      </Group>
      <div className={classes['pair']}>
        <Text fw={600}>{t('till.total')}</Text>
        <Text fw={600}>
          <MoneyText value={total} />
        </Text>
      </div>
      <div className={classes['pair']}>
        <Text fw={600}>{t('pay.change')}</Text>
        <span className={classes['big']} data-testid="change">
          <MoneyText value={change} />
        </span>
      </div>
      {children}
      <Group justify="flex-end">
        <KeyButton
          combo="F8"
          label={t('pay.receipt')}
          variant="default"
          leftSection={<IconPrinter size={18} />}
          onPress={onPrint}
        />
        <Button onClick={onClose} autoFocus rightSection={<Keys combo="Enter" />}>
          {t('pay.newSale')}
        </Button>
      </Group>
    </Stack>
  );
}
