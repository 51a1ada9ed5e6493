import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alternative, AlternativesQuestion } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { LoadingRows } from '../../ui/states';
import classes from './alert-list.module.css';

// Few stops lead here, so the list and its texts come when it is opened.
const AlternativesList = lazy(async () => {
  const { AlternativesList } = await withTexts('clinical', () => import('./alternatives-list'));
  return { default: AlternativesList };
});

interface AlternativesProps {
  question: AlternativesQuestion;
  /** Name of the product that stops, where more than one might be meant. */
  name?: string;
  /** Takes one in its place; left out where they are only shown. */
  onPick?: (alternative: Alternative) => void;
}

/** On demand, under a stop: what could be given instead without one. Opening it answers nothing, so Enter may. */
export function Alternatives({ question, name, onPick }: AlternativesProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={classes['alternatives']}>
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isOpen}
        data-enter-ok
        onClick={() => setIsOpen(!isOpen)}
      >
        {name === undefined ? t('alerts.alternatives') : t('alerts.alternativesTo', { name })}
      </Button>
      {isOpen && (
        <Suspense fallback={<LoadingRows rows={2} />}>
          <AlternativesList question={question} onPick={onPick} />
        </Suspense>
      )}
    </div>
  );
}
