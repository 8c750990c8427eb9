#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bundle = new URL('../dist/parley.mjs', import.meta.url)

// A checkout that was never started: build what `npm start` would.
if (!existsSync(fileURLToPath(bundle))) {
  const { ensureInstalled } = await import('../../../scripts/lib/ensure-installed.mjs')
  const { ensureBuilt } = await import('../../../scripts/lib/ensure-built.mjs')
  await ensureInstalled()
  await ensureBuilt('server')
}

process.setSourceMapsEnabled(true)
await import(bundle.href)
