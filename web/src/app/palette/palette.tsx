import { Loader, Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddToBasket } from '../../features/till/use-add-to-basket';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Layer } from '../../ui/layer/layer';
import { useScan } from '../../ui/scan/scan';
import { ErrorView } from '../../ui/states';
import { useListbox } from '../../ui/use-listbox';
import { type PaletteItem, usePaletteItems } from './palette-items';
import { PaletteLine } from './palette-line';
import classes from './palette.module.css';
import { type Scan, useScanned } from './use-scanned';

interface PaletteProps {
  opened: boolean;
  /** The last scan that no screen took. */
  scan: Scan | undefined;
  /** `goesBack`: to where the cursor was before. */
  onClose: (goesBack: boolean) => void;
}

/** Ctrl+K, F3: products, patients, pages and actions in one list, by keyboard alone. */
export function Palette({ opened, scan, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const basket = useAddToBasket();
  const [text, setText] = useState('');
  const find = useScanned(scan, setText);

  function close(goesBack: boolean): void {
    setText('');
    onClose(goesBack);
  }

  function run(item: PaletteItem, toBasket: boolean): void {
    if (item.kind === 'suggestion') return setText(item.text);
    if (item.kind === 'drug' && toBasket) {
      if (!basket.mayAdd(item.drug)) return;
      basket.add(item.drug);
      return close(true);
    }
    close(false);
    switch (item.kind) {
      case 'drug':
        return void navigate({ to: '/drugs/$drugId', params: { drugId: String(item.drug.drugId) } });
      case 'all-drugs':
        return void navigate({ to: '/drugs', search: { q: text.trim() } });
      case 'patient':
        return void navigate({
          to: '/patients/$patientId',
          params: { patientId: String(item.patient.patientId) },
        });
      case 'page':
        return void navigate({ to: item.to });
    }
  }

  return (
    <Modal.Root
      opened={opened}
      onClose={() => close(true)}
      returnFocus={false}
      size={880}
      yOffset="8vh"
      centered={false}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Layer>
          <div className={classes['content']}>
            <Finder
              opened={opened}
              text={text}
              onText={setText}
              onScan={find}
              onRun={run}
              mayAdd={basket.mayAdd}
            />
          </div>
        </Layer>
      </Modal.Content>
    </Modal.Root>
  );
}

function isInPalette(field: HTMLElement, node: EventTarget | null): boolean {
  return node instanceof Node && field.closest('[role="dialog"]')?.contains(node) === true;
}

/**
 * A screen that has only just loaded behind the palette may put the cursor into a field of its own. A key pressed in
 * that moment is meant for the palette: what types is typed there, what would act on the screen behind does nothing.
 */
function useKeepKeys(field: RefObject<HTMLInputElement | null>, opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      const input = field.current;
      if (!input || isInPalette(input, event.target)) return;
      input.focus();
      if (event.key.length === 1) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [field, opened]);
}

interface FinderProps {
  opened: boolean;
  text: string;
  onText: (text: string) => void;
  onScan: (code: string) => void;
  onRun: (item: PaletteItem, toBasket: boolean) => void;
  mayAdd: ReturnType<typeof useAddToBasket>['mayAdd'];
}

function Finder({ opened, text, onText, onScan, onRun, mayAdd }: FinderProps) {
  const { t } = useTranslation();
  const answer = usePaletteItems(text);
  const items = answer.groups.flatMap((group) => group.items);
  /** Enter pressed before the answer to the present text was there: it is carried out as soon as it is. */
  const [waiting, setWaiting] = useState<{ text: string; toBasket: boolean }>();
  const listbox = useListbox({
    count: items.length,
    isOpen: true,
    subject: text.trim(),
    onPick: (index, event) => {
      const item = items[index];
      if (item !== undefined) onRun(item, event.ctrlKey);
    },
  });
  const field = useRef<HTMLInputElement>(null);
  useKeepKeys(field, opened);
  useScan(onScan);
  const active = items[listbox.active];
  const { isCurrent } = answer;
  const isDue = waiting !== undefined && waiting.text === text && isCurrent;
  const runFirst = useEffectEvent(() => {
    if (items[0] && waiting) onRun(items[0], waiting.toBasket);
  });

  useEffect(() => {
    if (isDue) runFirst();
  }, [isDue]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter' && !isCurrent && !event.nativeEvent.isComposing) {
      event.preventDefault();
      setWaiting({ text, toBasket: event.ctrlKey });
      return;
    }
    listbox.onKeyDown(event);
  }

  const starts = answer.groups.map((_, at) =>
    answer.groups.slice(0, at).reduce((sum, group) => sum + group.items.length, 0),
  );
  return (
    <>
      <div className={classes['field']}>
        <IconSearch size={18} aria-hidden="true" />
        <input
          ref={field}
          // At once, not when the dialog has settled: the next key may be on its way.
          autoFocus
          data-autofocus
          className={classes['input']}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          value={text}
          {...listbox.inputProps}
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            const { currentTarget, relatedTarget } = event;
            if (!opened || isInPalette(currentTarget, relatedTarget)) return;
            requestAnimationFrame(() => currentTarget.focus());
          }}
        />
        {answer.isSearching && <Loader size={16} aria-label={t('common.loading')} />}
      </div>
      <div
        {...listbox.listProps}
        className={classes['list']}
        aria-label={t('palette.title')}
        aria-busy={!isCurrent}
      >
        {answer.groups.map((group, at) => (
          <div key={`${group.id}${at}`} role="group" aria-label={t(`palette.${group.id}`)}>
            <div className={classes['group']} aria-hidden="true">
              {t(`palette.${group.id}`)}
            </div>
            {group.items.map((item, index) => (
              <div
                key={index}
                className={classes['line']}
                {...listbox.optionProps((starts[at] ?? 0) + index)}
              >
                <PaletteLine item={item} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {answer.error !== undefined && <ErrorView error={answer.error} retry={answer.retry} />}
      {items.length === 0 && isCurrent && answer.error === undefined && (
        <p className={classes['empty']}>{t('palette.nothing')}</p>
      )}
      <footer className={classes['foot']}>
        <span>
          <Keys combo="Enter" /> {t('palette.openIt')}
        </span>
        {active?.kind === 'drug' && mayAdd(active.drug) && (
          <span>
            <Keys combo="Ctrl+Enter" /> {t('palette.toBasket')}
          </span>
        )}
        <span>
          <Keys combo="Escape" /> {t('common.close')}
        </span>
      </footer>
    </>
  );
}
