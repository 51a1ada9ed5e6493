import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Notice } from '../../ui/notice';
import { AlertList, NotCheckedList } from '../shared/alert-list';
import { EnterGuard } from '../shared/enter-guard';
import type { ScreeningStop } from '../shared/screening-stop';
import { OverrideFields, StepUpField, StopsLeft, WhoCanOverride } from '../shared/stop-answers';
import type { Overrides } from '../shared/use-overrides';
import classes from './till.module.css';

interface PayStopProps {
  stop: ScreeningStop;
  overrides: Overrides;
  isBusy: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** A sale stopped by screening: what was found, and the overrides it would be sold with. Enter never overrides, F9 signs. */
export function PayStop({ stop, overrides, isBusy, onSubmit, onClose }: PayStopProps) {
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
          footer={(alert) => (mayOverride ? <OverrideFields alert={alert} overrides={overrides} /> : null)}
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
