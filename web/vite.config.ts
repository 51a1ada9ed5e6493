import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Screens are lazy routes (src/app/router.tsx), so the till downloads only its own code plus the shared kit.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
            {
              name: 'kit',
              test: /node_modules\/(?!@mantine\/core\/esm\/components\/Modal|react-remove-scroll)/,
              minShareCount: 6,
            },
            {
              name: 'shared',
              test: /\/src\/(api|i18n|session|theme|ui|features\/shared)\/.*\.tsx?$/,
              minShareCount: 4,
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
