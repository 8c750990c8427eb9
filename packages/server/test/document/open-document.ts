import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

type Json = Record<string, unknown>

export interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: unknown[]
  'x-rights'?: 'admin'
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[]
  requestBody?: {
    content: Record<string, { schema?: Json; example?: unknown; examples?: Record<string, { value: unknown }> }>
  }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Json; example?: unknown }> }>
}

export interface Document {
  openapi: string
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  'x-realtime': { frames: Json }
  components: { schemas: Record<string, Json>; responses: Record<string, Operation['responses'][string]> }
}

const readDocument = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../../docs/api', `${name}.json`), 'utf8')

export const DOCUMENT_TEXT = readDocument('openapi')
export const DOCUMENT = JSON.parse(DOCUMENT_TEXT) as Document
export const CHATS_DOCUMENT_TEXT = readDocument('chats-openapi')
export const CHATS_DOCUMENT = JSON.parse(CHATS_DOCUMENT_TEXT) as Document & {
  webhooks: Record<string, { post: Operation }>
  'x-errors': Record<'codes' | 'signature' | 'delivery', Record<string, unknown>>
}

/** By `GET /chats/:chatId`, as the server names its routes below the prefix. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'servers')
      .map(
        ([method, operation]) =>
          [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, operation] as const,
      ),
  ),
)

/** Checks a value against a schema of the document; `strict`: it holds nothing that the schema does not name. */
export function faultsIn(schema: Json, value: unknown, { strict = false, of = DOCUMENT as Document } = {}): string[] {
  const prepare = (part: Json) => toLocal(part, strict) as Json
  const parts = namesUsedBy(schema, of).map((name) => [name, prepare(of.components.schemas[name]!)])
  const whole = { ...prepare(schema), $defs: Object.fromEntries(parts) }
  const result = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value)
  return result.success ? [] : result.error.issues.map(describeIssue)
}

function namesUsedBy(schema: Json, of: Document): string[] {
  const names = new Set<string>()
  const left: unknown[] = [schema]
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (names.has(name!)) continue
      names.add(name!)
      left.push(of.components.schemas[name!])
    }
  }
  return [...names]
}

/** References into the schema itself; objects with named fields are closed when it is strict. */
function toLocal(part: unknown, strict: boolean): unknown {
  if (Array.isArray(part)) return part.map((one) => toLocal(one, strict))
  if (part === null || typeof part !== 'object') return part
  const { description: _text, ...said } = part as Json
  const entries = Object.entries(part as Json).map(([key, value]) => {
    if (key === '$ref') return [key, String(value).replace('#/components/schemas/', '#/$defs/')]
    return [key, toLocal(value, strict)]
  })
  const isClosed =
    strict && said.type === 'object' && said.properties !== undefined && !('additionalProperties' in said)
  return { ...Object.fromEntries(entries), ...(isClosed && { additionalProperties: false }) }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const inner = issue.code === 'invalid_union' ? ` (${issue.errors.flat().map(describeIssue).join('; ')})` : ''
  return `${issue.path.join('.')}: ${issue.message}${inner}`
}

/** The schema of a JSON answer, with its reference followed when it is a shared one. */
export function answerSchema({ responses }: Operation, status: number, of: Document = DOCUMENT): Json | undefined {
  const said = responses[status]
  const named = said?.$ref ? of.components.responses[said.$ref.split('/').at(-1)!] : said
  return named?.content?.['application/json']?.schema
}
