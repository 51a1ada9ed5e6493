import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';

/** Why an import came to nothing; the catalogue is as it was. */
export function Failure({ release }: { release: ReleaseReport }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('imports.failed')}
    >
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        <bdi dir="auto">{release.failure}</bdi>
      </Text>
      <Text size="sm" my={8}>
        {t('imports.nothingChanged')}
      </Text>
      <Button
        size="compact-md"
        variant="default"
        onClick={() => void navigate({ to: '/catalog/imports/new' })}
      >
        {t('nav.newImport')}
      </Button>
    </Alert>
  );
}
