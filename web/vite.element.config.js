// The element as one file, beside which its data and the live chunk lie.

import { defineConfig } from 'vite';
import { copyData } from './build/data.js';

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    // Other builds write there too.
    emptyOutDir: false,
    target: 'es2023',
    // Older browsers would get light-dark() taken apart, which costs bytes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    minify: 'oxc',
    // A page's build wraps later imports in 0.7 KB that preloads what they need: nothing.
    lib: { entry: { 'drop-point': 'element/drop-point.js' }, formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true },
    },
  },
  plugins: [copyData()],
});
