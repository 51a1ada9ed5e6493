import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineSeller } from '../../session/offline-seller';
import { announce } from '../../ui/announcer';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { StatusBadge } from '../../ui/status-badge';
import type { Cart } from '../till/cart.domain';
import { doubtfulKeyOf, noteDoubtful } from '../till/cart-store';
import { SaleDone } from '../till/sale-done';
import tillClasses from '../till/till.module.css';
import { makeSale, type OfflineSale, settleInCash } from './offline-sale.domain';
import { type OfflineCatalogue, sellOffline } from './offline-store';
import { usePrintOffline } from './use-print-offline';

interface OfflinePayProps {
  opened: boolean;
  cart: Cart;
  catalogue: OfflineCatalogue;
  seller: OfflineSeller;
  onSold: () => void;
  onClose: () => void;
}

/** Payment without the server: in cash, exact with Enter alone. The receipt shows when the sale is on the disk, not before. */
export function OfflinePay({ opened, onClose, onSold, ...rest }: OfflinePayProps) {
  const { t } = useTranslation();
  const [sold, setSold] = useState<OfflineSale>();
  const close = () => {
    setSold(undefined);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t(sold ? 'offline.soldTitle' : 'offline.payTitle')}>
      {sold ? (
        <Sold sale={sold} onClose={close} />
      ) : (
        <PayForm
          {...rest}
          onClose={close}
          onSold={(sale) => {
            setSold(sale);
            onSold();
          }}
        />
      )}
    </Dialog>
  );
}

type PayFormProps = Pick<OfflinePayProps, 'cart' | 'catalogue' | 'seller' | 'onClose'> & {
  onSold: (sale: OfflineSale) => void;
};

function PayForm({ cart, catalogue, seller, onSold, onClose }: PayFormProps) {
  const { t } = useTranslation();
  const [cash, setCash] = useState('');
  const [isKeeping, setIsKeeping] = useState(false);
  const [isRefused, setIsRefused] = useState(false);
  const { due, change, missing } = settleInCash(cart, catalogue.branch, cash);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (missing > 0n || isKeeping) return;
    setIsKeeping(true);
    const by = {
      id: crypto.randomUUID(),
      branch: catalogue.branch,
      userId: seller.userId,
      sellerName: seller.fullName,
      shiftId: seller.shiftId,
      soldAt: new Date().toISOString(),
      cash,
      attemptKey: doubtfulKeyOf(cart),
    };
    sellOffline((number) => makeSale(cart, catalogue.index, { ...by, number })).then(
      (sale) => {
        noteDoubtful();
        announce(t('pay.announce', { number: sale.number, change: sale.change }));
        onSold(sale);
      },
      () => {
        setIsKeeping(false);
        setIsRefused(true);
      },
    );
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div className={tillClasses['pair']}>
          <Text fw={600}>{t('till.total')}</Text>
          <span className={tillClasses['big']}>
            <MoneyText value={formatMoney(due)} />
          </span>
        </div>
        {isRefused && (
          <Notice tone="stop" role="alert" title={t('offline.notKept')}>
            {t('offline.notKeptHint')}
          </Notice>
        )}
        <DecimalInput
          label={t('pay.cash')}
          description={t('offline.cashOnly')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          size="lg"
          value={cash}
          onChange={setCash}
          placeholder={formatMoney(due)}
          data-autofocus
        />
        <div className={tillClasses['pair']} role="status">
          {missing > 0n ? (
            <StatusBadge tone="warn">{t('pay.missing')}</StatusBadge>
          ) : (
            <Text>{t('pay.change')}</Text>
          )}
          <Text fw={700}>
            <MoneyText value={formatMoney(missing > 0n ? missing : change)} />
          </Text>
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.back')}
          </Button>
          <Button
            type="submit"
            size="md"
            disabled={missing > 0n}
            loading={isKeeping}
            rightSection={<Keys combo="Enter" />}
            aria-keyshortcuts="Enter"
          >
            {t('offline.sell')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Sold({ sale, onClose }: { sale: OfflineSale; onClose: () => void }) {
  const { t } = useTranslation();
  const print = usePrintOffline();
  const { number, total, change } = sale;
  return (
    <SaleDone
      outcome={t('offline.kept')}
      {...{ number, total, change, onClose }}
      onPrint={() => print(sale, false)}
    />
  );
}
