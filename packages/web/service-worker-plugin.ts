import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

const SOURCE = 'src/service-worker/service-worker.ts'
const OUTPUT = 'service-worker.js'

/** Fetched at the worker's leisure when asked for, never ahead: nobody needs them to work without network. */
const NEVER_AHEAD = /^(emoji\/|samples\/|\.)|\.map$/

/** Builds the service worker, a script of its own, with the names of all files of the build in it. */
export function serviceWorker(): Plugin {
  let root = ''
  let publicDir = ''
  return {
    name: 'parley-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root
      publicDir = config.publicDir
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = listFiles(bundle, publicDir)
        const source = await buildWorker(join(root, SOURCE), files)
        this.emitFile({ type: 'asset', fileName: OUTPUT, source })
      },
    },
  }
}

interface BuiltFiles {
  version: string
  shell: string[]
  later: string[]
}

function listFiles(bundle: Rolldown.OutputBundle, publicDir: string): BuiltFiles {
  const publicFiles = readdirSync(publicDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(publicDir.length + 1))
  const first = new Set([...needed(bundle), 'favicon.svg', 'manifest.webmanifest'])
  const later = [...Object.keys(bundle), ...publicFiles].filter(
    (name) => !first.has(name) && name !== 'index.html' && !NEVER_AHEAD.test(name),
  )
  const version = createHash('sha256')
  for (const name of Object.keys(bundle).sort()) version.update(name)
  version.update(contentOf(bundle['index.html']))
  for (const name of publicFiles.sort()) version.update(name).update(readFileSync(join(publicDir, name)))
  const paths = (names: Iterable<string>) => [...names].map((name) => `/${name}`)
  return { version: version.digest('hex').slice(0, 12), shell: ['/', ...paths(first)], later: paths(later) }
}

function contentOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): string | Uint8Array {
  if (!file) throw new Error('The build has no index.html to make a service worker for.')
  return file.type === 'chunk' ? file.code : file.source
}

/** The entry with what it imports, and their styles. */
function needed(bundle: Rolldown.OutputBundle): Set<string> {
  const names = new Set<string>()
  const add = (name: string) => {
    const file = bundle[name]
    if (file?.type !== 'chunk' || names.has(name)) return
    names.add(name)
    for (const style of file.viteMetadata?.importedCss ?? []) names.add(style)
    for (const imported of file.imports) add(imported)
  }
  for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) add(file.fileName)
  return names
}

async function buildWorker(input: string, files: BuiltFiles): Promise<string> {
  const built = await build({
    ...{ configFile: false, publicDir: false, logLevel: 'warn' },
    define: { BUILT_FILES: JSON.stringify(files) },
    build: { write: false, target: 'es2023', rollupOptions: { input, output: { format: 'iife' } } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output && 'output' in output ? output.output.find((file) => file.type === 'chunk') : undefined
  if (chunk?.type !== 'chunk') throw new Error('The service worker was not built.')
  return chunk.code
}
