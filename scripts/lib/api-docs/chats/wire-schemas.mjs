import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { root } from '../../root.mjs'
import { StepFailed } from '../../run.mjs'
import { tidy } from '../input-schemas.mjs'
import { walk } from '../open-program.mjs'
import { runBundle } from '../run-bundle.mjs'

const FOLDER = join(root, 'packages/protocol/src/wire')
const COMPONENTS = '#/components/schemas/'
const PART = 'x-part'

/**
 * The bodies of the chats API as JSON schemas, by name. Each that is sent to us is there twice: as it is documented (`NewMessage`,
 * what strict mode takes) and with what older senders write (`NewMessageLenient`).
 */
export async function readWireSchemas(compiler) {
  const bundle = await runBundle(entryOf(), (path) => describeFile(path, compiler))
  const parts = {}
  for (const [key, value] of Object.entries(bundle.wire)) {
    const name = key.replace(/^./, (letter) => letter.toUpperCase())
    if (value instanceof bundle.z.ZodType) parts[name] = toJson(value, 'output', bundle, parts, '')
    else if (value?.lenient instanceof bundle.z.ZodType) {
      parts[name] = toJson(value.strict, 'input', bundle, parts, '')
      parts[`${name}Lenient`] = toJson(value.lenient, 'input', bundle, parts, 'Lenient')
    }
  }
  return { ...bundle, schemas: parts }
}

function entryOf() {
  const from = (path) => JSON.stringify(join(root, 'packages', path))
  return [
    `export { z } from 'zod'`,
    `export * as wire from '@parley/protocol/wire'`,
    `export { schemaFacts } from ${from('protocol/src/wire/fields.ts')}`,
    `export { STATUS } from ${from('server/src/http/status-of.ts')}`,
    `export { DELIVERY_ERRORS, ERROR_CATALOGUE, SIGNATURE_FAULTS } from ${from('server/src/http/error-catalogue.ts')}`,
  ].join('\n')
}

function toJson(schema, io, { z, schemaFacts }, parts, suffix) {
  const override = ({ zodSchema, jsonSchema }) => {
    addFacts(zodSchema, jsonSchema, schemaFacts)
    // Answers and hooks may have more fields with time.
    if (io === 'output') delete jsonSchema.additionalProperties
  }
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', override })
  return takeParts(tidy(json), parts, suffix)
}

/** What is read by functions, and who may be left out. */
function addFacts(zodSchema, json, schemaFacts) {
  const facts = schemaFacts.get(zodSchema) ?? {}
  if (facts.takes) Object.assign(json, facts.takes)
  if (facts.part) json[PART] = facts.part
  if (facts.orNothing?.length > 0) widen(json, facts.orNothing)
  const { type, shape } = zodSchema._zod.def
  if (type === 'undefined') json.not = {}
  if (type === 'object') setRequired(json, shape, schemaFacts)
  if (json.oneOf) json.oneOf = json.oneOf.filter((one) => !isImpossible(one))
}

function widen(json, orNothing) {
  const { description, ...inner } = json
  for (const key of Object.keys(json)) delete json[key]
  const own = inner.anyOf && Object.keys(inner).length === 1 ? inner.anyOf : [inner]
  Object.assign(json, { ...(description && { description }), anyOf: [...own, ...orNothing] })
}

/** Zod takes every function for optional. */
function setRequired(json, shape, schemaFacts) {
  const isRequired = (name) => {
    const { takes, mayBeAbsent } = schemaFacts.get(shape[name]) ?? {}
    return mayBeAbsent === undefined && takes === undefined ? json.required?.includes(name) : mayBeAbsent !== true
  }
  const required = Object.keys(shape).filter(isRequired)
  delete json.required
  if (required.length > 0) json.required = required
}

/** A kind of message that strict mode has a refusal for, and nothing else. */
const isImpossible = ({ properties, required = [] }) => required.includes('type') && properties?.type?.not !== undefined

/** Shapes with a name become components. */
function takeParts(schema, parts, suffix) {
  if (Array.isArray(schema)) return schema.map((one) => takeParts(one, parts, suffix))
  if (schema === null || typeof schema !== 'object') return schema
  const { [PART]: name, ...rest } = schema
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, takeParts(value, parts, suffix)]))
  if (typeof name !== 'string') return inner
  const { description, ...shape } = inner
  const id = name + suffix
  const known = parts[id]
  if (known && JSON.stringify(known) !== JSON.stringify(shape))
    throw new StepFailed(`packages/protocol/src/wire: two shapes are named ${name}; give one of them another name.`)
  parts[id] = shape
  return { ...(description && { description }), $ref: COMPONENTS + id }
}

/** The source of a file of the wire, with the comment of every field told to its schema. */
function describeFile(path, { program, checker }) {
  if (!path.startsWith(FOLDER) || !readdirSync(FOLDER).some((name) => path.endsWith(`/${name}`))) return undefined
  const code = readFileSync(path, 'utf8')
  const edits = []
  walk(program.getSourceFile(path), (node) => {
    if (node.kind !== SyntaxKind.PropertyAssignment) return
    const symbol = checker.getSymbolAtLocation(node.name)
    const text = symbol
      ? checker
          .getDocumentationCommentOfSymbol(symbol)
          .replace(/\s*\n\s*/g, ' ')
          .trim()
      : ''
    if (text === '') return
    const start = node.initializer.getStart(node.getSourceFile())
    edits.push([start, '__said('], [node.initializer.end, `, ${JSON.stringify(text)})`])
  })
  const said = `const __said = (schema: any, text: string) => typeof schema?.describe === 'function' ? schema.describe(text) : schema\n`
  const written = edits
    .sort(([a], [b]) => b - a)
    .reduce((text, [at, added]) => text.slice(0, at) + added + text.slice(at), code)
  return said + written
}
