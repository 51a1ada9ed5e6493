import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { type FormEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLine } from '../../api/types';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { WithKey } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { useUnitName } from '../shared/unit-text';
import { afterKey } from './count-target.domain';
import classes from './stock-counts.module.css';
import type { CountDesk } from './use-count-desk';

const KEYPAD = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '.', '0', 'back'] as const;

/** What is in hand: its lot, the quantity, and on to the next. */
export function EntryCard({ desk, onSkip }: { desk: CountDesk; onSkip: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { target } = desk;
  return (
    <Card label={t('counts.inHand')}>
      <Stack gap="sm">
        {target === undefined && (
          <Text size="lg" c="dimmed" role="status">
            {t('counts.scanOrType')}
          </Text>
        )}
        {target?.kind === 'choose' && <LotChoice key={target.pack.drugId} desk={desk} lines={target.lines} />}
        {target !== undefined && target.kind !== 'choose' && (
          <QuantityForm key={keyOf(target)} desk={desk} onSkip={onSkip} />
        )}
        <ProblemAlert problem={desk.problem} notSaved={t('counts.notKept')} />
      </Stack>
    </Card>
  );
}

const keyOf = (target: NonNullable<CountDesk['target']>): string =>
  target.kind === 'line' ? `line ${target.line.lotId}` : `found ${target.pack.drugId}`;

/** Several lots fit: each is a button; the first has the focus. */
function LotChoice({ desk, lines }: { desk: CountDesk; lines: readonly CountLine[] }) {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const name = desk.target?.kind === 'choose' ? desk.target.pack.drugName : '';
  return (
    <Stack gap="xs" role="group" aria-label={t('counts.whichLot')}>
      <Text fw={650} size="lg">
        <MixedText text={name} />
      </Text>
      <Text size="sm">{t('counts.whichLot')}</Text>
      <div className={classes['lots']}>
        {lines.map((line, index) => (
          <Button
            key={line.lotId}
            ref={index === 0 ? first : undefined}
            variant="default"
            size="md"
            onClick={() => desk.choose(line)}
          >
            <Ltr>{line.lotNumber}</Ltr>
            <Text span size="sm" c="dimmed" ms={8}>
              <DateText value={line.expiryDate} />
            </Text>
          </Button>
        ))}
        <Button variant="default" size="md" onClick={() => desk.choose(undefined)}>
          {t('counts.otherLot')}
        </Button>
      </div>
    </Stack>
  );
}

function QuantityForm({ desk, onSkip }: { desk: CountDesk; onSkip: (() => void) | undefined }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const field = useRef<HTMLInputElement>(null);
  const { target, quantity } = desk;
  const isFound = target?.kind === 'found';
  const isLotAsked = isFound && target.pack.lotNumber === null;
  // With the picture, so that no key is lost; a lot that must be named first asks for its number first.
  useLayoutEffect(() => {
    if (!isLotAsked) field.current?.select();
  }, [isLotAsked]);
  if (target === undefined || target.kind === 'choose') return null;
  const unit = target.kind === 'line' ? target.line.baseUnit : target.pack.baseUnit;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    desk.save();
  }

  return (
    <form onSubmit={onSubmit} className={classes['desk']}>
      <Stack gap="sm">
        {target.kind === 'line' ? (
          <LineHead line={target.line} />
        ) : (
          <FoundHead desk={desk} name={target.pack.drugName} />
        )}
        <Group align="flex-end" gap="sm">
          <DecimalInput
            ref={field}
            className={classes['quantity']}
            size="xl"
            label={t('counts.counted')}
            value={quantity}
            onChange={desk.write}
            maxLength={13}
            autoComplete="off"
            // The keypad beside it is the keyboard of a tablet.
            inputMode="none"
            rightSectionWidth={96}
            rightSection={
              <Text size="sm" c="dimmed">
                {nameOfUnit(unit, quantity === '' ? '1' : quantity)}
              </Text>
            }
          />
          <Button type="submit" size="xl" disabled={!desk.isReady} loading={desk.isSaving}>
            <WithKey combo="Enter">{t('counts.next')}</WithKey>
          </Button>
        </Group>
        <Group gap="sm">
          {onSkip && <KeyButton combo="F6" variant="default" label={t('counts.skip')} onPress={onSkip} />}
          {(quantity !== '' || isFound) && (
            <Button variant="default" onClick={desk.drop}>
              {t('counts.letGo')}
            </Button>
          )}
        </Group>
      </Stack>
      <div className={classes['keypad']} role="group" aria-label={t('counts.keypad')}>
        {KEYPAD.map((key) => (
          <Button
            key={key}
            variant="default"
            tabIndex={-1}
            aria-label={key === 'back' ? t('counts.backspace') : undefined}
            onClick={() => {
              desk.write(afterKey(quantity, key));
              field.current?.focus();
            }}
          >
            {key === 'back' ? <IconBackspace size={22} aria-hidden="true" /> : key}
          </Button>
        ))}
      </div>
    </form>
  );
}

