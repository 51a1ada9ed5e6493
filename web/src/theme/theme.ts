import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Meditory's own blue-green: quiet enough for eight hours, AA on white from shade 6 and on dark below shade 4. */
const lagoon: MantineColorsTuple = [
  '#eaf6f6',
  '#d5eaeb',
  '#a9d5d7',
  '#7abfc2',
  '#4fa9ae',
  '#2a8f95',
  '#17797f',
  '#0f666c',
  '#0f5f66',
  '#0a4a50',
];

/** Neutral ramp with a trace of blue, used by Mantine for dark surfaces and text. */
const dark: MantineColorsTuple = [
  '#e3e8ea',
  '#c3ccd0',
  '#a6b1b6',
  '#77858b',
  '#3d4a50',
  '#2d393f',
  '#232d32',
  '#182024',
  '#12191c',
  '#0c1113',
];

/** The one token set of the interface; light and dark differ only by Mantine's colour scheme and `tokens.css`. */
export const theme = createTheme({
  colors: { lagoon, dark },
  primaryColor: 'lagoon',
  primaryShade: 7,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "'Noto Sans Arabic Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  // Plain default props: naming the components themselves would put all of them into the first download.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'sm' } },
    ModalRoot: { defaultProps: { centered: true, transitionProps: { duration: 0 } } },
    ModalOverlay: { defaultProps: { opacity: 0.45 } },
    Textarea: { defaultProps: { autosize: true, minRows: 2, maxRows: 6 } },
    TextInput: { defaultProps: { autoComplete: 'off' } },
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--m-surface)',
  '--mantine-color-dimmed': 'var(--m-muted)',
  '--mantine-color-placeholder': 'var(--m-muted)',
  '--mantine-color-default-border': 'var(--m-line)',
  '--mantine-color-error': 'var(--m-stop)',
};

/** Makes Mantine's own variables follow `tokens.css`, where each pair of colours meets AA contrast. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: surfaces,
});
