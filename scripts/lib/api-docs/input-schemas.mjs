import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { StepFailed } from '../run.mjs'
import { runBundle } from './run-bundle.mjs'

/**
 * JSON schemas of what routes read, by the place where they read it. The expressions are run as they stand in their own
 * files, so the document has what the server checks; the exported shapes of the protocol become components.
 * `taken` are the names that answers have already.
 */
export async function readInputSchemas(inputs, taken) {
  const byFile = groupByFile(inputs)
  const { z, model, STATUS, ERROR_CATALOGUE, ...read } = await runSchemas(byFile)
  const shapes = Object.entries(model).filter(([, value]) => value instanceof z.ZodType)
  const names = new Map(shapes.map(([key, value]) => [value, nameOf(key, taken)]))
  const registry = z.registry()
  for (const [value, id] of names) registry.add(value, { id })
  const options = { io: 'input', unrepresentable: 'any', metadata: registry }
  const { schemas } = z.toJSONSchema(registry, { ...options, uri: (id) => id })
  const found = [...byFile.values()].flatMap((list, file) =>
    list.map((input, index) => {
      const value = evaluate(read[`file${file}`][index], input)
      const name = names.get(value)
      return [keyOf(input), name ? { $ref: COMPONENTS + name } : tidy(z.toJSONSchema(value, options))]
    }),
  )
  return {
    schemaOf: (input) => new Map(found).get(keyOf(input)),
    components: mapValues(schemas, tidy),
    sources: new Map(shapes.map(([key, value]) => [names.get(value), key])),
    status: STATUS,
    catalogue: ERROR_CATALOGUE,
  }
}

const COMPONENTS = '#/components/schemas/'
const keyOf = ({ place, code }) => `${place} ${code}`

/** `sendMessageRequest` is `SendMessageRequest`; what is answered under the same name keeps it. */
function nameOf(key, taken) {
  const name = key[0].toUpperCase() + key.slice(1)
  return taken.has(name) ? `${name}Input` : name
}

function groupByFile(inputs) {
  const groups = new Map()
  for (const input of inputs) groups.set(input.file, [...(groups.get(input.file) ?? []), input])
  return groups
}

function evaluate(read, { code, place }) {
  try {
    return read()
  } catch (error) {
    throw new StepFailed(
      `${place}: the schema ${code} must not need what is known only inside of the function. ${error}`,
    )
  }
}

async function runSchemas(byFile) {
  const files = [...byFile.keys()]
  const entry = [
    `export { z } from 'zod'`,
    `export * as model from '@parley/protocol/model'`,
    `export { STATUS } from ${JSON.stringify(join(root, 'packages/server/src/http/status-of.ts'))}`,
    `export { ERROR_CATALOGUE } from ${JSON.stringify(join(root, 'packages/server/src/http/error-catalogue.ts'))}`,
    ...files.map((file, index) => `export { apiInputs as file${index} } from ${JSON.stringify(file)}`),
  ].join('\n')
  return runBundle(entry, (id) => {
    const inputs = byFile.get(id)
    if (!inputs) return undefined
    const list = inputs.map(({ code }) => `() => (${code})`).join(',\n')
    return `${readFileSync(id, 'utf8')}\nexport const apiInputs = [${list}]\n`
  })
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/** Keywords whose keys are names, not keywords. */
const MAPS = ['properties', 'patternProperties', 'dependentSchemas']

/** Without what OpenAPI says elsewhere, and without bounds that only say that a number is safe in JavaScript. */
export function tidy(schema) {
  if (Array.isArray(schema)) return schema.map(tidy)
  if (schema === null || typeof schema !== 'object') return schema
  const { $schema: _dialect, $id: _id, $defs: _parts, id: _name, ...rest } = schema
  // The format says it, and in fewer words.
  if (rest.format === 'uuid' || rest.format === 'date') delete rest.pattern
  for (const bound of ['minimum', 'maximum']) if (Math.abs(rest[bound]) === Number.MAX_SAFE_INTEGER) delete rest[bound]
  if (typeof rest.$ref === 'string') rest.$ref = COMPONENTS + rest.$ref.split('/').at(-1)
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      MAPS.includes(key) ? mapValues(value, tidy) : tidyValue(key, value),
    ]),
  )
}

/** A default or an example is data, whatever it looks like. */
const tidyValue = (key, value) => (['default', 'const', 'enum', 'examples'].includes(key) ? value : tidy(value))
