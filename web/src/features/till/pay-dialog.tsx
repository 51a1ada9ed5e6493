import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { Alternative, CreatedSale, PostedSale } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { lazyPart } from '../../ui/lazy-part';
import { decimalOrZero, formatMoney, type Thousandths } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { CreditNoteField, useCreditNote } from '../after-sale/credit-note-field';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { type ScreeningStop, stopOf, together } from '../shared/screening-stop';
import { useOverrides } from '../shared/use-overrides';
import { OtherCurrencies } from '../shift/other-currencies';
import { type Cart, cartBorne, productsOf, settle, toItems } from './cart.domain';
import { usePrint } from '../shared/print';
import { PayStop } from './pay-stop';
import { type AccountDraft, NO_ACCOUNT, PayAccount, useSaleAccount } from './pay-account';
import { SaleDone } from './sale-done';
import { usePostSale } from './till-queries';
import { useBasketPrice } from './use-basket-price';
import { useBuyer } from './use-buyer';
import classes from './till.module.css';

const BuyerCheck = lazyPart(() =>
  withTexts('pricing', () => import('./buyer-check')).then((part) => part.BuyerCheck),
);

interface PayDialogProps {
  opened: boolean;
  cart: Cart;
  patientId: number | undefined;
  onPaid: (sale: PostedSale) => void;
  /** Puts another product in the place of one that stops. */
  onSwap: (drugId: number, by: Alternative) => void;
  onClose: () => void;
}

/**
 * Payment: Enter with nothing typed is exact cash; cash, card and what goes by the account of the customer may be mixed. What a known patient buys is screened, and a
 * stop is answered here, the basket staying as it is. Then change and receipt.
 */
