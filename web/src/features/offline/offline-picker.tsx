import { TextInput } from '@mantine/core';
import { type Ref, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText } from '../../ui/money-text';
import { OptionsPopover } from '../../ui/options-popover';
import optionClasses from '../../ui/options.module.css';
import { useListbox } from '../../ui/use-listbox';
import { type CatalogueIndex, searchProducts } from './offline-catalogue.domain';
import type { OfflineProduct } from './offline.types';
import classes from './offline.module.css';

interface OfflinePickerProps {
  index: CatalogueIndex;
  onPick: (product: OfflineProduct) => void;
  /** Enter on what no product begins with, such as a code typed by hand. */
  onSubmitText: (text: string) => void;
  /** A key pressed while the field is empty; true when it was used. */
  onEmptyKey: (key: string) => boolean;
  ref: Ref<HTMLInputElement>;
}

const MAX_HITS = 10;

/** The till's item field without the server: products of the kept list by the beginnings of their words, with their prices. */
export function OfflinePicker({ index, onPick, onSubmitText, onEmptyKey, ref }: OfflinePickerProps) {
  const { t, i18n } = useTranslation();
  const wrap = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [isEntered, setIsEntered] = useState(false);
  const typed = text.trim();
  const isOpen = isEntered && typed.length > 1 && !/^\d{4,}$/.test(typed);
  const items = isOpen ? searchProducts(index, typed, MAX_HITS) : [];
  const listbox = useListbox({
    count: items.length,
    isOpen,
    subject: typed,
    onPick: (at) => {
      const item = items[at];
      if (!item) return;
      setText('');
      onPick(item);
    },
  });
  return (
    <div ref={wrap}>
      <TextInput
        ref={ref}
        label={t('till.item')}
        placeholder={t('till.itemPlaceholder')}
        autoFocus
        value={text}
        aria-keyshortcuts="/"
        rightSection={<Keys combo="/" />}
        rightSectionWidth={44}
        {...listbox.inputProps}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIsEntered(true);
        }}
        onKeyDown={(event) => {
          if (listbox.onKeyDown(event)) return;
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            setText('');
          } else if (text === '' && onEmptyKey(event.key)) event.preventDefault();
          else if (event.key === 'Enter' && typed !== '' && items.length === 0) {
            event.preventDefault();
            onSubmitText(typed);
            setText('');
          }
        }}
        onBlur={() => setIsEntered(false)}
      />
      {isOpen && (
        <OptionsPopover anchor={wrap}>
          <div {...listbox.listProps} aria-label={t('till.item')}>
            {items.map((product, at) => (
              <div key={product.drugId} className={optionClasses['option']} {...listbox.optionProps(at)}>
                <span className={classes['option']}>
                  <MixedText
                    text={i18n.language === 'ar' ? (product.nameAr ?? product.name) : product.name}
                  />
                  <MoneyText value={product.price} strong />
                </span>
              </div>
            ))}
          </div>
          {items.length === 0 && <div className={optionClasses['empty']}>{t('offline.notInList')}</div>}
        </OptionsPopover>
      )}
    </div>
  );
}
