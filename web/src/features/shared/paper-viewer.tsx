import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ErrorView, LoadingRows } from '../../ui/states';
import { paperAddress, usePapers } from './paper-queries';
import { larger, placed, smaller, turned, type Look } from './paper-look.domain';
import classes from './paper.module.css';

/**
 * The papers of a prescription that stand, to be read beside what was entered; nothing where there is none. The keys of the
 * pages (Alt+=, Alt+-, Alt+R, Alt+comma, Alt+stop) act wherever the focus is.
 */
export function PaperViewer({
  prescriptionId,
  actions,
}: {
  prescriptionId: number;
  /** What may be done with the page shown. */
  actions?: (paper: Paper) => ReactNode;
}) {
  const papers = usePapers(prescriptionId);
  if (papers.isPending) return <LoadingRows rows={2} />;
  if (papers.isError) return <ErrorView error={papers.error} retry={() => void papers.refetch()} />;
  const standing = papers.data.data.filter((paper) => paper.withdrawn === null);
  return standing.length === 0 ? null : <PaperPages papers={standing} actions={actions} />;
}

interface PaperPagesProps {
  /** At least one. */
  papers: readonly Paper[];
  actions?: (paper: Paper) => ReactNode;
}

/** Pictures and PDF files one at a time, with keys to go through them and to look closer. */
export function PaperPages({ papers, actions }: PaperPagesProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, papers.length - 1);
  const paper = papers[at];
  const [look, setLook] = useState<Look>({ zoom: 1, quarters: 0 });
  if (!paper) return null;
  const isPdf = paper.mediaType === 'application/pdf';
  const numbers = { page: at + 1, pages: papers.length };
  const tool = (combo: string, name: 'larger' | 'smaller' | 'turn', next: (look: Look) => Look) => (
    <KeyButton
      combo={combo}
      label={t(`paper.${name}`)}
      variant="default"
      size="compact-xs"
      disabled={isPdf}
      onPress={() => setLook(next)}
    />
  );
  const go = (combo: string, name: 'next' | 'previous', to: number) => (
    <KeyButton
      combo={combo}
      label={t(`paper.${name}`)}
      variant="default"
      size="compact-xs"
      disabled={papers[to] === undefined}
      onPress={() => {
        setWanted(to);
        setLook({ zoom: 1, quarters: 0 });
      }}
    />
  );
  return (
    <div className={classes['viewer']}>
      <Group gap={6} className={classes['tools']}>
        {tool('Alt+=', 'larger', larger)}
        {tool('Alt+-', 'smaller', smaller)}
        {tool('Alt+R', 'turn', turned)}
        {papers.length > 1 && (
          <>
            {go('Alt+,', 'previous', at - 1)}
            {go('Alt+.', 'next', at + 1)}
            <Text size="sm" role="status">
              {t('paper.page', numbers)}
            </Text>
          </>
        )}
        {actions?.(paper)}
      </Group>
      {isPdf ? (
        <>
          <iframe
            key={paper.documentId}
            className={classes['pdf']}
            src={paperAddress(paper)}
            title={t('paper.pdf', numbers)}
          />
          <a href={paperAddress(paper)} target="_blank" rel="noreferrer">
            {t('paper.openPdf')}
          </a>
        </>
      ) : (
        <Picture
          key={paper.documentId}
          address={paperAddress(paper)}
          name={t('paper.picture', numbers)}
          look={look}
        />
      )}
    </div>
  );
}

/** A picture as wide as its place, times the zoom; what is larger is moved by scrolling, from the keyboard as well. */
function Picture({ address, name, look }: { address: string; name: string; look: Look }) {
  const { t } = useTranslation();
  const { ref, width: available } = useElementSize();
  const [size, setSize] = useState<{ width: number; height: number }>();
  const [attempt, setAttempt] = useState(0);
  const [isBroken, setIsBroken] = useState(false);
  const place = size && placed(size, available, look);
  const style: CSSProperties | undefined = place && {
    width: place.width,
    height: place.height,
    transform: `translate(-50%, -50%) rotate(${look.quarters * 90}deg)`,
  };
  return (
    // What scrolls is reached by Tab, so that arrow keys move it.
    <div ref={ref} className={classes['picture']} role="group" aria-label={name} tabIndex={0}>
      {isBroken ? (
        <Group p="sm" role="alert">
          <Text size="sm">{t('paper.broken')}</Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setIsBroken(false);
              setAttempt((before) => before + 1);
            }}
          >
            {t('common.tryAgain')}
          </Button>
        </Group>
      ) : (
        <div className={classes['sheet']} style={place && { width: place.boxWidth, height: place.boxHeight }}>
          <img
            key={attempt}
            src={address}
            alt={name}
            style={style}
            data-loaded={size !== undefined}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setSize({ width, height })
            }
            onError={() => setIsBroken(true)}
          />
        </div>
      )}
    </div>
  );
}
