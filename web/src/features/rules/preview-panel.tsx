import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RulePreview } from '../../api/types';
import { Notice } from '../../ui/notice';
import classes from './rules.module.css';

type Firings = RulePreview['after'];

/** How often a rule would have fired in the last months, as it is and as it would be; `ends`: it would not fire at all. */
export function PreviewPanel({ preview, ends = false }: { preview: RulePreview; ends?: boolean }) {
  const { t } = useTranslation();
  const { before, after, examples, judged, months } = preview;
  return (
    <div className={classes['preview']} role="status" aria-label={t('rules.preview')}>
      <Text size="sm" fw={600}>
        {t('rules.judged', { n: judged, months })}
      </Text>
      {before && (
        <Text size="sm">
          {t('rules.asItIs')} <FiringsText firings={before} />
        </Text>
      )}
      <Text size="sm">
        {t('rules.asItWouldBe')} {ends ? t('rules.nothing') : <FiringsText firings={after} />}
      </Text>
      {!preview.isComplete && <Notice tone="warn" title={t('rules.notAllJudged')} />}
      {!ends && examples.length > 0 && (
        <>
          <Text size="sm" mt={4}>
            {t('rules.examples')}
          </Text>
          <ul>
            {examples.map((message) => (
              <li key={message}>
                <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function FiringsText({ firings }: { firings: Firings }) {
  const { t } = useTranslation();
  if (firings.screenings === 0) return <>{t('rules.nothing')}</>;
  return (
    <>
      {t('rules.fired', { n: firings.screenings })} {t('rules.ofPatients', { n: firings.patients })}{' '}
      {t('rules.stopped', { n: firings.stops })}
    </>
  );
}
