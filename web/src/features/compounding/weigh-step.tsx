import { Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchItem, CompoundBatch } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { beep } from '../../ui/scan/beep';
import { toneIcons } from '../../ui/status-badge';
import { BYPASS_REASONS } from '../dispensing/fill-steps';
import station from '../dispensing/dispensing.module.css';
import { ReasonStep } from '../dispensing/reason-step';
import { ScanStrip } from '../dispensing/scan-strip';
import { localName } from '../shared/names';
import { QuantityIn, useUnitName } from '../shared/unit-text';
import { useWeigh } from './compounding-queries';
import classes from './compounding.module.css';
import { judgeWeight, type Tolerance, toleranceOf } from './tolerance.domain';
import { useItemScan } from './use-item-scan';

interface WeighStepProps {
  batch: CompoundBatch;
  item: BatchItem;
  onWeighed: (batch: CompoundBatch) => void;
}

type Bypass = { reason: (typeof BYPASS_REASONS)[number]; note: string };

/** One ingredient: scan its pack, weigh, Enter. A wrong pack or a weight too far off fills the width and is heard. */
export function WeighStep({ batch, item, onWeighed }: WeighStepProps) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const nameOfUnit = useUnitName();
  const field = useRef<HTMLInputElement>(null);
  const [weight, setWeight] = useState('');
  const [waste, setWaste] = useState('');
  const [isRefused, setRefused] = useState(false);
  const [isBypassing, setBypassing] = useState(false);
  const [bypass, setBypass] = useState<Bypass>();
  const weigh = useWeigh(batch.batchId);
  const { pack, scan } = useItemScan(batch.batchId, item, () => field.current?.focus());
  const tolerance = toleranceOf(item.quantityPlanned, batch.tolerancePercent);
  const verdict = judgeWeight(weight, tolerance);
  const isProven = (pack !== undefined && !scan.isStopped) || bypass !== undefined;
  const unit = nameOfUnit(item.baseUnit);

  function submit(): void {
    if (!isProven || weight === '' || weigh.isPending) return;
    if (verdict !== 'within') {
      beep('refused');
      announce(t('errors.weighing-out-of-tolerance'));
      setRefused(true);
      field.current?.select();
      return;
    }
    weigh.mutate(
      {
        batchItemId: item.batchItemId,
        ...(bypass ? { bypass } : pack),
        quantity: weight,
        waste: waste === '' ? '0' : waste,
      },
      {
        onSuccess: (after) => {
          beep('ok');
          announce(t('compounding.weighed', { name: item.drugName }));
          onWeighed(after);
        },
        onError: () => beep('refused'),
      },
    );
  }

  return (
    <Stack gap={12}>
      {bypass === undefined && <ScanStrip scan={scan} missing={isProven ? 0 : 1} isProven={isProven} />}
      {isRefused && verdict !== 'within' && <TooFar weight={weight} unit={unit} tolerance={tolerance} />}
      <Card label={t('compounding.weighNow')}>
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="sm">
            <h2 className={classes['ingredient']}>
              <MixedText text={localName({ name: item.drugName, nameAr: item.drugNameAr }, i18n.language)} />
            </h2>
            <Group gap="lg" align="baseline">
              <span className={classes['planned']}>
                <QuantityIn value={item.quantityPlanned} unit={item.baseUnit} />
              </span>
              <Text>
                {t('compounding.lot')}{' '}
                <strong>
                  <Ltr>{item.lotNumber}</Ltr>
                </strong>{' '}
                · {t('compounding.expires')} <DateText value={item.expiryDate} />
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {t('compounding.between')}{' '}
              <Ltr>
                {tolerance.low} – {tolerance.high}
              </Ltr>{' '}
              {unit} (±
              <Ltr>{batch.tolerancePercent}</Ltr> %)
            </Text>
            {bypass && (
              <Text size="sm" c="red" fw={600}>
                {t('station.bypassed')}: {t(`station.bypassReason.${bypass.reason}`)} ·{' '}
                <bdi>{bypass.note}</bdi>
              </Text>
            )}
            <ProblemAlert problem={weigh.error} notSaved={t('compounding.notWeighed')} />
            <Group align="flex-end">
              <DecimalInput
                ref={field}
                label={t('compounding.weight', { unit })}
                size="lg"
                w={240}
                value={weight}
                error={verdict === 'outside' ? t('compounding.outside') : undefined}
                onChange={(typed) => {
                  setWeight(typed);
                  setRefused(false);
                }}
                autoFocus
              />
              <DecimalInput
                label={t('compounding.waste', { unit })}
                w={160}
                value={waste}
                onChange={setWaste}
                placeholder="0"
              />
              <EnterButton
                label={t('compounding.keep')}
                disabled={!isProven || weight === ''}
                loading={weigh.isPending}
                onPress={submit}
              />
              {can('BypassScan') && bypass === undefined && (
                <KeyButton
                  combo="Alt+B"
                  label={t('station.bypass')}
                  variant="subtle"
                  onPress={() => setBypassing(true)}
                />
              )}
            </Group>
          </Stack>
        </form>
      </Card>
      {isBypassing && (
        <ReasonStep
          title={t('station.bypass')}
          submit={t('station.bypass')}
          note={<Text size="sm">{t('compounding.bypassHint')}</Text>}
          choice={{
            label: t('station.bypassWhy'),
            options: BYPASS_REASONS.map((value) => ({ value, label: t(`station.bypassReason.${value}`) })),
          }}
          problem={null}
          isBusy={false}
          onSubmit={(note, chosen) => {
            setBypass({ note, reason: BYPASS_REASONS.find((one) => one === chosen) ?? 'no_barcode' });
            setBypassing(false);
          }}
          onClose={() => setBypassing(false)}
        />
      )}
    </Stack>
  );
}

function TooFar({ weight, unit, tolerance }: { weight: string; unit: string; tolerance: Tolerance }) {
  const { t } = useTranslation();
  return (
    <div className={station['scan']} data-scan="stop" role="alert">
      <toneIcons.stop size={48} aria-hidden="true" />
      <div>
        <div>{t('errors.weighing-out-of-tolerance')}</div>
        <div>
          <Ltr>{weight}</Ltr> {unit} · {t('compounding.between')}{' '}
          <Ltr>
            {tolerance.low} – {tolerance.high}
          </Ltr>
        </div>
      </div>
    </div>
  );
}
