import { Button, type ButtonProps } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { ariaKeys, useKeys, WithKey } from './hotkeys';

interface KeyButtonProps extends ButtonProps {
  /** Combination such as `F4`; pressed anywhere on the screen it does what the button does. */
  combo: string;
  /** Text of the button and of the key help. */
  label: string;
  onPress: () => void;
  children?: ReactNode;
  type?: 'button' | 'submit';
  autoFocus?: boolean;
  /** Said when the pointer rests on it, such as why it cannot be pressed. */
  title?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows its key and answers to it. */
export function KeyButton({ combo, label, onPress, disabled, loading, children, ...rest }: KeyButtonProps) {
  const idle = disabled === true || loading === true;
  useKeys([{ combo, label, run: onPress, disabled: idle, whileTyping: combo.length > 1 }]);
  const onClick: MouseEventHandler = () => onPress();
  return (
    <Button
      {...rest}
      disabled={disabled}
      loading={loading}
      onClick={onClick}
      aria-keyshortcuts={ariaKeys(combo)}
    >
      <WithKey combo={combo}>{children ?? label}</WithKey>
    </Button>
  );
}
