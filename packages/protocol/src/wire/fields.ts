import { z } from 'zod'
import { type JsonSchema, type Read, Refusal } from './readers.ts'

/**
 * What a body's fields are made of. There are two sets: the lenient one reads what senders of ten years have written, the strict
 * one, for developers, refuses what the lenient one repairs (spec 01 §2.5).
 */
export interface Fields {
  readonly isStrict: boolean
  /** Must be there, and not be empty. */
  required: <Out>(read: Read<Out>) => z.ZodTransform<Out, unknown>
  /** May be left out. Null and the empty string count as absent, too; older senders write them for what they do not know. */
  optional: <Out>(read: Read<Out>) => z.ZodTransform<Out | undefined, unknown>
  /** The same where null is documented. */
  nullable: <Out>(read: Read<Out>) => z.ZodTransform<Out | undefined, unknown>
  /** The same where the empty string takes away what was there. */
  clearable: <Out>(read: Read<Out>) => z.ZodTransform<Out | undefined, unknown>
  /** Documented as required, and often left out: only strict mode insists. */
  expected: <Out>(read: Read<Out>) => z.ZodTransform<Out | undefined, unknown>
  /** Fields that it does not have are ignored, or in strict mode refused. */
  object: <Shape extends z.ZodRawShape>(shape: Shape) => z.ZodObject<Shape>
  /** Null, the empty string and `[]` (PHP's empty object) count as absent, too. */
  optionalObject: <Schema extends z.ZodType>(schema: Schema) => z.ZodType<z.output<Schema> | undefined>
  optionalFlag: z.ZodType<boolean | undefined>
  /** Whatever it is: it is not looked at, or not yet. */
  anything: z.ZodOptional<z.ZodUnknown>
}

/** A body in both moods; the strict one is made when a channel first asks for it. */
export interface BodySchema<Schema extends z.ZodType> {
  readonly lenient: Schema
  readonly strict: Schema
}

/** The body that the fields make: `const typing = bodySchema((f) => f.object({ id: f.required(as.id) }))`. */
export function bodySchema<Schema extends z.ZodType>(define: (fields: Fields) => Schema): BodySchema<Schema> {
  let strict: Schema | undefined
  return {
    lenient: define(lenientFields),
    get strict() {
      strict ??= define(strictFields)
      return strict
    },
  }
}

/** What a body of this schema reads as. */
export type BodyOf<Body> = Body extends BodySchema<infer Schema> ? z.output<Schema> : never

const MISSING = new Refusal('is missing')
const EMPTY = new Refusal('is empty')
const EMPTY_BUT_OPTIONAL = new Refusal('is empty; leave it out instead')
const NULL_BUT_OPTIONAL = new Refusal('is null; leave it out instead')

/** What zod cannot tell of a schema whose fields are read by functions: for the API's document. */
interface Facts {
  takes?: JsonSchema
  mayBeAbsent?: boolean
  /** Values that count as absent. */
  orNothing?: readonly JsonSchema[]
  /** The name of a shape that stands in several bodies. */
  part?: string
}

export const schemaFacts: z.core.$ZodRegistry<Facts> = z.registry<Facts>()

/** Names a shape, for the API's document. */
export function part<Schema extends z.ZodType>(name: string, schema: Schema): Schema {
  schemaFacts.add(schema, { ...schemaFacts.get(schema), part: name })
  return schema
}

/** A field that is read by a function: one call per field, where a chain of zod's checks and pipes costs several. */
function field<Out>(read: (input: unknown) => Out | Refusal, facts: Facts): z.ZodTransform<Out, unknown> {
  const schema = z.transform((input: unknown, context): Out => {
    const value = read(input)
    if (!(value instanceof Refusal)) return value
    context.issues.push({ code: 'custom', message: value.reason, input })
    return z.NEVER
  })
  schemaFacts.add(schema, facts)
  return schema
}

const NULL = { type: 'null' }
const EMPTY_TEXT = { const: '' }
const EMPTY_LIST = { type: 'array', maxItems: 0 }

function notEmpty(takes: JsonSchema): JsonSchema {
  return [takes.type].flat().includes('string') ? { ...takes, minLength: 1 } : takes
}

function required<Out>(read: Read<Out>, isStrict: boolean) {
  const facts = { takes: notEmpty(read.takes(isStrict)) }
  return field((input) => {
    if (input === undefined || input === null) return MISSING
    return input === '' ? EMPTY : read(input, isStrict)
  }, facts)
}

function optionalLenient<Out>(read: Read<Out>) {
  const facts = { takes: read.takes(false), mayBeAbsent: true, orNothing: [NULL, EMPTY_TEXT] }
  return field<Out | undefined>(
    (input) => (input === undefined || input === null || input === '' ? undefined : read(input, false)),
    facts,
  )
}

function optionalStrict<Out>(read: Read<Out>) {
  const facts = { takes: notEmpty(read.takes(true)), mayBeAbsent: true }
  return field<Out | undefined>((input) => {
    if (input === undefined) return undefined
    if (input === null) return NULL_BUT_OPTIONAL
    return input === '' ? EMPTY_BUT_OPTIONAL : read(input, true)
  }, facts)
}

function nullableStrict<Out>(read: Read<Out>) {
  const facts = { takes: read.takes(true), mayBeAbsent: true, orNothing: [NULL] }
  return field((input) => (input === undefined || input === null ? undefined : read(input, true)), facts)
}

function clearable<Out>(read: Read<Out>, isStrict: boolean) {
  const facts = { takes: read.takes(isStrict), mayBeAbsent: true, ...(!isStrict && { orNothing: [NULL] }) }
  return field<Out | undefined>((input) => {
    if (input === undefined) return undefined
    if (input === null) return isStrict ? NULL_BUT_OPTIONAL : undefined
    return read(input, isStrict)
  }, facts)
}

const isNothing = (input: unknown) => input === null || input === '' || (Array.isArray(input) && input.length === 0)

function mayBeAbsent<Schema extends z.ZodType>(schema: Schema, orNothing: readonly JsonSchema[] = []): Schema {
  schemaFacts.add(schema, { mayBeAbsent: true, orNothing })
  return schema
}

const lenientFields: Fields = {
  isStrict: false,
  required: (read) => required(read, false),
  optional: optionalLenient,
  nullable: optionalLenient,
  clearable: (read) => clearable(read, false),
  expected: optionalLenient,
  object: (shape) => z.object(shape),
  optionalObject: (schema) =>
    mayBeAbsent(
      z.preprocess((input) => (isNothing(input) ? undefined : input), schema.optional()),
      [NULL, EMPTY_TEXT, EMPTY_LIST],
    ),
  optionalFlag: mayBeAbsent(
    z.preprocess((input) => (input === null ? undefined : input), z.boolean().optional()),
    [NULL],
  ),
  anything: z.unknown().optional(),
}

const notNull = field<unknown>((input) => (input === null ? NULL_BUT_OPTIONAL : input), {})

const strictFields: Fields = {
  isStrict: true,
  required: (read) => required(read, true),
  optional: optionalStrict,
  nullable: nullableStrict,
  clearable: (read) => clearable(read, true),
  expected: (read) => required(read, true),
  // Other than its type says it refuses more; what it reads is the same.
  object: <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape) as unknown as z.ZodObject<Shape>,
  optionalObject: (schema) => mayBeAbsent(z.pipe(notNull, schema.optional())),
  optionalFlag: mayBeAbsent(z.pipe(notNull, z.boolean().optional())),
  anything: z.unknown().optional(),
}
