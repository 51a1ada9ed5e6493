import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconShoppingCartPause, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldBasket, HeldBasketRow } from '../../api/after-sale-types';
import { asProblem } from '../../api/problem';
import { announce } from '../../ui/announcer';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastRefused } from '../../ui/toasts';
import { useQuote } from '../after-sale/after-sale-queries';
import { type Cart, emptyCart, toItems } from '../till/cart.domain';
import { fillIdsOf, heldOf } from './held-cart.domain';
import { loadCart, useHeldBaskets, useHeldCommand, useHold } from './held-queries';
import classes from './held-baskets.module.css';

interface HeldDialogProps {
  opened: boolean;
  cart: Cart;
  patientId: number | undefined;
  change: (change: (cart: Cart) => Cart) => void;
  /** A basket came back: whose it is, and prescriptions to put into it. */
  onResumed: (patientId: number | undefined, fillIds: number[]) => void;
  onClose: () => void;
}

/** Holds the basket there is; with an empty one, the list of those that wait at the branch. */
export function HeldDialog({ opened, cart, ...rest }: HeldDialogProps) {
  const { t } = useTranslation();
  // What was begun stays what it is while the basket empties behind it.
  const [holds, setHolds] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (opened !== wasOpened) {
    setWasOpened(opened);
    if (opened) setHolds(cart.lines.length > 0);
  }
  return (
    <Dialog
      opened={opened}
      onClose={rest.onClose}
      title={holds ? t('held.hold') : t('held.title')}
      size={holds ? 'md' : 'lg'}
    >
      {opened && (holds ? <HoldForm cart={cart} {...rest} /> : <HeldList cart={cart} {...rest} />)}
    </Dialog>
  );
}

type PartProps = Omit<HeldDialogProps, 'opened'>;

function HoldForm({ cart, patientId, change, onClose }: PartProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [label, setLabel] = useState('');
  const hold = useHold(() => {
    announce(t('held.done'));
    change((before) => emptyCart(before.decimals));
    onClose();
  });
  const quote = useQuote((quotation) => {
    change((before) => emptyCart(before.decimals));
    onClose();
    void navigate({ to: '/quotations/$quotationId', params: { quotationId: String(quotation.quotationId) } });
  });
  function makeQuotation(): void {
    const items = toItems(cart).flatMap((item) => ('drugId' in item ? [item] : []));
    quote.mutate({
      items: items.map(({ drugId, quantity, unit, discount }) => ({
        ...{ drugId, quantity, unit },
        ...(discount === undefined ? {} : { discount }),
      })),
      ...(label.trim() === '' ? {} : { customerName: label.trim() }),
      ...(patientId === undefined ? {} : { patientId }),
    });
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const { lines, total } = heldOf(cart);
    hold.mutate({
      ...{ lines, total },
      ...(label.trim() === '' ? {} : { label: label.trim() }),
      ...(patientId === undefined ? {} : { patientId }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={hold.error ?? quote.error} notSaved={t('held.notHeld')} />
        <TextInput
          label={t('held.label')}
          description={t('held.labelHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={100}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot isSaving={hold.isPending} onCancel={onClose} saveLabel={t('held.hold')}>
          <KeyButton
            combo="F9"
            label={t('held.quote')}
            variant="default"
            disabled={cart.lines.some((line) => line.kind === 'fill')}
            loading={quote.isPending}
            onPress={makeQuotation}
          />
        </FormFoot>
      </Stack>
    </form>
  );
}

function HeldList({ cart, change, onResumed, onClose }: PartProps) {
  const { t } = useTranslation();
  const list = useHeldBaskets(true);
  const [discarded, setDiscarded] = useState<HeldBasket>();
  const resume = useHeldCommand('resume', (held) => {
    loadCart(held, cart.decimals)
      .then((next) => {
        change(() => next);
        announce(t('held.resumed'));
        onResumed(held.patientId ?? undefined, fillIdsOf(held.lines));
      })
      .catch((error: unknown) => toastRefused(t('held.notResumed'), asProblem(error)));
  });
  const discard = useHeldCommand('discard', setDiscarded);
  const restore = useHeldCommand('restore', () => setDiscarded(undefined));
  const problem = resume.error ?? discard.error ?? restore.error;
  const baskets = list.data?.data ?? [];

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const id = event.target instanceof HTMLElement ? Number(event.target.dataset['held']) : Number.NaN;
    if (event.key === 'Delete' && id > 0) discard.mutate(id);
    else moveThroughRows(event);
  }

  if (list.isError) return <ErrorView error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <LoadingRows />;
  return (
    <Stack gap="sm" onKeyDown={onKeyDown}>
      <ProblemAlert problem={problem} notSaved={t('held.notResumed')} />
      {discarded && (
        <Notice tone="info" title={t('held.discarded', { name: nameOf(discarded) })}>
          <KeyButton
            combo="Alt+Z"
            label={t('held.undo')}
            size="compact-sm"
            variant="default"
            loading={restore.isPending}
            onPress={() => restore.mutate(discarded.heldBasketId)}
          />
        </Notice>
      )}
      {baskets.length === 0 && (
        <EmptyView title={t('held.empty')} hint={t('held.emptyHint')} icon={IconShoppingCartPause} />
      )}
      <ul className={classes['list']} aria-label={t('held.title')}>
        {baskets.map((held, index) => (
          <li key={held.heldBasketId} className={classes['row']}>
            <Button
              variant="subtle"
              styles={{ inner: { display: 'block' }, label: { display: 'block', height: 'auto' } }}
              justify="flex-start"
              h="auto"
              py={8}
              flex={1}
              data-row-link
              data-held={held.heldBasketId}
              data-autofocus={index === 0 ? true : undefined}
              autoFocus={index === 0}
              loading={resume.isPending && resume.variables === held.heldBasketId}
              onClick={() => resume.mutate(held.heldBasketId)}
            >
              <HeldText held={held} />
            </Button>
            <ActionIcon
              aria-label={t('held.discard', { name: nameOf(held) })}
              onClick={() => discard.mutate(held.heldBasketId)}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('held.keys')}
        </Text>
        <Button variant="default" onClick={onClose} autoFocus={baskets.length === 0}>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}

const nameOf = ({ label, patientName, heldBasketId }: HeldBasketRow): string =>
  label ?? patientName ?? `#${heldBasketId}`;

function HeldText({ held }: { held: HeldBasketRow }) {
  const { t } = useTranslation();
  return (
    <span className={classes['text']}>
      <bdi className={classes['name']}>{nameOf(held)}</bdi>
      <MoneyText value={held.total} strong />
      <span className={classes['more']}>
        {t('held.lines')}: <Ltr>{held.lineCount}</Ltr> · <bdi>{held.heldBy}</bdi> ·{' '}
        <DateTimeText value={held.heldAt} />
      </span>
    </span>
  );
}
