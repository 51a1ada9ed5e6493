import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.plugin';
import { firstLoadBudget } from './first-load.plugin';
import { kitStylesComplete } from './kit-styles.plugin';
import { serviceWorker } from './service-worker.plugin';

// What only an open dialog needs.
const DIALOG =
  '@mantine/core/esm/components/(?:Modal|ModalBase|ScrollArea|Portal|Overlay|FocusTrap|Paper|Combobox)/|@floating-ui/|react-remove-scroll|use-sidecar|use-callback-ref|react-style-singleton|tslib|get-nonce';

// What only lists and forms need: no part of the till before a dialog is opened.
const FORM =
  '@mantine/core/esm/components/(?:Checkbox|InlineInput|SimpleGrid|List|Code|Skeleton|Textarea|PasswordInput)/|react-textarea-autosize|use-composed-ref|use-latest|use-isomorphic-layout-effect';
const LIST =
  '(?:list-screen|data-table|pager|row-keys|form-foot|notice|field-errors|text-dir|save-text|attention|hotkeys/enter-button)\\.';

// What only a stop needs.
const STOP =
  '(?:alert-list|clinical|alternatives|alternatives-list|alternatives-queries|enter-guard|not-checked-reason|override\\.domain|override-reasons|screening-stop|stop-answers|use-overrides)\\.';

// Screens are lazy routes (src/app/router.tsx), so the till downloads only its own code plus the shared kit.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), kitStylesComplete(), firstLoadBudget(), serviceWorker(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What nearly every screen needs travels in two files instead of sixty; dialogs follow when the browser is idle.
        codeSplitting: {
          groups: [
            // A group takes along what its files import, so what nearly everything imports comes first.
            {
              name: 'kit',
              test: new RegExp(`node_modules/(?!${DIALOG}|${FORM})`),
              minShareCount: 12,
              priority: 3,
            },
            {
              name: 'shared',
              test: new RegExp(
                `/src/(?:api/|i18n/|session/|theme/|ui/(?!dialog|${LIST})|features/shared/(?!${STOP})).*\\.tsx?$`,
              ),
              minShareCount: 4,
              priority: 2,
            },
            // Signs of the rail and the till that some screen uses too: one file instead of one for each.
            {
              name: 'signs',
              test: /@tabler\/icons-react\/dist\/esm\/icons\/Icon(?:Lock|ShieldCheck|Trash)\./,
              priority: 1,
            },
            // The basket, which the till without the server shares: one file instead of three.
            {
              name: 'basket',
              test: /\/src\/features\/till\/(?:cart|scan-line|till\.module|till-queries|use-basket)/,
              minShareCount: 2,
              priority: 1,
            },
            {
              name: 'forms',
              test: new RegExp(`node_modules/(?:${FORM})|/src/ui/${LIST}`),
              minShareCount: 3,
              priority: 1,
            },
            {
              name: 'dialog',
              test: new RegExp(`node_modules/(?:${DIALOG})|/src/ui/dialog`),
              minShareCount: 3,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: false } },
  },
});
