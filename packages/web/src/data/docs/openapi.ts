/** What the reference reads of an OpenAPI 3.1 document. */
export interface Schema {
  $ref?: string
  type?: string | readonly string[]
  format?: string
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  example?: unknown
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  oneOf?: readonly Schema[]
  anyOf?: readonly Schema[]
  allOf?: readonly Schema[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  description?: string
  schema: Schema
  example?: unknown
}

export interface Content {
  schema?: Schema
  example?: unknown
  examples?: Readonly<Record<string, { summary?: string; value: unknown }>>
}

export interface Answer {
  $ref?: string
  description?: string
  content?: Readonly<Record<string, Content>>
}

export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: readonly string[]
  /** Empty: nobody has to be logged in. */
  security?: readonly Readonly<Record<string, unknown>>[]
  parameters?: readonly (Parameter | { $ref: string })[]
  requestBody?: { required?: boolean; content: Readonly<Record<string, Content>> }
  responses: Readonly<Record<string, Answer>>
  'x-rights'?: 'admin'
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Method = (typeof METHODS)[number]

export type PathItem = Readonly<Partial<Record<Method, Operation>>> & { servers?: readonly { url: string }[] }

export interface Explained {
  meaning: string
  cause: string
  cure: string
}

export interface ApiDocument {
  info: { title: string; version: string; summary?: string; description: string }
  servers: readonly { url: string }[]
  tags: readonly { name: string; description: string }[]
  paths: Readonly<Record<string, PathItem>>
  webhooks?: Readonly<Record<string, { post: Operation }>>
  components: {
    schemas: Readonly<Record<string, Schema>>
    responses: Readonly<Record<string, Answer>>
    parameters?: Readonly<Record<string, Parameter>>
  }
  'x-errors'?: {
    codes: Readonly<Record<string, Explained>>
    signature: Readonly<Record<string, Pick<Explained, 'cause' | 'cure'>>>
    delivery: Readonly<Record<string, string>>
  }
  'x-realtime'?: { frames: Schema }
}
