import { describe, expect, it } from 'vitest';
import { comboOf, type KeyPress, usCharacter } from './combo.domain';

function press(part: Partial<KeyPress>): KeyPress {
  return { key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...part };
}

describe('naming a key combination', () => {
  it('names function keys and modified letters', () => {
    expect(comboOf(press({ key: 'F4', code: 'F4' }))).toBe('F4');
    expect(comboOf(press({ key: 'k', code: 'KeyK', ctrlKey: true }))).toBe('Ctrl+K');
    expect(comboOf(press({ key: 'Enter', code: 'Enter', ctrlKey: true }))).toBe('Ctrl+Enter');
  });

  it('gives the same name with an Arabic layout, where the letter on the key is another one', () => {
    expect(comboOf(press({ key: 'ن', code: 'KeyK', ctrlKey: true }))).toBe('Ctrl+K');
    expect(comboOf(press({ key: 'ظ', code: 'Slash' }))).toBe('/');
    expect(comboOf(press({ key: '؟', code: 'Slash', shiftKey: true }))).toBe('?');
    expect(comboOf(press({ key: '١', code: 'Digit1', altKey: true }))).toBe('Alt+1');
  });

  it('does not name Shift when it is part of the character', () => {
    expect(comboOf(press({ key: '?', code: 'Slash', shiftKey: true }))).toBe('?');
    expect(comboOf(press({ key: 'Tab', code: 'Tab', shiftKey: true }))).toBe('Shift+Tab');
  });

  it('knows what a US layout types for a place', () => {
    expect(usCharacter('Digit2', true)).toBe('@');
    expect(usCharacter('KeyA', false)).toBe('a');
    expect(usCharacter('ArrowUp', false)).toBeUndefined();
  });
});
