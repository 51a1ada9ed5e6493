import { Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { QuantityIn } from '../shared/unit-text';
import { DemandChart } from './demand-chart';
import { useDemand } from './replenishment-queries';
import type { Choice, Wanted } from './use-basket';
import classes from './replenishment.module.css';

interface WhyProps {
  wanted: Wanted;
  packsField: Ref<HTMLInputElement>;
  onChange: (choice: Choice) => void;
  onSkip: () => void;
  /** Left out where the user may not set rules. */
  onRule: (() => void) | undefined;
}

/** Why a product is suggested, figure by figure, and what will be ordered of it. */
export function Why({ wanted, packsField, onChange, onSkip, onRule }: WhyProps) {
  const { t, i18n } = useTranslation();
  const { row, packs, supplierId } = wanted;
  const demand = useDemand(row.drugId);
  const unit = row.baseUnit;
  return (
    <Card label={t('replenishment.why')}>
      <Stack gap="sm">
        <Title order={2} fz="1rem">
          <MixedText text={i18n.language === 'ar' ? (row.drugNameAr ?? row.drugName) : row.drugName} />
        </Title>
        <Group grow align="flex-end" wrap="nowrap">
          <DecimalInput
            ref={packsField}
            label={t('replenishment.packs')}
            inputMode="numeric"
            value={packs}
            rightSection={<Keys combo="F2" />}
            onChange={(value) => onChange({ packs: value.replace(/\D.*/, '') })}
          />
          <NativeSelect
            label={t('replenishment.supplier')}
            value={String(supplierId ?? '')}
            onChange={(event) => {
              const chosen = Number.parseInt(event.currentTarget.value, 10);
              if (!Number.isNaN(chosen)) onChange({ supplierId: chosen });
            }}
            data={[
              ...(supplierId === null ? [{ value: '', label: t('replenishment.noSupplier') }] : []),
              ...row.offers.map((offer) => ({
                value: String(offer.supplierId),
                label: offer.price === null ? offer.supplierName : `${offer.supplierName} · ${offer.price}`,
              })),
            ]}
          />
        </Group>
        {demand.isPending && <LoadingRows />}
        {demand.isError && <ErrorView error={demand.error} retry={() => void demand.refetch()} />}
        {demand.data && <DemandChart demand={demand.data} />}
        <Text size="sm" c="dimmed">
          {t(`replenishment.method.${row.method}`, { count: row.weeksSeen })}
        </Text>
        <dl className={classes['facts']}>
          <Fact name={t('replenishment.usagePerDay')}>
            <QuantityIn value={readable(row.usagePerDay)} unit={unit} />
          </Fact>
          <Fact name={t('replenishment.season')}>
            <Ltr>{`${Math.round(row.season * 100)} %`}</Ltr>
          </Fact>
          <Fact name={t('replenishment.outOfStock')}>
            {t('replenishment.outDays', { count: row.stockOutDays })}
          </Fact>
          <Fact name={t('replenishment.lost')}>
            <QuantityText value={row.lost} />
          </Fact>
          <Fact name={t('replenishment.leadTime')}>
            <Ltr>{`${row.leadDays} ± ${row.leadDeviation}`}</Ltr>
          </Fact>
          {row.reason === 'forecast' && (
            <>
              <Fact name={t('replenishment.expectedUntilNext')}>
                <QuantityText value={readable(row.expected)} />
              </Fact>
              <Fact name={t('replenishment.safety', { share: Number((row.serviceLevel * 100).toFixed(1)) })}>
                <QuantityText value={readable(row.safety)} />
              </Fact>
            </>
          )}
          {row.reason === 'min-max' && (
            <Fact name={t('replenishment.leastMost')}>
              <QuantityText value={row.min} /> – <QuantityText value={row.max} />
            </Fact>
          )}
          <Fact name={t('replenishment.wanted')} isSum>
            <QuantityText value={readable(row.target)} />
          </Fact>
          <Fact name={t('replenishment.usable')}>
            <QuantityText value={row.usable} />
          </Fact>
          {Number(row.willExpire) > 0 && (
            <Fact name={t('replenishment.willExpire')}>
              <QuantityText value={readable(row.willExpire)} />
            </Fact>
          )}
          <Fact name={t('replenishment.onOrder')}>
            <QuantityText value={row.onOrder} />
          </Fact>
          <Fact name={t('replenishment.toBuy')} isSum>
            <QuantityIn value={row.quantity} unit={unit} />
          </Fact>
        </dl>
        {row.isCapped && (
          <Text size="sm">{t('replenishment.cappedHint', { count: row.shelfLifeDays ?? 0 })}</Text>
        )}
        <Group gap="sm">
          <KeyButton
            combo="F8"
            variant="default"
            label={t(wanted.isSkipped ? 'replenishment.unskip' : 'replenishment.skip')}
            onPress={onSkip}
          />
          {onRule && (
            <KeyButton combo="F4" variant="default" label={t('replenishment.rule')} onPress={onRule} />
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** An expectation to read: three figures say all it knows. */
function readable(value: string): string {
  const number = Number(value);
  return number >= 100 ? number.toFixed(0) : String(Number(number.toPrecision(3)));
}

function Fact({ name, isSum = false, children }: { name: string; isSum?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className={isSum ? classes['sum'] : undefined}>{name}</dt>
      <dd className={isSum ? classes['sum'] : undefined}>{children}</dd>
    </>
  );
}
