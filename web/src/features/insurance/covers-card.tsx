import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cover } from '../../api/types';
import { useSession } from '../../session/session';
import { rowLinkClass } from '../../ui/data-table';
import { DateText, todayLocal } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { Authorisations } from './authorisations';
import { CoverDialog } from './cover-dialog';
import { useCovers } from './insurance-queries';

/** A patient's covers in the order their payers are asked; a part of the card of his page. */
export function CoversCard({ patientId }: { patientId: number }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const covers = useCovers(patientId);
  const [open, setOpen] = useState<{ cover: Cover | undefined }>();
  const mayWrite = can('WritePatient') && can('ReadClaims');
  return (
    <Box component="section" aria-label={t('covers.title')} p="md">
      <Title order={2} mb={8}>
        {t('covers.title')}
      </Title>
      {covers.isPending && <LoadingRows rows={2} />}
      {covers.isError && <ErrorView error={covers.error} retry={() => void covers.refetch()} />}
      {covers.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('covers.none')}
        </Text>
      )}
      <Stack gap={6}>
        {covers.data?.data.map((cover) => (
          <div key={cover.insuranceId}>
            <Text size="sm">
              <Ltr>{cover.priority}</Ltr>.{' '}
              {mayWrite ? (
                <button type="button" className={rowLinkClass} onClick={() => setOpen({ cover })}>
                  <bdi>{cover.payerName}</bdi>
                </button>
              ) : (
                <bdi>{cover.payerName}</bdi>
              )}
              {cover.planName !== null && (
                <>
                  {' · '}
                  <bdi>{cover.planName}</bdi>
                </>
              )}
              {' · '}
              <Ltr>{cover.memberNumber}</Ltr> <Validity cover={cover} />
            </Text>
          </div>
        ))}
      </Stack>
      {mayWrite && (
        <Group mt="sm">
          <KeyButton
            combo="I"
            label={t('covers.add')}
            variant="default"
            size="xs"
            onPress={() => setOpen({ cover: undefined })}
          />
        </Group>
      )}
      {can('ReadClaims') && <Authorisations patientId={patientId} covers={covers.data?.data ?? []} />}
      <CoverDialog
        patientId={patientId}
        opened={open !== undefined}
        cover={open?.cover}
        next={Math.min(9, (covers.data?.data.length ?? 0) + 1)}
        onClose={() => setOpen(undefined)}
      />
    </Box>
  );
}

function Validity({ cover }: { cover: Cover }) {
  const { t } = useTranslation();
  const today = todayLocal();
  if (cover.validTo !== null && cover.validTo < today)
    return <StatusBadge tone="stop">{t('covers.ended')}</StatusBadge>;
  if (cover.validFrom !== null && cover.validFrom > today)
    return <StatusBadge tone="warn">{t('covers.notYet')}</StatusBadge>;
  if (cover.validTo === null) return null;
  return (
    <Text span size="xs" c="dimmed">
      {t('covers.until')} <DateText value={cover.validTo} />
    </Text>
  );
}
