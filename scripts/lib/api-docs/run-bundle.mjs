import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { root } from '../root.mjs'

const ENTRY = '\0api-docs'

/**
 * What the entry exports, run. Everything else is shaken off, so nothing of the server starts. `rewrite` may answer other source
 * for a file.
 */
export async function runBundle(entry, rewrite) {
  const plugin = {
    name: 'api-docs',
    async resolveId(id, importer) {
      if (id === ENTRY) return id
      if (/^[./\0]|^node:|^zod|^@parley\//.test(id)) return null
      const found = await this.resolve(id, importer, { skipSelf: true })
      // By its whole address: the bundle stands where no `node_modules` are.
      return { id: found ? pathToFileURL(found.id).href : id, external: true }
    },
    load(id) {
      if (id === ENTRY) return entry
      const code = rewrite(id)
      return code === undefined ? null : { code, moduleType: 'ts' }
    },
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-api-docs-'))
  try {
    const bundle = await rolldown({
      input: ENTRY,
      cwd: join(root, 'packages/server'),
      platform: 'node',
      plugins: [plugin],
      treeshake: { moduleSideEffects: false },
      logLevel: 'silent',
    })
    const file = join(folder, 'schemas.mjs')
    await bundle.write({ file, format: 'esm', codeSplitting: false })
    await bundle.close()
    return await import(pathToFileURL(file))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
