// The pages of the playground, around the element and the live chunk that the
// other two builds have left in dist.

import { defineConfig } from 'vite';
import { sitePages } from './build/site.js';

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    // Other builds write there too.
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: false,
    rolldownOptions: {
      input: { site: 'site/main.js' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'site-[name].js', minify: true },
    },
  },
  plugins: [sitePages()],
});
