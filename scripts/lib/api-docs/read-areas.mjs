import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { StepFailed } from '../run.mjs'

const FOLDER = join(root, 'docs/api/areas')

/**
 * What people write about the API, one file for each area: what it is about, and a sentence for every operation. An operation
 * with more to say is an object: `summary`, and as needed `description`, `example` (of the body), `codes` (refusals that the
 * source does not show), `isForAll` (admins are asked for in some cases only), and `body`, `parameters` and `answers` of what
 * is not JSON: a media type for each status, or `#PersonExport`, a type of the protocol, when it is JSON after all.
 */
export function readAreas(routes) {
  const areas = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) }))
  const notes = new Map()
  for (const { name, title, operations } of areas)
    for (const [key, said] of Object.entries(operations)) {
      if (notes.has(key)) throw new StepFailed(`docs/api/areas/${name}: "${key}" is described in another file, too.`)
      notes.set(key, { tag: title, ...(typeof said === 'string' ? { summary: said } : said) })
    }
  refuseGaps(routes, notes)
  return { tags: areas.map(({ title, about }) => ({ name: title, description: about })), notes }
}

/** `GET /chats/{chatId}`. */
export const nameOf = ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`

function refuseGaps(routes, notes) {
  const missing = routes.filter((route) => !notes.has(nameOf(route)))
  const names = new Set(routes.map(nameOf))
  const stale = [...notes.keys()].filter((name) => !names.has(name))
  if (missing.length + stale.length === 0) return
  throw new StepFailed(
    [
      ...missing.map(
        (route) =>
          `${route.place}: ${nameOf(route)} is not described. Add "${nameOf(route)}": "One sentence." to its area in docs/api/areas/.`,
      ),
      ...stale.map((name) => `docs/api/areas/: "${name}" names no route; take it out.`),
    ].join('\n'),
  )
}
