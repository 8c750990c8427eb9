import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDocument } from './lib/api-docs/build-document.mjs'
import { root } from './lib/root.mjs'
import { main, StepFailed } from './lib/run.mjs'

// `npm run api-docs` writes the app API's document anew; with `--check` it only says whether that is needed.
const FILE = 'docs/api/openapi.json'
const path = join(root, FILE)

await main(async () => {
  const text = `${JSON.stringify(await buildDocument(), undefined, 2)}\n`
  if (text === readOld()) return
  if (process.argv.includes('--check'))
    throw new StepFailed(`${FILE} is not what the code says any more: run "npm run api-docs" and commit it.`)
  mkdirSync(join(root, 'docs/api'), { recursive: true })
  writeFileSync(path, text)
  console.log(`${FILE} is written anew.`)
})

function readOld() {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
