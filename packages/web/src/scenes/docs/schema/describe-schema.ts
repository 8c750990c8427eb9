import type { ApiDocument, Schema } from '../../../data/docs/openapi.ts'

// In English, as all that the reference says of the APIs.

/** What a reference points to; any other schema is itself. Both at once, as OpenAPI 3.1 allows, are put together. */
export function resolve(schema: Schema, document: ApiDocument): Schema {
  const name = nameOf(schema)
  const found = name === undefined ? undefined : document.components.schemas[name]
  if (!found) return schema
  const { $ref: _, ...beside } = schema
  return resolve({ ...found, ...beside }, document)
}

/** `Message`, of a reference to it. */
export const nameOf = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1)

const isNull = (schema: Schema) => schema.type === 'null'
const choicesOf = ({ oneOf, anyOf }: Schema) => oneOf ?? anyOf

/** One line: `text`, `list of Message`, `number or null`. */
export function typeOf(schema: Schema, document: ApiDocument): string {
  const name = nameOf(schema)
  if (name !== undefined) return isSimple(resolve(schema, document), document) ? simple(name, schema, document) : name
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum && !schema.type) return 'one of a list'
  const choices = choicesOf(schema)
  if (choices) return unique(choices.map((choice) => typeOf(choice, document))).join(' or ')
  if (schema.allOf) return unique(schema.allOf.map((part) => typeOf(part, document))).join(' and ')
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['any'])
  return types.map((type) => wordOf(type, schema, document)).join(' or ')
}

/** A name beside what it is: `string (UUID)` tells more of a `ChatId` than its name. */
const simple = (name: string, schema: Schema, document: ApiDocument) =>
  `${typeOf(resolve({ $ref: schema.$ref! }, document), document)} · ${name}`

function wordOf(type: string, { format, items, additionalProperties }: Schema, document: ApiDocument): string {
  if (type === 'array') return items ? `list of ${typeOf(items, document)}` : 'list'
  if (type === 'object' && typeof additionalProperties === 'object')
    return `object of ${typeOf(additionalProperties, document)}`
  const kind = format === undefined ? undefined : (FORMATS[format] ?? format)
  return kind ? `${type} (${kind})` : type
}

const FORMATS: Readonly<Record<string, string>> = { uuid: 'UUID', uri: 'URL', 'date-time': 'ISO 8601', email: 'e-mail' }

function isSimple(schema: Schema, document: ApiDocument): boolean {
  return partsOf(schema, document).length === 0 && choicesOf(schema) === undefined && schema.allOf === undefined
}

/** What is taken of it, as short phrases. */
export function limitsOf(schema: Schema, document: ApiDocument): string[] {
  const said = resolve(schema, document)
  return [
    ...(said.enum ? [`one of ${said.enum.map((value) => code(value)).join(', ')}`] : []),
    range(said.minLength, said.maxLength, 'characters'),
    range(said.minItems, said.maxItems, 'items'),
    range(said.minimum, sensible(said.maximum), ''),
    said.exclusiveMinimum === undefined ? undefined : `more than ${said.exclusiveMinimum}`,
    said.pattern === undefined ? undefined : `matches \`${said.pattern}\``,
    said.default === undefined ? undefined : `${code(said.default)} when absent`,
    ...(said.type === 'array' && said.items ? limitsOf(said.items, document).map((limit) => `each: ${limit}`) : []),
  ].filter((phrase) => phrase !== undefined)
}

const code = (value: unknown) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``

/** Whole numbers end somewhere, which nobody has to be told. */
const sensible = (maximum: number | undefined) => (maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum)

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  const words = (text: string) => (unit === '' ? text : `${text} ${unit}`)
  const from = least === 0 && unit !== '' ? undefined : least
  const lowest = from === Number.MIN_SAFE_INTEGER ? undefined : from
  if (lowest !== undefined && most !== undefined) return words(lowest === most ? `${most}` : `${lowest}–${most}`)
  if (most !== undefined) return words(`at most ${most}`)
  return lowest === undefined ? undefined : words(`at least ${lowest}`)
}

export interface Field {
  name: string
  schema: Schema
  isRequired: boolean
}

/** Fields, elements and alternatives: what a schema is made of, one level deep. */
export type Part = { kind: 'field'; field: Field } | { kind: 'choice'; label: string; schema: Schema }

export function partsOf(schema: Schema, document: ApiDocument): Part[] {
  const said = resolve(schema, document)
  const choices = choicesOf(said)?.filter((choice) => !isNull(choice))
  if (choices?.length === 1) return [...fieldParts(said), ...partsOf(choices[0]!, document)]
  if (choices?.some((choice) => partsOf(choice, document).length > 0))
    return [...fieldParts(said), ...choices.map((choice, index) => choicePart(choice, index, document))]
  if (said.allOf) return [...fieldParts(said), ...said.allOf.flatMap((part) => partsOf(part, document))]
  if (said.items) return partsOf(said.items, document)
  if (typeof said.additionalProperties === 'object' && !said.properties)
    return partsOf(said.additionalProperties, document)
  return fieldParts(said)
}

function fieldParts({ properties = {}, required = [] }: Schema): Part[] {
  return Object.entries(properties).map(([name, schema]) => ({
    kind: 'field',
    field: { name, schema, isRequired: required.includes(name) },
  }))
}

/** An alternative is called by its name, or by the one value that tells it from the others. */
function choicePart(schema: Schema, index: number, document: ApiDocument): Part {
  const { properties = {} } = resolve(schema, document)
  const [mark] = Object.entries(properties).flatMap(([name, value]) => {
    const { const: one } = resolve(value, document)
    return one === undefined ? [] : [`${name}: ${String(one)}`]
  })
  return { kind: 'choice', label: mark ?? nameOf(schema) ?? (typeOf(schema, document) || `${index + 1}`), schema }
}

const unique = (words: readonly string[]) => [...new Set(words)]
