import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Methods that send SQL to PostgreSQL, and those of TypeORM's builder that take a piece of it. */
const TAKES_SQL =
  '/^(query|execute|one|maybeOne|closeWith|where|andWhere|orWhere|having|andHaving|orHaving|orderBy|addOrderBy|groupBy|addGroupBy|select|addSelect|leftJoin|innerJoin|leftJoinAndSelect|innerJoinAndSelect)$/';
const CONSTANT_SQL = 'SQL text is constant: pass values as parameters.';
const noTemplateSql = {
  selector: `CallExpression[callee.property.name=${TAKES_SQL}] > TemplateLiteral.arguments:first-child[expressions.length>0]`,
  message: CONSTANT_SQL,
};
const noJoinedSql = {
  selector: `CallExpression[callee.property.name=${TAKES_SQL}] > BinaryExpression[operator='+'].arguments:first-child`,
  message: CONSTANT_SQL,
};
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const noFetch = { selector: "CallExpression[callee.name='fetch']", message: 'Only web/src/api knows fetch.' };

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-again-*/',
      'web/dist/',
      'node_modules/',
      'data/',
      '.scratch/',
      'coverage/',
      'docs/generated/',
      '**/generated.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            '*.cjs',
            'tools/*.mjs',
            'benches/*.mjs',
            'benches/*/*.mjs',
            'test/crash/*.mjs',
            'test/support/fuzz/*.mjs',
            'web/*.cjs',
            'web/*.js',
          ],
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 90,
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-control-regex': 'off',
      'no-irregular-whitespace': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noTemplateSql, noJoinedSql, noDefaultExport],
    },
  },
  {
    files: ['web/src/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-syntax': ['error', noDefaultExport, noFetch],
    },
  },
  { files: ['web/src/api/**'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  {
    // A migration takes nothing in: what it joins are constants of its own.
    files: ['src/migrations/**'],
    rules: { 'no-restricted-syntax': ['error', noTemplateSql, noDefaultExport] },
  },
  {
    // Tests prepare databases by name, which DDL cannot take as a parameter.
    files: ['test/**', '**/*.test.ts', 'benches/**'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport] },
  },
  {
    files: [
      '*.config.ts',
      'web/*.ts',
      'test/support/{cluster,running-product}.ts',
      '*.js',
      '*.cjs',
      'web/*.cjs',
      'tools/*.mjs',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        process: 'readonly',
        module: 'writable',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        setImmediate: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
