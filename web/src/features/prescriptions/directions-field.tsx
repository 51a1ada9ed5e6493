import { Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { ParseSig, SigReading } from '../../api/types';
import classes from './prescriptions.module.css';

/** While one types, directions are read this long after the last key. */
const SETTLE_MS = 200;

/** What the server makes of the directions; `isCurrent` false while it still answers for what was typed before. */
export function useDirections(
  sig: string,
  drugId: number | undefined,
  quantity: string,
): { reading: SigReading | undefined; isCurrent: boolean } {
  const written = sig.trim();
  const [settled] = useDebouncedValue(written, SETTLE_MS);
  const body: ParseSig = { sig: settled, drugId, ...(quantity === '' ? {} : { quantity }) };
  const query = useQuery({
    queryKey: keys.sig(body),
    queryFn: () => api.post<SigReading>('/sig/parse', body),
    placeholderData: keepPreviousData,
    enabled: settled !== '',
  });
  return {
    reading: settled === '' ? undefined : query.data,
    isCurrent: query.isSuccess && !query.isPlaceholderData && settled === written,
  };
}

interface DirectionsFieldProps {
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  onChange: (value: string) => void;
  reading: SigReading | undefined;
}

/** Directions for use: shorthand is expanded under the field as it is typed, in both languages, with what was not understood. */
export function DirectionsField({ ref, value, onChange, reading }: DirectionsFieldProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <Textarea
        ref={ref}
        label={t('prescriptions.sig')}
        placeholder={t('prescriptions.sigPlaceholder')}
        required
        maxLength={500}
        minRows={1}
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {reading && <Expansion reading={reading} />}
    </Stack>
  );
}

function Expansion({ reading }: { reading: SigReading }) {
  const { t } = useTranslation();
  return (
    <div className={classes['expansion']} role="status" aria-label={t('sig.preview')}>
      <p lang="en" dir="ltr">
        {reading.english}
      </p>
      <p lang="ar" dir="rtl">
        {reading.arabic}
      </p>
      {reading.unread.length > 0 && (
        <Text size="sm" fw={600} className={classes['unread']}>
          {t('sig.unread')} <bdi>{reading.unread.map((word) => `“${word}”`).join(' ')}</bdi>
        </Text>
      )}
      {reading.warnings.map((warning) => (
        <Text
          size="sm"
          key={warning.found}
          className={warning.readAs === null ? classes['unread'] : undefined}
        >
          <bdi dir="ltr">{warning.found}</bdi>{' '}
          {warning.readAs === null
            ? t('sig.refused')
            : t('sig.readAs', { meaning: `\u2068${warning.readAs}\u2069` })}{' '}
          {t('sig.instead', { words: `\u2068${warning.instead}\u2069` })}
        </Text>
      ))}
    </div>
  );
}
