import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['node_modules', 'data', 'generated', 'test/golden', 'coverage', 'results']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The SDK's low-level Server is marked "advanced use"; a gateway that owns its error codes is one.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: [
            { from: 'package', name: 'Server', package: '@modelcontextprotocol/server' },
            // Marked so that it stands out: it is for an identity provider on this very machine.
            { from: 'package', name: 'allowInsecureRequests', package: 'openid-client' },
          ],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    // What pages run in a browser, as it is.
    files: ['**/browser/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['URL', 'URLSearchParams', 'document', 'fetch', 'location', 'navigator', 'setTimeout'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
)
