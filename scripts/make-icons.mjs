import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './lib/root.mjs'

// `node scripts/make-icons.mjs` after the mark was changed; what it makes is committed.
const sharp = createRequire(join(root, 'packages/server/package.json'))('sharp')
const folder = join(root, 'packages/web/public/icons')

const GROUND = '#2f55d4'
const mark = (colour) => `
  <path d="M7.5 10.5A3.5 3.5 0 0 1 11 7h10a3.5 3.5 0 0 1 3.5 3.5v6A3.5 3.5 0 0 1 21 20h-4.5l-4.6 3.8c-.6.5-1.4.1-1.4-.7V20"
    fill="none" stroke="${colour}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>
  <circle cx="24" cy="24.5" r="2.6" fill="${colour}"/>`
const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${body}</svg>`

/** Stands free, with round corners of its own. */
const free = svg(`<rect width="32" height="32" rx="9" fill="${GROUND}"/>${mark('#fff')}`)
/** Fills the square: the system cuts it to its own shape, and keeps the middle four fifths. */
const filled = svg(
  `<rect width="32" height="32" fill="${GROUND}"/><g transform="translate(16 16) scale(.72) translate(-16 -15.5)">${mark('#fff')}</g>`,
)
/** What is not transparent is drawn in one colour: the small mark in a phone's status bar. */
const flat = svg(`<g transform="translate(16 16) scale(1.2) translate(-16 -15.5)">${mark('#fff')}</g>`)

mkdirSync(folder, { recursive: true })
for (const [name, source, size] of [
  ['icon-192.png', free, 192],
  ['icon-512.png', free, 512],
  ['maskable-512.png', filled, 512],
  ['apple-180.png', filled, 180],
  ['badge-96.png', flat, 96],
]) {
  await sharp(Buffer.from(source), { density: 72 * (size / 32) * 2 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(folder, name))
}