export function PayDialog({ opened, cart, patientId, onPaid, onSwap, onClose }: PayDialogProps) {
  const { t } = useTranslation();
  const [posted, setPosted] = useState<CreatedSale>();
  const [isStopped, setIsStopped] = useState(false);
  const close = () => {
    setPosted(undefined);
    setIsStopped(false);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={posted ? t('pay.doneTitle') : t('pay.title')}
      size={isStopped ? 'xl' : 'md'}
    >
      {posted ? (
        <Paid sale={posted} onClose={close} />
      ) : (
        <PayForm
          cart={cart}
          patientId={patientId}
          onClose={close}
          onSwap={(drugId, by) => {
            onSwap(drugId, by);
            close();
          }}
          onStopped={() => setIsStopped(true)}
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
  onSwap: PayDialogProps['onSwap'];
  onStopped: () => void;
  onPosted: (sale: CreatedSale) => void;
  onClose: () => void;
}

function PayForm({ cart, patientId, onSwap, onStopped, onPosted, onClose }: PayFormProps) {
  const { t } = useTranslation();
  const [cash, setCash] = useState('');
  const [card, setCard] = useState('');
  const [draft, setDraft] = useState<AccountDraft>(NO_ACCOUNT);
  const account = useSaleAccount(draft, patientId);
  const [stop, setStop] = useState<ScreeningStop>();
  const overrides = useOverrides(stop?.alerts ?? []);
  const post = usePostSale();
  const borne = cartBorne(cart);
  const price = useBasketPrice(cart, patientId);
  const [noteNumber, setNoteNumber] = useState('');
  const note = useCreditNote(noteNumber, price.total - borne);
  const total = price.total - borne - note.pays;
  const { branch, can } = useSession();
  const buyer = useBuyer(price.priced?.limits ?? [], post.error, can('OverridePurchaseLimit'));
  const { chosen: _, ...byAccount } = draft;
  const settleFor = (due: Thousandths) =>
    settle(due, cash, { card, ...byAccount }, decimalOrZero(branch?.cashRounding ?? '0'));
  const settled = settleFor(total);
  const isSettled = settled.missing === 0n && !settled.isTooMuch && buyer.isReady;
  const besideCash = [card, ...Object.values(byAccount)].reduce((sum, text) => sum + decimalOrZero(text), 0n);
  const rest = settled.due - besideCash;

  const isBusy = post.isPending || overrides.isConfirming;

  async function submit(): Promise<void> {
    if (!isSettled || isBusy || !overrides.isReady) return;
    // Enter may come before the price has: what is paid is what the server reckons.
    const exact = settleFor((await price.settled()) - borne - note.pays);
    if (exact.missing > 0n || exact.isTooMuch) return;
    const answers = await overrides.confirm();
    if (!answers) return;
    post.mutate(
      {
        ...(patientId === undefined ? {} : { patientId }),
        ...(account === undefined ? {} : { accountId: account.accountId }),
        items: toItems(cart),
        payments: [
          ...(note.note && note.pays > 0n
            ? [
                {
                  method: 'credit_note' as const,
                  amount: formatMoney(note.pays),
                  reference: note.note.creditNoteNumber,
                },
              ]
            : []),
          ...exact.tenders,
        ],
        ...buyer.body,
        ...(stop ? answers : {}),
      },
      {
        onSuccess: (sale) => {
          announce(t('pay.announce', { number: sale.saleNumber, change: sale.change }));
          onPosted(sale);
        },
        onError: refused,
      },
    );
  }

  function refused(problem: Problem): void {
    overrides.refused(problem);
    const next = stopOf(problem);
    if (!next) return;
    setStop((before) => together(before, next));
    onStopped();
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!stop) void submit();
  }

  const isShownElsewhere = post.error?.code === 'screening-stop' || post.error?.code === 'step-up-required';

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <div className={classes['pair']}>
          <Text fw={600}>
            {t(borne > 0n ? 'till.collect' : 'till.total')}
            {borne > 0n && (
              <Text span size="sm" c="dimmed" fw={400}>
                {' · '}
                {t('tender.insurance')} <MoneyText value={formatMoney(borne)} />
              </Text>
            )}
            {settled.due !== total && (
              <Text span size="sm" c="dimmed" fw={400}>
                {' · '}
                {t('pay.rounded')} <MoneyText value={formatMoney(total)} />
              </Text>
            )}
          </Text>
          <span className={classes['big']}>
            <MoneyText value={formatMoney(settled.due)} />
          </span>
          <OtherCurrencies amount={settled.due} />
        </div>
        {buyer.limits.length > 0 && !stop && <BuyerCheck opened buyer={buyer} />}
        {!isShownElsewhere && <ProblemAlert problem={post.error} notSaved={t('pay.notPosted')} />}
        {stop ? (
          <PayStop
            stop={stop}
            overrides={overrides}
            products={productsOf(cart)}
            patientId={patientId}
            onSwap={onSwap}
            isBusy={isBusy}
            onSubmit={() => void submit()}
            onClose={onClose}
          />
        ) : (
          <>
            <DecimalInput
              label={t('pay.cash')}
              description={t('pay.cashHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              size="lg"
              value={cash}
              onChange={setCash}
              placeholder={formatMoney(rest > 0n ? rest : 0n)}
              data-autofocus
            />
            <DecimalInput
              label={t('pay.card')}
              size="md"
              value={card}
              onChange={setCard}
              error={settled.isTooMuch ? t('pay.cardTooMuch') : undefined}
            />
            <PayAccount
              draft={draft}
              account={account}
              rest={rest + decimalOrZero(draft.account)}
              onChange={setDraft}
            />
            <CreditNoteField value={noteNumber} onChange={setNoteNumber} found={note} />
            <Settlement missing={settled.missing} change={settled.change} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.back')}
              </Button>
              <Button
                type="submit"
                size="md"
                disabled={!isSettled}
                loading={isBusy}
                rightSection={<Keys combo="Enter" />}
                aria-keyshortcuts="Enter"
              >
                {t('pay.submit')}
              </Button>
            </Group>
          </>
        )}
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

function Paid({ sale, onClose }: { sale: CreatedSale; onClose: () => void }) {
  const { t } = useTranslation();
  const { printReceipt } = usePrint();
  const { saleNumber: number, total, change } = sale;
  return (
    <SaleDone
      outcome={t('pay.posted')}
      {...{ number, total, change, onClose }}
      onPrint={() => printReceipt(sale.saleId)}
    >
      {sale.alerts.length > 0 && <AlertList alerts={sale.alerts} />}
      {sale.notChecked.length > 0 && <NotCheckedList notChecked={sale.notChecked} />}
    </SaleDone>
  );
}
