import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IngredientWorklist } from '../../../api/types';
import { Keys } from '../../../ui/hotkeys/hotkeys';
import classes from './admin.module.css';
import { knownReason } from './worklist.domain';

interface SuggestionButtonsProps {
  row: IngredientWorklist['data'][number];
  onTake: (at: number) => void;
}

/** What a text may mean, best first, each with its key and why it is put forward. */
export function SuggestionButtons({ row, onTake }: SuggestionButtonsProps) {
  const { t } = useTranslation();
  if (row.suggestions.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('catalog.noSuggestion')}
      </Text>
    );
  }
  return (
    <Group gap={6}>
      {row.suggestions.map((one, at) => {
        const reason = knownReason(one.reason);
        return (
          <button
            key={one.ingredientId}
            type="button"
            className={classes['suggestion']}
            onClick={() => onTake(at)}
          >
            <Keys combo={String(at + 1)} />
            <span className="visually-hidden">{row.rawText} = </span>
            <span>
              <b>
                <bdi>{one.name}</bdi>
              </b>
              <small>
                {reason === undefined ? one.reason : t(`catalog.reason.${reason}`)}
                {one.matched !== one.name && (
                  <>
                    {': '}
                    <bdi dir="auto">{one.matched}</bdi>
                  </>
                )}
              </small>
            </span>
          </button>
        );
      })}
    </Group>
  );
}
