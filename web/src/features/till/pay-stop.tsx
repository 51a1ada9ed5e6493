import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alternative, KeptAlert } from '../../api/types';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Notice } from '../../ui/notice';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { Alternatives } from '../shared/alternatives';
import { EnterGuard } from '../shared/enter-guard';
import type { ScreeningStop } from '../shared/screening-stop';
import { OverrideFields, StepUpField, StopsLeft, WhoCanOverride } from '../shared/stop-answers';
import type { Overrides } from '../shared/use-overrides';
import type { CartDrug } from './cart.domain';
import classes from './till.module.css';

interface PayStopProps {
  stop: ScreeningStop;
  overrides: Overrides;
  /** Products of the basket, and for whom. */
  products: readonly CartDrug[];
  patientId: number | undefined;
  /** Puts another product in the place of one that stops; the basket is shown again. */
  onSwap: (drugId: number, by: Alternative) => void;
  isBusy: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** A sale stopped by screening: what was found, and the overrides it would be sold with. Enter never overrides, F9 signs. */
export function PayStop(props: PayStopProps) {
  const { stop, overrides, isBusy, onSubmit, onClose } = props;
  const { t } = useTranslation();
  const { can } = useSession();
  const mayOverride = can('OverrideClinicalAlert');
  const start = useRef<HTMLDivElement>(null);
  // The field that had the focus is gone; from here Tab leads to the first answer.
  useEffect(() => start.current?.focus(), []);
  return (
    <EnterGuard always>
      <Stack gap="md">
        <div ref={start} tabIndex={-1} className={classes['stopStart']}>
          <Notice tone="stop" role="alert" title={t('pay.stopped')}>
            {t('pay.stoppedHint')}
          </Notice>
        </div>
        <AlertList
          alerts={stop.alerts}
          footer={(alert) => (
            <>
              <Instead alert={alert} {...props} />
              {mayOverride && <OverrideFields alert={alert} overrides={overrides} />}
            </>
          )}
        />
        {!mayOverride && <WhoCanOverride />}
        <NotCheckedList notChecked={stop.notChecked} />
        {mayOverride && <StepUpField overrides={overrides} />}
        <Group justify="space-between">
          {mayOverride ? <StopsLeft overrides={overrides} ready={t('pay.stopReady')} /> : <span />}
          <Group>
            <Button variant="default" onClick={onClose} data-enter-ok>
              {t('common.back')}
            </Button>
            {mayOverride && (
              <KeyButton
                combo="F9"
                label={t('pay.sellAnyway')}
                disabled={!overrides.isReady}
                loading={isBusy}
                onPress={onSubmit}
              />
            )}
          </Group>
        </Group>
      </Stack>
    </EnterGuard>
  );
}

type InsteadProps = Pick<PayStopProps, 'products' | 'patientId' | 'onSwap'> & { alert: KeptAlert };

/** For each product of the basket that the stop is about: what could be sold instead. */
function Instead({ alert, products, patientId, onSwap }: InsteadProps) {
  const concerned = products.filter(({ drugId }) =>
    alert.subjects.some(({ kind, id }) => kind === 'drug' && id === drugId),
  );
  return concerned.map(({ drugId, name }) => (
    <Alternatives
      key={drugId}
      name={concerned.length > 1 ? name : undefined}
      question={{
        ...(patientId === undefined ? {} : { patientId }),
        drugs: products.map((product) => ({ drugId: product.drugId })),
        insteadOf: drugId,
        otcOnly: true,
      }}
      onPick={(by) => onSwap(drugId, by)}
    />
  ));
}
