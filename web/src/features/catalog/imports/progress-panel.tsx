import { Group, Progress, Text } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';
import { CountText } from '../../../ui/money-text';
import { Ltr } from '../../../ui/ltr';
import { Card } from '../../../ui/page';
import { clockText, secondsLeft, shareRead, sizeText } from './progress.domain';

/** How far the server is: rows, rows a second, time left. Leaving the page stops nothing. */
export function ProgressPanel({ release }: { release: Pick<ReleaseReport, 'progress'> }) {
  const { t } = useTranslation();
  const { progress } = release;
  const phase = progress?.phase ?? 'reading';
  const share = progress && phase === 'reading' ? shareRead(progress) : undefined;
  const left = progress && phase === 'reading' ? secondsLeft(progress) : undefined;
  return (
    <Card label={t('imports.progress')}>
      <Group justify="space-between" mb={8}>
        <Text fw={600}>{t(`imports.phase.${phase}`)}</Text>
        <Text size="sm" c="dimmed">
          {t('imports.goesOn')}
        </Text>
      </Group>
      <Progress
        size="lg"
        value={share === undefined ? 100 : share * 100}
        animated={share === undefined}
        striped={share === undefined}
        aria-label={t(`imports.phase.${phase}`)}
      />
      {progress && (
        <Group gap={24} mt={8}>
          <Text size="sm" data-testid="import-rows">
            <CountText value={progress.rows} /> {t('imports.rows')}
          </Text>
          <Text size="sm">
            <CountText value={progress.rowsPerSecond} /> {t('imports.rowsPerSecond')}
          </Text>
          {progress.bytesTotal > 0 && (
            <Text size="sm">
              <Ltr>
                {sizeText(progress.bytesRead)} / {sizeText(progress.bytesTotal)}
              </Ltr>
            </Text>
          )}
          {left !== undefined && (
            <Text size="sm">
              {t('imports.timeLeft')} <Ltr>{clockText(left)}</Ltr>
            </Text>
          )}
        </Group>
      )}
    </Card>
  );
}
