import { Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompoundBatch } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { fieldError } from '../../ui/field-errors';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { useMake } from './compounding-queries';
import classes from './compounding.module.css';

/** Everything is weighed: it is mixed as written, and said to be made. */
export function MakeStep({ batch }: { batch: CompoundBatch }) {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const make = useMake(batch.batchId);
  const submit = () => {
    if (!make.isPending) make.mutate(date === '' ? {} : { beyondUseDate: date });
  };
  return (
    <Card label={t('compounding.makeNow')}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <h2 className={classes['ingredient']}>{t('compounding.makeNow')}</h2>
          <p className={classes['method']}>
            <bdi>{batch.method}</bdi>
          </p>
          <ProblemAlert problem={make.error} notSaved={t('compounding.notMade')} />
          <Group align="flex-end">
            <TextInput
              type="date"
              label={t('compounding.earlierDate')}
              min={todayLocal()}
              value={date}
              error={fieldError(make.error, '/beyondUseDate')}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
            <EnterButton label={t('compounding.isMade')} loading={make.isPending} onPress={submit} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('compounding.madeHint')}
          </Text>
        </Stack>
      </form>
    </Card>
  );
}
