import { z } from 'zod'
import { type Read, Refusal } from './readers.ts'

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

/** A field that is read by a function: one call per field, where a chain of zod's checks and pipes costs several. */
function field<Out>(read: (input: unknown) => Out | Refusal): z.ZodTransform<Out, unknown> {
  return z.transform((input: unknown, context): Out => {
    const value = read(input)
    if (!(value instanceof Refusal)) return value
    context.issues.push({ code: 'custom', message: value.reason, input })
    return z.NEVER
  })
}

function required<Out>(read: Read<Out>, isStrict: boolean) {
  return field((input) => {
    if (input === undefined || input === null) return MISSING
    return input === '' ? EMPTY : read(input, isStrict)
  })
}

function optionalLenient<Out>(read: Read<Out>) {
  return field<Out | undefined>((input) =>
    input === undefined || input === null || input === '' ? undefined : read(input, false),
  )
}

function optionalStrict<Out>(read: Read<Out>) {
  return field<Out | undefined>((input) => {
    if (input === undefined) return undefined
    if (input === null) return NULL_BUT_OPTIONAL
    return input === '' ? EMPTY_BUT_OPTIONAL : read(input, true)
  })
}

const clearable = <Out>(read: Read<Out>, isStrict: boolean) =>
  field<Out | undefined>((input) => {
    if (input === undefined) return undefined
    if (input === null) return isStrict ? NULL_BUT_OPTIONAL : undefined
    return read(input, isStrict)
  })

const isNothing = (input: unknown) => input === null || input === '' || (Array.isArray(input) && input.length === 0)

const lenientFields: Fields = {
  isStrict: false,
  required: (read) => required(read, false),
  optional: optionalLenient,
  nullable: optionalLenient,
  clearable: (read) => clearable(read, false),
  expected: optionalLenient,
  object: (shape) => z.object(shape),
  optionalObject: (schema) => z.preprocess((input) => (isNothing(input) ? undefined : input), schema.optional()),
  optionalFlag: z.preprocess((input) => (input === null ? undefined : input), z.boolean().optional()),
  anything: z.unknown().optional(),
}

const notNull = field<unknown>((input) => (input === null ? NULL_BUT_OPTIONAL : input))

const strictFields: Fields = {
  isStrict: true,
  required: (read) => required(read, true),
  optional: optionalStrict,
  nullable: (read) => field((input) => (input === undefined || input === null ? undefined : read(input, true))),
  clearable: (read) => clearable(read, true),
  expected: (read) => required(read, true),
  // Other than its type says it refuses more; what it reads is the same.
  object: <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape) as unknown as z.ZodObject<Shape>,
  optionalObject: (schema) => z.pipe(notNull, schema.optional()),
  optionalFlag: z.pipe(notNull, z.boolean().optional()),
  anything: z.unknown().optional(),
}
