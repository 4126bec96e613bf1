// The tests that need a Chromium: the element on somebody's page, and the
// playground as its binary serves it.

import { defineConfig } from '@playwright/test';
import { FLAGS, chromium } from './test/browser.js';

export default defineConfig({
  testMatch: '*.spec.js',
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/expected/{arg}{ext}',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // Nothing here measures time: a busy machine may take its own.
  timeout: 120_000,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: chromium(), args: FLAGS },
  },
  expect: {
    timeout: 30_000,
    // Other fonts than the reference machine's move a few pixels.
    toHaveScreenshot: { maxDiffPixelRatio: 0.03, animations: 'disabled' },
  },
  projects: [
    { name: 'element', testDir: 'test/element' },
    { name: 'site', testDir: 'test/site', use: { permissions: ['clipboard-read', 'clipboard-write'] } },
  ],
});
