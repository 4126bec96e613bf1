// Three builds into one folder: `vite build --mode element`, `live` or `site`.

import { defineConfig, mergeConfig } from 'vite';
import { copyData } from './build/data.js';
import { copyGo } from './build/go.js';
import { sitePages } from './build/site.js';

/** @type {import('vite').UserConfig} */
const COMMON = {
  publicDir: false,
  build: {
    outDir: 'dist',
    // The other builds write there, too.
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: false,
  },
};

/** @type {Record<string, import('vite').UserConfig>} */
const BUILDS = {
  /** The element as one file, with its data beside it. */
  element: {
    build: {
      // For older browsers light-dark() would be expanded, which costs bytes.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      minify: 'oxc',
      // A build of a page would wrap each import() in 0.7 KB that preloads nothing.
      lib: { entry: { 'drop-point': 'element/drop-point.js' }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true },
      },
    },
    plugins: [copyData()],
  },
  /** The module that runs programs in a page. Its WebAssembly and its worker have
   * names that change with their content. */
  live: {
    // Relative to the script, which may be anywhere.
    base: './',
    worker: {
      format: 'es',
      rolldownOptions: { output: { entryFileNames: 'live/[name]-[hash].js' } },
    },
    build: {
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
  },
  /** The pages of the playground. They need the other two builds in dist. */
  site: {
    build: {
      rolldownOptions: {
        input: { site: 'site/main.js' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'site-[name].js', minify: true },
      },
    },
    plugins: [sitePages()],
  },
};

export default defineConfig(({ mode }) => {
  const build = BUILDS[mode];
  if (!build) throw new Error(`--mode is one of ${Object.keys(BUILDS).join(', ')}`);
  return mergeConfig(COMMON, build);
});
