import { defineConfig } from '@hey-api/openapi-ts';

/** Names come from method and path, so renaming a handler on the server renames nothing here. */
export default defineConfig({
  input: process.env.OPENAPI ?? '../docs/openapi.json',
  output: { path: 'src/api', clean: true },
  parser: {
    patch: {
      operations: (_method, _path, operation) => {
        delete operation.operationId;
      },
    },
  },
  plugins: [
    { name: '@hey-api/client-fetch', baseUrl: false },
    '@hey-api/typescript',
    '@hey-api/sdk',
    '@tanstack/react-query',
  ],
});
