// What tsc does not say about promises: here they are the subject.

import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(js.configs.recommended, {
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true },
  },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    // tsc knows the names.
    'no-undef': 'off',
    '@typescript-eslint/await-thenable': 'error',
    // A promise that is meant to float says so: `void promise`.
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
