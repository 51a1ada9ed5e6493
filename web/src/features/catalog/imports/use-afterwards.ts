import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../../api/keys';
import type { ReleaseStatus } from '../../../api/types';
import { announce } from '../../../ui/announcer';
import { isAtWork } from './import-queries';

/**
 * When the server has ended its work: says so, and forgets what was known of drugs, which may all be other ones.
 * Answers true when it was to be applied and waits for review again instead.
 */
export function useAfterwards(status: ReleaseStatus): boolean {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [seen, setSeen] = useState<{ now: ReleaseStatus; before?: ReleaseStatus }>({ now: status });
  if (seen.now !== status) setSeen({ now: status, before: seen.now });
  const { now, before } = seen;
  useEffect(() => {
    if (before === undefined || isAtWork({ status: now })) return;
    announce(t(`imports.status.${now}`));
    void queryClient.invalidateQueries({ queryKey: keys.drugs });
    void queryClient.invalidateQueries({ queryKey: keys.reference });
  }, [now, before, queryClient, t]);
  return before === 'applying' && now === 'staged';
}
