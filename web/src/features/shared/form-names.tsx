import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { LocalNamedPage } from '../../api/types';

/** The lists whose entries have Arabic names and are few enough to be known at once. */
const PATHS = { dosageForm: '/reference/dosage-forms', route: '/reference/routes' } as const;
export type NamedList = keyof typeof PATHS;

const MOST_USED = { sort: '-products', limit: 100 };
const STALE_MS = 10 * 60_000;

/** What a dosage form or route is called in the language of the interface; its own name where it has no other. */
export function useLocalNames(list: NamedList): (name: string) => string {
  const { i18n } = useTranslation();
  const names = useQuery({
    queryKey: keys.referenceList(PATHS[list], MOST_USED),
    queryFn: ({ signal }) => api.get<LocalNamedPage>(PATHS[list], MOST_USED, signal),
    enabled: i18n.language === 'ar',
    staleTime: STALE_MS,
    select: (page) => new Map(page.data.map((one) => [one.name, one.nameAr])),
  });
  return (name) => names.data?.get(name) ?? name;
}

/** A dosage form or route in the language of the interface. */
export function LocalName({ list, name }: { list: NamedList; name: string }) {
  const nameOf = useLocalNames(list);
  return <bdi>{nameOf(name)}</bdi>;
}
