import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'rolldown'

const root = dirname(fileURLToPath(import.meta.url))

const bundles = {
  server: { input: 'packages/cli/src/main.ts', dist: 'packages/cli/dist', name: 'parley.mjs' },
  bench: { input: 'bench/src/main.ts', dist: 'bench/dist', name: 'bench.mjs' },
}

const { input, dist, name } = bundles[process.env.PARLEY_BUNDLE ?? 'server']

/** Our own packages go into the bundle as source; what npm installed is imported from node_modules at run time. */
const keepInstalledPackagesOutside = {
  name: 'keep-installed-packages-outside',
  async resolveId(source, importer) {
    if (importer === undefined || /^[./\0]|^node:|^@parley\//.test(source)) return null
    const found = await this.resolve(source, importer, { skipSelf: true })
    // npm may put a package into the folder of the one that needs it, where the bundle would not look.
    const isNested = found?.id.startsWith('/') && !found.id.startsWith(join(root, 'node_modules/'))
    return { id: isNested ? relative(join(root, dist), found.id) : source, external: true }
  },
}

export default defineConfig({
  input,
  platform: 'node',
  plugins: [keepInstalledPackagesOutside],
  // Into a folder beside `dist` when the caller swaps them afterwards (scripts/lib/ensure-built.mjs).
  output: {
    dir: process.env.PARLEY_BUNDLE_INTO ?? dist,
    entryFileNames: name,
    chunkFileNames: '[name].mjs',
    format: 'esm',
    sourcemap: true,
  },
  logLevel: 'warn',
})
