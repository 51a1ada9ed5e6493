import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useKeys, WithKey } from './hotkeys';

/** ISMP: an Enter that was on its way before the screen could be read must not act on it. */
const GUARD_MS = 400;

interface EnterButtonProps extends ButtonProps {
  /** Text of the button and of the key help. */
  label: string;
  onPress: () => void;
}

/**
 * The one thing Enter does on a screen, whatever has the focus, except another button or link, which it presses as usual.
 * It can be pressed 400 ms after it appeared.
 */
export function EnterButton({ label, onPress, disabled, loading, ...rest }: EnterButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isArmed, setIsArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsArmed(true), GUARD_MS);
    return () => clearTimeout(timer);
  }, []);
  const idle = disabled === true || loading === true || !isArmed;

  function run(): void {
    const at = document.activeElement;
    const other = at?.closest<HTMLElement>('button, a[href], summary');
    if (other && other !== button.current) other.click();
    else onPress();
  }

  useKeys([{ combo: 'Enter', label, run, disabled: idle, whileTyping: true }]);
  return (
    <Button
      {...rest}
      ref={button}
      disabled={disabled === true || !isArmed}
      loading={loading}
      onClick={onPress}
      aria-keyshortcuts="Enter"
    >
      <WithKey combo="Enter">{label}</WithKey>
    </Button>
  );
}
