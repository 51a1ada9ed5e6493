import { TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { useScan } from '../../ui/scan/scan';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { useSale, useSales } from '../till/sale-queries';
import { ReturnDesk } from './return-desk';

const route = getRouteApi('/return');

/** Taking back at the till: the receipt is scanned, then what comes back, then F4. */
export function ReturnScreen() {
  const { t } = useTranslation();
  const { q: number } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (wanted: string) =>
    void navigate({ search: { q: wanted.trim().toUpperCase() }, replace: true });
  useScan(open, { takes: (code) => /^S\d{9}$/i.test(code) });
  if (number === undefined) return <ReceiptForm onOpen={open} />;
  return <FoundSale key={number} number={number} title={t('takeBack.title')} />;
}

function FoundSale({ number, title }: { number: string; title: string }) {
  const { t } = useTranslation();
  const found = useSales({ saleNumber: number, limit: 1 });
  const saleId = found.data?.data[0]?.saleId;
  if (found.isError) return <ErrorView error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <LoadingRows />;
  if (saleId === undefined)
    return (
      <Page title={title}>
        <EmptyView title={t('takeBack.unknown', { number })} hint={t('takeBack.unknownHint')} />
      </Page>
    );
  return <OpenSale saleId={saleId} />;
}

function OpenSale({ saleId }: { saleId: number }) {
  const sale = useSale(saleId);
  if (sale.isError) return <ErrorView error={sale.error} retry={() => void sale.refetch()} />;
  if (!sale.data) return <LoadingRows />;
  return <ReturnDesk sale={sale.data} />;
}

function ReceiptForm({ onOpen }: { onOpen: (number: string) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (number.trim() !== '') onOpen(number);
  }
  return (
    <Page
      title={t('takeBack.title')}
      actions={
        <KeyButton
          combo="Escape"
          label={t('takeBack.toTill')}
          variant="default"
          onPress={() => void navigate({ to: '/till' })}
        />
      }
    >
      <Card label={t('takeBack.receipt')}>
        <form onSubmit={onSubmit}>
          <TextInput
            label={t('takeBack.receipt')}
            description={t('takeBack.receiptHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            dir="ltr"
            size="md"
            maw={380}
            autoFocus
          />
        </form>
      </Card>
    </Page>
  );
}
