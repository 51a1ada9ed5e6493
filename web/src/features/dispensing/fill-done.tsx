import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Fill, FilledPrescription } from '../../api/types';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MoneyText } from '../../ui/money-text';
import { LotsText } from '../prescriptions/prescription-history';
import classes from '../prescriptions/prescriptions.module.css';
import { namesOf } from '../shared/alert-list';
import { FillStatusBadge } from '../shared/clinical';
import { usePrint } from '../shared/print';
import { RememberedNote } from '../shared/stop-answers';

type Done = Fill & Partial<Pick<FilledPrescription, 'alerts' | 'rememberedOverrides'>>;

/** What a fill came to: lots, price, what was remembered; its label and the way to the till. */
export function FillDone({
  fill,
  patientId,
  onClose,
}: {
  fill: Done;
  patientId: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { printLabel } = usePrint();
  const { can } = useSession();
  const navigate = useNavigate();
  return (
    <Stack gap="md">
      <Group gap="sm">
        <FillStatusBadge status={fill.status} />
        <Text fw={600}>
          <bdi>{fill.drugName}</bdi>
        </Text>
      </Group>
      <div role="status">
        <Text size="sm" c="dimmed">
          {t('fill.lotsTaken')}
        </Text>
        <Text>
          <LotsText lots={fill.lots} />
        </Text>
        <Text className={classes['total']} mt="xs">
          {t('fills.price')} <MoneyText value={fill.price} strong />
        </Text>
      </div>
      {fill.rememberedOverrides?.map((decision) => (
        <div key={decision.alertId}>
          <Text size="sm" fw={600}>
            <bdi>
              {namesOf(fill.alerts?.find(({ alertId }) => alertId === decision.alertId)?.subjects ?? []).join(
                ' + ',
              )}
            </bdi>
          </Text>
          <RememberedNote decision={decision} />
        </div>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        <KeyButton
          combo="F8"
          label={t('prescriptions.printLabel')}
          variant="default"
          leftSection={<IconPrinter size={18} />}
          onPress={() => printLabel(fill.fillId)}
        />
        {fill.status === 'dispensed' && can('Sell') && (
          <KeyButton
            combo="F4"
            label={t('prescriptions.toTill')}
            autoFocus
            onPress={() => void navigate({ to: '/till', search: { patientId, fillId: fill.fillId } })}
          />
        )}
      </Group>
    </Stack>
  );
}
