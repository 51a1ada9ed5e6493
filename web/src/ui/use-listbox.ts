import { type HTMLAttributes, type KeyboardEvent, useEffect, useId, useState } from 'react';

interface ListboxOptions {
  /** How many options there are now. */
  count: number;
  isOpen: boolean;
  /** What the options answer, such as the text searched for: another one makes the first option active again. */
  subject: string;
  /** Enter or a click on an option; `event` tells which keys were held. */
  onPick: (index: number, event: { ctrlKey: boolean }) => void;
}

interface Listbox {
  /** The option that Enter takes; -1 when there is none. */
  active: number;
  inputProps: HTMLAttributes<HTMLInputElement> & { autoComplete: 'off' };
  listProps: HTMLAttributes<HTMLElement>;
  optionProps: (index: number) => HTMLAttributes<HTMLElement>;
  /** Arrows and Enter; true when the key was used up. */
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => boolean;
}

/**
 * A text field with a list of options under it, as the ARIA practices describe a combobox: the focus stays in the field,
 * `aria-activedescendant` names the option. (The kit's own combobox brings a positioning engine of 22 kB and does not
 * name the first option until an arrow is pressed.)
 */
export function useListbox({ count, isOpen, subject, onPick }: ListboxOptions): Listbox {
  const id = useId();
  const [chosen, setChosen] = useState({ subject, index: 0 });
  const index = chosen.subject === subject ? chosen.index : 0;
  const active = isOpen && count > 0 ? Math.min(index, count - 1) : -1;
  const optionId = (at: number) => `${id}option${at}`;
  const activeId = active === -1 ? undefined : optionId(active);

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  function move(by: 1 | -1): void {
    setChosen({ subject, index: (active + by + count) % count });
  }

  return {
    active,
    inputProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': activeId,
      autoComplete: 'off',
    },
    listProps: { id, role: 'listbox' },
    optionProps: (at) => ({
      id: optionId(at),
      role: 'option',
      'aria-selected': at === active,
      // The focus stays in the field.
      onMouseDown: (event) => event.preventDefault(),
      onMouseMove: () => at !== active && setChosen({ subject, index: at }),
      onClick: (event) => onPick(at, event),
    }),
    onKeyDown: (event) => {
      if (active === -1 || event.nativeEvent.isComposing) return false;
      if (event.key === 'ArrowDown') move(1);
      else if (event.key === 'ArrowUp') move(-1);
      else if (event.key === 'Enter') onPick(active, event);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
