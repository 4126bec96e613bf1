// What tsc does not check about promises.

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(js.configs.recommended, {
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true },
  },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    // tsc checks the names.
    'no-undef': 'off',
    '@typescript-eslint/await-thenable': 'error',
    // `void promise` marks one that is not awaited on purpose.
    '@typescript-eslint/no-floating-promises': ['error', {
      allowForKnownSafeCalls: [
        {
          from: 'package', package: 'node:test',
          name: ['test', 'before', 'after', 'beforeEach'],
        },
      ],
    }],
    '@typescript-eslint/no-misused-promises': 'error',
    // In `try`, a promise that is returned unawaited escapes its `finally`.
    '@typescript-eslint/return-await': [
      'error', 'error-handling-correctness-only',
    ],
  },
});
