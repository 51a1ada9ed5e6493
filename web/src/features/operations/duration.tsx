import { useTranslation } from 'react-i18next';
import { durationWords } from './duration.domain';

/** A duration as words; null: it is not known. */
export function DurationText({ seconds }: { seconds: number | null }) {
  const { t, i18n } = useTranslation();
  return <bdi>{seconds === null ? t('common.none') : durationWords(Math.round(seconds), i18n.language)}</bdi>;
}
