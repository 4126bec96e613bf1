// The chunk that runs programs in a page, as dist/live.js. Its WebAssembly and
// its worker lie beside it under names that change with their content.

import { copyGo } from './build/go.js';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative to the script: it may lie anywhere.
  base: './',
  publicDir: false,
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'live/[name]-[hash].js' } },
  },
  build: {
    outDir: 'dist',
    // Other builds write there too.
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { live: 'live/index.js' },
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        assetFileNames: 'live/[name]-[hash][extname]',
        chunkFileNames: 'live/[name]-[hash].js',
        minify: true,
      },
    },
  },
  plugins: [copyGo()],
});
