import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildDocument } from './lib/api-docs/build-document.mjs'
import { buildChatsDocument } from './lib/api-docs/chats/build-chats-document.mjs'
import { readWireSchemas } from './lib/api-docs/chats/wire-schemas.mjs'
import { writeErrorPage } from './lib/api-docs/chats/write-error-page.mjs'
import { openProgram } from './lib/api-docs/open-program.mjs'
import { root } from './lib/root.mjs'
import { main, StepFailed } from './lib/run.mjs'

// `npm run api-docs` writes the APIs' documents anew; with `--check` it only says whether that is needed.
await main(async () => {
  const stale = Object.entries(await buildAll()).filter(([file, text]) => text !== readOld(file))
  if (stale.length === 0) return
  if (process.argv.includes('--check')) {
    const names = stale.map(([file]) => file).join(', ')
    throw new StepFailed(`Not what the code says any more: ${names}. Run "npm run api-docs" and commit it.`)
  }
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    console.log(`${file} is written anew.`)
  }
})

async function buildAll() {
  const compiler = openProgram()
  try {
    const wire = await readWireSchemas(compiler)
    return {
      'docs/api/openapi.json': asJson(await buildDocument(compiler)),
      'docs/api/chats-openapi.json': asJson(buildChatsDocument(compiler, wire)),
      'docs/api/errors.md': writeErrorPage(wire),
    }
  } finally {
    compiler.close()
  }
}

function asJson(document) {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function readOld(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}
