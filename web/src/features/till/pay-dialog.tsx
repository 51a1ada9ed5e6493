import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostedSale } from '../../api/types';
import { announce } from '../../ui/announcer';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero, formatMoney, type Thousandths } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { type Cart, cartTotal, settle, toItems } from './cart.domain';
import { usePrint } from '../shared/print';
import { usePostSale } from './till-queries';
import classes from './till.module.css';

interface PayDialogProps {
  opened: boolean;
  cart: Cart;
  patientId: number | undefined;
  onPaid: (sale: PostedSale) => void;
  onClose: () => void;
}

/** Payment: Enter with nothing typed is exact cash; cash and card may be mixed. Then change and receipt. */
export function PayDialog({ opened, cart, patientId, onPaid, onClose }: PayDialogProps) {
  const { t } = useTranslation();
  const [posted, setPosted] = useState<PostedSale>();
  const close = () => {
    setPosted(undefined);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={posted ? t('pay.doneTitle') : t('pay.title')}>
      {posted ? (
        <Paid sale={posted} onClose={close} />
      ) : (
        <PayForm
          cart={cart}
          patientId={patientId}
          onClose={close}
          onPosted={(sale) => {
            setPosted(sale);
            onPaid(sale);
          }}
        />
      )}
    </Dialog>
  );
}

interface PayFormProps {
  cart: Cart;
  patientId: number | undefined;
  onPosted: (sale: PostedSale) => void;
  onClose: () => void;
}

function PayForm({ cart, patientId, onPosted, onClose }: PayFormProps) {
  const { t } = useTranslation();
  const [cash, setCash] = useState('');
  const [card, setCard] = useState('');
  const post = usePostSale();
  const total = cartTotal(cart);
  const settled = settle(total, cash, card);
  const isSettled = settled.missing === 0n && !settled.isCardTooMuch;

  function submit(): void {
    if (!isSettled || post.isPending) return;
    post.mutate(
      {
        ...(patientId === undefined ? {} : { patientId }),
        items: toItems(cart),
        payments: settled.tenders,
      },
      {
        onSuccess: (sale) => {
          announce(t('pay.announce', { number: sale.saleNumber, change: sale.change }));
          onPosted(sale);
        },
      },
    );
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    submit();
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <div className={classes['pair']}>
          <Text fw={600}>{t('till.total')}</Text>
          <span className={classes['big']}>
            <MoneyText value={formatMoney(total)} />
          </span>
        </div>
        <ProblemAlert problem={post.error} notSaved={t('pay.notPosted')} />
        <DecimalInput
          label={t('pay.cash')}
          description={t('pay.cashHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          size="lg"
          value={cash}
          onChange={setCash}
          placeholder={formatMoney(total - decimalOrZero(card) > 0n ? total - decimalOrZero(card) : 0n)}
          data-autofocus
        />
        <DecimalInput
          label={t('pay.card')}
          size="md"
          value={card}
          onChange={setCard}
          error={settled.isCardTooMuch ? t('pay.cardTooMuch') : undefined}
        />
        <Settlement missing={settled.missing} change={settled.change} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.back')}
          </Button>
          <Button
            type="submit"
            size="md"
            disabled={!isSettled}
            loading={post.isPending}
            rightSection={<Keys combo="Enter" />}
            aria-keyshortcuts="Enter"
          >
            {t('pay.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Settlement({ missing, change }: { missing: Thousandths; change: Thousandths }) {
  const { t } = useTranslation();
  return (
    <div className={classes['pair']} role="status">
      {missing > 0n ? (
        <>
          <StatusBadge tone="warn">{t('pay.missing')}</StatusBadge>
          <Text fw={700}>
            <MoneyText value={formatMoney(missing)} />
          </Text>
        </>
      ) : (
        <>
          <Text>{t('pay.change')}</Text>
          <Text fw={700}>
            <MoneyText value={formatMoney(change)} />
          </Text>
        </>
      )}
    </div>
  );
}

function Paid({ sale, onClose }: { sale: PostedSale; onClose: () => void }) {
  const { t } = useTranslation();
  const { printReceipt } = usePrint();
  return (
    <Stack gap="md">
      <Group gap="sm">
        <StatusBadge tone="ok">{t('pay.posted')}</StatusBadge>
        <Text size="sm">
          {t('pay.saleNumber')} <Ltr>{sale.saleNumber}</Ltr>
        </Text>
      </Group>
      <div className={classes['pair']}>
        <Text fw={600}>{t('till.total')}</Text>
        <Text fw={600}>
          <MoneyText value={sale.total} />
        </Text>
      </div>
      <div className={classes['pair']}>
        <Text fw={600}>{t('pay.change')}</Text>
        <span className={classes['big']} data-testid="change">
          <MoneyText value={sale.change} />
        </span>
      </div>
      <Group justify="flex-end">
        <KeyButton
          combo="F8"
          label={t('pay.receipt')}
          variant="default"
          leftSection={<IconPrinter size={18} />}
          onPress={() => printReceipt(sale.saleId)}
        />
        <Button onClick={onClose} autoFocus rightSection={<Keys combo="Enter" />}>
          {t('pay.newSale')}
        </Button>
      </Group>
    </Stack>
  );
}