function LineHead({ line }: { line: CountLine }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text fw={650} className={classes['name']}>
        <MixedText text={line.drugName} />
      </Text>
      <Group gap="lg" className={classes['facts']}>
        <span>
          {t('stock.bin')} <strong>{line.bin === null ? t('common.none') : <Ltr>{line.bin}</Ltr>}</strong>
        </span>
        <span>
          {t('stock.lot')}{' '}
          <strong>
            <Ltr>{line.lotNumber}</Ltr>
          </strong>
        </span>
        <span>
          {t('stock.expiry')}{' '}
          <strong>
            {line.expiryDate === null ? t('expiry.none') : <DateText value={line.expiryDate} />}
          </strong>
        </span>
      </Group>
      {line.mustRecount && <Notice tone="warn" title={t('counts.mustRecount')} />}
      {!line.mustRecount && line.counted !== null && (
        <Notice tone="info" title={t('counts.replaces')}>
          <Text size="sm">
            <QuantityText value={line.counted} /> · <bdi>{line.countedBy}</bdi>
          </Text>
        </Notice>
      )}
    </div>
  );
}

/** A lot the count does not know: what the code does not say is read from the pack. */
function FoundHead({ desk, name }: { desk: CountDesk; name: string }) {
  const { t } = useTranslation();
  const { target, fields, setFields } = desk;
  if (target?.kind !== 'found') return null;
  const { pack } = target;
  const asksCost =
    fields.unitCost !== '' || desk.problem?.fields.some(({ pointer }) => pointer.endsWith('/unitCost'));
  return (
    <Stack gap="xs">
      <Text fw={650} className={classes['name']}>
        <MixedText text={name} />
      </Text>
      <Notice tone="warn" title={t('counts.notInBook')} role="alert">
        <Text size="sm">{t('counts.notInBookHint')}</Text>
      </Notice>
      <Group gap="sm" align="flex-end">
        {pack.lotNumber === null ? (
          <TextInput
            label={t('stock.lot')}
            required
            autoFocus
            dir="ltr"
            maxLength={60}
            value={fields.lotNumber}
            onChange={(event) => setFields({ lotNumber: event.currentTarget.value })}
          />
        ) : (
          <span className={classes['facts']}>
            {t('stock.lot')}{' '}
            <strong>
              <Ltr>{pack.lotNumber}</Ltr>
            </strong>
          </span>
        )}
        {pack.expiryDate === null ? (
          <>
            <TextInput
              label={t('stock.expiry')}
              type="date"
              required={!fields.hasNoExpiry}
              disabled={fields.hasNoExpiry}
              value={fields.expiryDate}
              onChange={(event) => setFields({ expiryDate: event.currentTarget.value })}
            />
            <Checkbox
              label={t('counts.noExpiry')}
              checked={fields.hasNoExpiry}
              onChange={(event) => setFields({ hasNoExpiry: event.currentTarget.checked, expiryDate: '' })}
            />
          </>
        ) : (
          <span className={classes['facts']}>
            {t('stock.expiry')}{' '}
            <strong>
              <DateText value={pack.expiryDate} />
            </strong>
          </span>
        )}
        {asksCost && (
          <DecimalInput
            label={t('stock.unitCostOf')}
            required
            value={fields.unitCost}
            onChange={(unitCost) => setFields({ unitCost })}
          />
        )}
      </Group>
    </Stack>
  );
}
