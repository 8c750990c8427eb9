import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './root.mjs'
import { runQuietly } from './run.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)

/** What is built, from what, how. A stamp in its `dist` says of which sources. */
const targets = {
  server: {
    dist: 'packages/cli/dist',
    sources: [
      'packages/protocol',
      'packages/sdk',
      'packages/server',
      'packages/cli',
      'rolldown.config.mjs',
      'package-lock.json',
    ],
    build: () => runQuietly(bin('rolldown'), ['--config', 'rolldown.config.mjs'], { env: { PARLEY_BUNDLE: 'server' } }),
  },
  web: {
    dist: 'packages/web/dist',
    sources: ['packages/protocol', 'packages/web', 'package-lock.json'],
    build: () => runQuietly(bin('vite'), ['build', 'packages/web', '--logLevel', 'warn']),
  },
  bench: {
    dist: 'bench/dist',
    sources: [
      'packages/protocol',
      'packages/sdk',
      'packages/server',
      'packages/testkit',
      'bench/src',
      'rolldown.config.mjs',
      'package-lock.json',
    ],
    build: () => runQuietly(bin('rolldown'), ['--config', 'rolldown.config.mjs'], { env: { PARLEY_BUNDLE: 'bench' } }),
  },
}

/** Builds what is stale of the named targets, side by side. */
export async function ensureBuilt(...names) {
  const stale = names
    .map((name) => ({ name, ...targets[name], digest: digestOf(targets[name].sources) }))
    .filter(isStale)
  if (stale.length === 0) return
  console.error(`Building ${stale.map(({ name }) => name).join(' and ')} ...`)
  await Promise.all(
    stale.map(async ({ dist, digest, build }) => {
      await build()
      mkdirSync(join(root, dist), { recursive: true })
      writeFileSync(stampOf(dist), digest)
    }),
  )
}

const stampOf = (dist) => join(root, dist, '.built-from')
const isStale = ({ dist, digest }) => !existsSync(stampOf(dist)) || readFileSync(stampOf(dist), 'utf8') !== digest

/** Names, sizes and times of change: a few milliseconds for a thousand files. */
function digestOf(sources) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0])
  for (const path of sources.flatMap((source) => filesOf(join(root, source)))) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const NOT_SOURCES = new Set(['node_modules', 'dist', 'test'])
const isSource = (name) => !NOT_SOURCES.has(name) && !/\.test\.tsx?$/.test(name)

function filesOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .filter(isSource)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
