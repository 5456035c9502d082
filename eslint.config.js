import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';

const server = ['engine/**/*.ts', 'processes/**/*.ts', 'api/**/*.ts', 'test/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'admin-ui/dist/**',
      'admin-ui/.next-dist/**',
      '.cache/**',
      'data/**',
      '*.config.js',
      'api/contract/**',
    ],
  },
  js.configs.recommended,
  { files: ['scripts/**/*.mjs', 'test/**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: server,
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // checkThenables: an un-awaited mongoose Query is never sent, and nothing else would report it
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // signals within one step, caught there: a stack trace would cost more than the step
      '@typescript-eslint/only-throw-error': [
        'error',
        { allow: [{ from: 'file', name: ['Trouble', 'NeedsWorker', 'NeedsRecord', 'BudgetSpent'] }] },
      ],
      // ports are objects of closures: none of their functions reads `this`
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['admin-ui/src/**/*.{ts,vue}'],
    extends: [...tseslint.configs.recommended, ...vue.configs['flat/essential']],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/multi-word-component-names': 'off', 'no-undef': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
);
