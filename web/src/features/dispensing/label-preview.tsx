import { Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fill } from '../../api/types';
import { ErrorView } from '../../ui/states';
import { useLabelPreview } from './dispensing-queries';
import classes from './dispensing.module.css';

/** The label as it will be printed, to look at; how often it was printed stands under it. */
export function LabelPreview({ fill, printed }: { fill: Fill; printed: number }) {
  const { t } = useTranslation();
  const label = useLabelPreview(fill);
  if (label.isError) return <ErrorView error={label.error} retry={() => void label.refetch()} />;
  return (
    <>
      {label.data === undefined ? (
        <Skeleton height={190} />
      ) : (
        <iframe
          className={classes['label']}
          title={t('station.labelPreview')}
          // No scripts; of this origin so that it gets its letters.
          sandbox="allow-same-origin"
          tabIndex={-1}
          srcDoc={label.data}
        />
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {t('station.labelsPrinted', { count: printed })}
      </Text>
    </>
  );
}
