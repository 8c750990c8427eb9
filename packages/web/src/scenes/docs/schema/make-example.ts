import type { ApiDocument, Content, Schema } from '../../../data/docs/openapi.ts'
import { resolve } from './describe-schema.ts'

export interface Example {
  name: string
  value: unknown
}

/** Those that the document has, else one that is made of the schema. */
export function examplesOf({ example, examples, schema }: Content, document: ApiDocument): Example[] {
  const written = Object.entries(examples ?? {}).map(([key, { summary, value }]) => ({ name: summary ?? key, value }))
  if (written.length > 0) return written
  if (example !== undefined) return [{ name: '', value: example }]
  return schema ? [{ name: '', value: makeExample(schema, document) }] : []
}

const DEEPEST = 4

/** Something of this shape: what must be there, and of alternatives the first. */
export function makeExample(schema: Schema, document: ApiDocument, depth = 0): unknown {
  const said = resolve(schema, document)
  if (said.example !== undefined) return said.example
  if (said.const !== undefined) return said.const
  if (said.default !== undefined) return said.default
  if (said.enum) return said.enum[0]
  const choices = said.oneOf ?? said.anyOf
  if (choices) return makeExample(choices[0]!, document, depth)
  if (said.allOf) return Object.assign({}, ...said.allOf.map((part) => makeExample(part, document, depth)))
  return makeOfType(said, document, depth)
}

function makeOfType(schema: Schema, document: ApiDocument, depth: number): unknown {
  switch (schema.type) {
    case 'object':
      return makeObject(schema, document, depth)
    case 'array':
      return schema.items && depth < DEEPEST ? [makeExample(schema.items, document, depth + 1)] : []
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'string':
      return TEXTS[schema.format ?? ''] ?? 'text'
    default:
      return null
  }
}

const TEXTS: Readonly<Record<string, string>> = {
  uuid: '018f4e9c-7c1f-7b11-9a54-3a52d4f0a001',
  uri: 'https://example.com/file.jpg',
  email: 'nora@example.com',
}

/** Required fields alone; where none is, all of the first level, for an empty object shows nothing. */
function makeObject({ properties = {}, required = [] }: Schema, document: ApiDocument, depth: number): unknown {
  if (depth >= DEEPEST) return {}
  const names = Object.keys(properties).filter((name) => required.includes(name))
  const shown = names.length > 0 || depth > 0 ? names : Object.keys(properties)
  return Object.fromEntries(shown.map((name) => [name, makeExample(properties[name]!, document, depth + 1)]))
}
