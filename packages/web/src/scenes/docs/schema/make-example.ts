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

const DEEPEST = 6

interface Where {
  /** Of the field that it is the value of. */
  name: string
  depth: number
}

/** Something of this shape: what must be there, and of alternatives the first. */
export function makeExample(schema: Schema, document: ApiDocument, where: Where = { name: '', depth: 0 }): unknown {
  const said = resolve(schema, document)
  if (said.example !== undefined) return said.example
  if (said.const !== undefined) return said.const
  if (said.default !== undefined) return said.default
  if (said.enum) return said.enum[0]
  const choices = said.oneOf ?? said.anyOf
  if (choices) return makeExample(choices[0]!, document, where)
  if (said.allOf) return Object.assign({}, ...said.allOf.map((part) => makeExample(part, document, where)))
  return makeOfType(said, document, where)
}

function makeOfType(schema: Schema, document: ApiDocument, where: Where): unknown {
  const { name, depth } = where
  switch ([schema.type].flat()[0]) {
    case 'object':
      return makeObject(schema, document, depth)
    case 'array':
      return schema.items && depth < DEEPEST ? [makeExample(schema.items, document, { name, depth: depth + 1 })] : []
    case 'integer':
    case 'number':
      return TIME.test(name) ? A_TIME : Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'string':
      return OF_FORMAT[schema.format ?? ''] ?? OF_NAME[name] ?? 'text'
    default:
      return null
  }
}

const TIME = /^(at|since|until)$|(At|Since|Until)$/
const A_TIME = 1_772_532_930_125

const AN_ID = '018f4e9c-7c1f-7b11-9a54-3a52d4f0a001'

const OF_FORMAT: Readonly<Record<string, string>> = {
  uuid: AN_ID,
  uri: 'https://example.com/file.jpg',
  email: 'nora@example.com',
}

/** What fields of one name hold wherever they are. */
const OF_NAME: Readonly<Record<string, string>> = {
  id: AN_ID,
  name: 'Nora Lind',
  title: 'Harbor Chat',
  code: 'harbor.chat',
  text: 'Is it in stock?',
  email: 'nora@example.com',
  phone: '+46700000055',
  url: 'https://example.com/page',
  avatarUrl: `/files/31000001/${AN_ID}/avatar`,
  webhookUrl: 'https://example.com/hooks/:scope_id',
  externalId: 'shop-front-1',
  company: 'Lind Cycles',
  subdomain: 'harbor-bikes',
  currency: 'EUR',
  timeZone: 'Europe/Stockholm',
  fileName: 'box.jpg',
  emoji: '👍',
}

/** Required fields alone; where none is, all of the first level, for an empty object shows nothing. */
function makeObject({ properties = {}, required = [] }: Schema, document: ApiDocument, depth: number): unknown {
  if (depth >= DEEPEST) return {}
  const names = Object.keys(properties).filter((name) => required.includes(name))
  const shown = names.length > 0 || depth > 0 ? names : Object.keys(properties)
  const make = (name: string) => makeExample(properties[name]!, document, { name, depth: depth + 1 })
  return Object.fromEntries(shown.map((name) => [name, make(name)]))
}
