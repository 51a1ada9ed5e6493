import { useTranslation } from 'react-i18next';

/** The name of a tender; its own word where the interface has none for it. */
export function useTenderName(): (method: string) => string {
  const { t, i18n } = useTranslation();
  return (method) => {
    const names: unknown = i18n.getResource(i18n.language, 'translation', 'tender');
    const isKnown = typeof names === 'object' && names !== null && method in names;
    return isKnown ? t(`tender.${method as 'cash'}`) : method;
  };
}
