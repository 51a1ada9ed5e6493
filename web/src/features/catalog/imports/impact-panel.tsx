import { Group, List, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClinicalImpact } from '../../../api/types';
import { Card } from '../../../ui/page';
import { StatusBadge } from '../../../ui/status-badge';
import { SeverityBadge } from '../../shared/clinical';

const SHOWN = 8;

/** What the new ingredients mean for patients who take such products now. No patient is named. */
export function ImpactPanel({ impact }: { impact: ClinicalImpact }) {
  const { t } = useTranslation();
  const gains = impact.gain.contraindicated + impact.gain.major;
  const losses = impact.lose.contraindicated + impact.lose.major;
  return (
    <Card label={t('imports.impact')}>
      <Group gap={12} mb={6}>
        <Title order={2}>{t('imports.impact')}</Title>
        {gains === 0 && losses === 0 ? (
          <StatusBadge tone="ok">{t('imports.noImpact')}</StatusBadge>
        ) : (
          <StatusBadge tone="stop">{t('imports.hasImpact')}</StatusBadge>
        )}
      </Group>
      <Text size="sm">
        {t('imports.impactScope', {
          changed: impact.changedDrugs,
          taken: impact.takenDrugs,
          patients: impact.patients,
        })}
        {impact.isPartial && ` ${t('imports.impactPartial')}`}
      </Text>
      {gains > 0 && (
        <Text size="sm" fw={600}>
          {t('imports.gain', { contraindicated: impact.gain.contraindicated, major: impact.gain.major })}
        </Text>
      )}
      {losses > 0 && (
        <Text size="sm">
          {t('imports.lose', { contraindicated: impact.lose.contraindicated, major: impact.lose.major })}
        </Text>
      )}
      {impact.alerts.length > 0 && (
        <List size="sm" mt={6} listStyleType="none" spacing={4}>
          {impact.alerts.slice(0, SHOWN).map((alert) => (
            <List.Item key={`${alert.change}${alert.kind}${alert.message}`}>
              <Group gap={8}>
                <SeverityBadge severity={alert.severity} />
                <span>{t(`imports.alertChange.${alert.change}`, { count: alert.patients })}</span>
                <bdi>{alert.message}</bdi>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
    </Card>
  );
}
