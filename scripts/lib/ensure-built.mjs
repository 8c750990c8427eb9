import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './root.mjs'
import { runQuietly } from './run.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)

const rolldown = (bundle) => (into) =>
  runQuietly(bin('rolldown'), ['--config', 'rolldown.config.mjs'], {
    env: { PARLEY_BUNDLE: bundle, PARLEY_BUNDLE_INTO: into },
  })
const vite = (into) =>
  runQuietly(bin('vite'), ['build', 'packages/web', '--outDir', join(root, into), '--logLevel', 'warn'])

const server = ['packages/protocol', 'packages/sdk', 'packages/server', 'rolldown.config.mjs', 'package-lock.json']

/** What is built, from what, how. A stamp in its `dist` says of which sources. */
const targets = {
  server: {
    dist: 'packages/cli/dist',
    sources: [...server, 'packages/cli', 'packages/web/src/i18n/en/lab.json'],
    build: rolldown('server'),
  },
  web: { dist: 'packages/web/dist', sources: ['packages/protocol', 'packages/web', 'package-lock.json'], build: vite },
  bench: { dist: 'bench/dist', sources: [...server, 'packages/testkit', 'bench/src'], build: rolldown('bench') },
}

/** Builds what is stale of the named targets, side by side. */
export async function ensureBuilt(...names) {
  const stale = names
    .map((name) => ({ name, ...targets[name], digest: digestOf(targets[name].sources) }))
    .filter(isStale)
  if (stale.length === 0) return
  console.error(`Building ${stale.map(({ name }) => name).join(' and ')} ...`)
  await Promise.all(stale.map(buildAside))
}

/** Into a folder beside `dist` that takes its place when complete: a server or a test that runs meanwhile sees no half of it. */
async function buildAside(target) {
  const { dist, digest, build } = target
  const draft = `${dist}-${process.pid}`
  const old = `${draft}-old`
  try {
    await build(draft)
    writeFileSync(stampOf(draft), digest)
    if (existsSync(join(root, dist))) renameSync(join(root, dist), join(root, old))
    renameSync(join(root, draft), join(root, dist))
  } catch (error) {
    if (isStale(target)) throw error // else another script built the same meanwhile
  } finally {
    for (const folder of [draft, old]) rmSync(join(root, folder), { recursive: true, force: true })
  }
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

const NOT_SOURCES = /^(node_modules|test|dist(-.*)?)$|\.test\.tsx?$/
const isSource = (name) => !NOT_SOURCES.test(name)

function filesOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .filter(isSource)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
