import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';

interface FailureProps {
  release: Pick<ReleaseReport, 'failure'>;
  /** Where another import is begun. */
  next?: '/catalog/imports/new' | '/catalog/rules/new';
}

/** Why an import came to nothing; everything is as it was. */
export function Failure({ release, next = '/catalog/imports/new' }: FailureProps) {
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
        {t(next === '/catalog/rules/new' ? 'ruleFiles.nothingChanged' : 'imports.nothingChanged')}
      </Text>
      <Button size="compact-md" variant="default" onClick={() => void navigate({ to: next })}>
        {t(next === '/catalog/rules/new' ? 'ruleFiles.newTitle' : 'nav.newImport')}
      </Button>
    </Alert>
  );
}
