import { Button, Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AfterSaleSettings } from '../../api/after-sale-types';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { AfterSaleTabs } from './after-sale-tabs';
import { useAfterSaleSettings, useSaveAfterSaleSettings } from './after-sale-queries';

/** How long things last after a sale, and what the tax authority wants on a receipt. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useAfterSaleSettings();
  return (
    <Page title={t('afterSale.settings')}>
      <AfterSaleTabs />
      {settings.isError && <ErrorView error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && <LoadingRows />}
      {settings.data && <SettingsForm key={settings.data.version} settings={settings.data} />}
    </Page>
  );
}

const SCHEMES = ['none', 'zatca', 'eta'] as const;

function SettingsForm({ settings }: { settings: AfterSaleSettings }) {
  const { t } = useTranslation();
  const [hours, setHours] = useState(String(settings.heldBasketHours));
  const [days, setDays] = useState(String(settings.quotationDays));
  const [keeps, setKeeps] = useState(settings.quotationKeepsPrices);
  const [noteDays, setNoteDays] = useState(
    settings.creditNoteDays === null ? '' : String(settings.creditNoteDays),
  );
  const [eInvoice, setEInvoice] = useState(settings.eInvoice);
  const [taxNumber, setTaxNumber] = useState(settings.taxNumber ?? '');
  const save = useSaveAfterSaleSettings(() => toastDone(t('afterSale.saved')));
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      heldBasketHours: Number(hours),
      quotationDays: Number(days),
      quotationKeepsPrices: keeps,
      creditNoteDays: noteDays === '' ? null : Number(noteDays),
      eInvoice,
      taxNumber: taxNumber.trim() === '' ? null : taxNumber.trim(),
      version: settings.version,
    });
  }
  const whole = (set: (value: string) => void) => ({
    inputMode: 'numeric' as const,
    dir: 'ltr' as const,
    onChange: (event: { currentTarget: { value: string } }) =>
      set(event.currentTarget.value.replace(/\D/g, '')),
  });
  return (
    <Card label={t('afterSale.settings')}>
      <form onSubmit={onSubmit}>
        <Stack gap="md" maw={640}>
          <ProblemAlert problem={save.error} notSaved={t('afterSale.notSaved')} />
          <SimpleGrid cols={2}>
            <TextInput
              label={t('afterSale.heldHours')}
              required
              value={hours}
              {...whole(setHours)}
              autoFocus
            />
            <TextInput
              label={t('afterSale.noteDays')}
              placeholder={t('afterSale.noEnd')}
              value={noteDays}
              {...whole(setNoteDays)}
            />
            <TextInput label={t('afterSale.quotationDays')} required value={days} {...whole(setDays)} />
            <Checkbox
              label={t('afterSale.keepsPrices')}
              checked={keeps}
              onChange={(event) => setKeeps(event.currentTarget.checked)}
              style={{ alignSelf: 'end', paddingBlockEnd: 8 }}
            />
            <NativeSelect
              label={t('afterSale.eInvoice')}
              value={eInvoice}
              onChange={(event) =>
                setEInvoice(SCHEMES.find((one) => one === event.currentTarget.value) ?? 'none')
              }
              data={SCHEMES.map((value) => ({ value, label: t(`afterSale.scheme.${value}`) }))}
            />
            <TextInput
              label={t('afterSale.taxNumber')}
              required={eInvoice !== 'none'}
              dir="ltr"
              value={taxNumber}
              onChange={(event) => setTaxNumber(event.currentTarget.value)}
            />
          </SimpleGrid>
          <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
