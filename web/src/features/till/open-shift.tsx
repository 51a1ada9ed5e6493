import { Button, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer';
import { DecimalInput } from '../../ui/decimal-input';
import { formatMoney, parseDecimal } from '../../ui/money.domain';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { useOpenShiftMutation } from './till-queries';

/** No sale without an open shift: asks for the cash in the drawer. */
export function OpenShift() {
  const { t } = useTranslation();
  const [amount, setAmount] = useState('');
  const open = useOpenShiftMutation();

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const openingFloat = formatMoney(parseDecimal(amount === '' ? '0' : amount) ?? 0n);
    open.mutate({ openingFloat }, { onSuccess: () => announce(t('till.shiftOpened')) });
  }

  return (
    <Card label={t('till.openShift')}>
      <form onSubmit={onSubmit}>
        <Stack gap="md" maw={380}>
          <Title order={2}>{t('till.openShift')}</Title>
          <Text size="sm" c="dimmed">
            {t('till.openShiftHint')}
          </Text>
          <ProblemAlert problem={open.error} notSaved={t('till.shiftNotOpened')} />
          <DecimalInput
            label={t('till.openingFloat')}
            value={amount}
            onChange={setAmount}
            placeholder="0.00"
            size="md"
            autoFocus
          />
          <Button type="submit" size="md" loading={open.isPending}>
            {t('till.openShift')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
