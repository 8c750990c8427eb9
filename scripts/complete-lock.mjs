// Run it after `npm install` changed package-lock.json: `node scripts/complete-lock.mjs`. With --check it changes nothing
// and ends with 1 when there would be something to change; `npm run verify` asks that.
//
// A registry mirror may carry the binaries of its own platforms only. npm then leaves the others out of the lock file,
// and `npm ci` refuses such a file on every machine. Their versions stand in the packages that want them, exactly, and
// their names say where they run: that is all a lock entry needs.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/root.mjs'

const path = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const { packages } = lock

let added = 0
for (const [place, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (packages[find(place, name)]?.version !== version) added += add(place, name, version)
  }
}
if (process.argv.includes('--check')) {
  if (added > 0)
    console.error(`package-lock.json lacks ${added} optional packages: run node scripts/complete-lock.mjs.`)
  process.exitCode = added > 0 ? 1 : 0
} else {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: ${added} optional packages of other platforms added.`)
}

/** Where Node would look, from the innermost folder out. */
function find(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (packages[candidate] !== undefined) return candidate
    if (folder === '') return undefined
  }
}

function add(place, name, version) {
  const platform = platformOf(name)
  if (platform === undefined || !/^\d+\.\d+\.\d+/.test(version)) return 0 // not a binary, or one that several versions fit
  const top = `node_modules/${name}`
  const isTaken = packages[top] !== undefined
  packages[isTaken ? `${place}/${top}` : top] = { version, optional: true, ...platform }
  return 1
}

function platformOf(name) {
  if (name === 'fsevents') return { os: ['darwin'] }
  const words = name.split(/[/-]/)
  const os = [
    'darwin',
    'win32',
    'linux',
    'android',
    'freebsd',
    'openharmony',
    'aix',
    'sunos',
    'netbsd',
    'openbsd',
  ].find((word) => words.includes(word))
  const cpu = ['x64', 'arm64', 'ia32', 'arm', 's390x', 'ppc64', 'riscv64', 'loong64', 'wasm32', 'mips64el'].find(
    (word) => words.includes(word),
  )
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32')) return undefined
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined
  return { cpu: [cpu], ...(libc && { libc: [libc] }), ...(os && { os: [os] }) }
}
