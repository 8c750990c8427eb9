import { relative } from 'node:path'
import { root } from '../root.mjs'
import { StepFailed } from '../run.mjs'

const ANY = 1 | 2
const UNDEFINED = 4
const NULL = 8
const VOID = 16
const STRING = 32
const NUMBER = 64
const BOOLEAN = 256
const NEVER = 1 << 18
const OPTIONAL = 1 << 24

/** Schemas of what is answered, made of the types it has; what has a name becomes a component of that name. */
export class AnswerSchemas {
  #checker
  /** By name; the type it was made of, so that two types never share one. */
  #named = new Map()

  constructor({ checker }) {
    this.#checker = checker
  }

  /** The named schemas that were met, by name. */
  get components() {
    return Object.fromEntries([...this.#named].map(([name, { schema }]) => [name, schema]))
  }

  schemaOf(type) {
    const name = this.#nameOf(type)
    return name === undefined ? this.#build(type) : this.#refer(name, type)
  }

  #refer(name, type) {
    const known = this.#named.get(name)
    if (!known) {
      const entry = { type, schema: {} }
      this.#named.set(name, entry)
      const symbol = type.getAliasSymbol() ?? type.getSymbol()
      entry.schema = withDescription(this.#build(type), symbol.getDocumentationComment(this.#checker))
    } else if (known.type.id !== type.id) {
      throw new StepFailed(`The API answers with two different types named ${name}: give one of them another name.`)
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  /** Types of ours that are exported under a name of their own; a generic one is named by its alias, if it has one. */
  #nameOf(type) {
    const alias = type.getAliasSymbol()
    if (alias) {
      if (this.#isOurs(alias) && type.getAliasTypeArguments().length === 0) return alias.name
      if (this.#isOurs(alias)) return undefined
    }
    const symbol = type.isObjectType() ? type.getSymbol() : undefined
    if (!symbol || symbol.name.startsWith('__') || !this.#isOurs(symbol)) return undefined
    return this.#argumentsOf(type).length > 0 ? undefined : symbol.name
  }

  #argumentsOf(type) {
    return type.isTypeReference() ? this.#checker.getTypeArguments(type) : []
  }

  #isOurs(symbol) {
    return symbol.declarations.some(({ path }) => /\/packages\/(protocol|server)\/src\//.test(path))
  }

  #build(type) {
    const { flags } = type
    if (flags & ANY) return {}
    if (type.isLiteralType() && type.value !== undefined) return { const: type.value }
    if (flags & STRING) return { type: 'string' }
    if (flags & NUMBER) return { type: 'number' }
    if (flags & BOOLEAN) return { type: 'boolean' }
    if (flags & NULL) return { type: 'null' }
    if (flags & (UNDEFINED | VOID | NEVER)) return { not: {} }
    if (type.isUnionType()) return this.#union(type.getTypes())
    if (type.isIntersectionType()) return this.#intersection(type)
    if (type.isTemplateLiteralType()) return { type: 'string' }
    return this.#object(type)
  }

  #union(types) {
    const options = types.filter(({ flags }) => !(flags & UNDEFINED))
    const literals = options.filter((one) => one.isLiteralType() && one.value !== undefined)
    const booleans = literals.filter(({ value }) => typeof value === 'boolean')
    const rest = options.filter((one) => !literals.includes(one))
    const values = literals
      .map(({ value }) => value)
      .filter((value) => booleans.length < 2 || typeof value !== 'boolean')
    const schemas = [
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : []),
      ...(values.length > 0 ? [values.length === 1 ? { const: values[0] } : { enum: values.sort(byText) }] : []),
      ...rest.map((one) => this.schemaOf(one)),
    ]
    if (schemas.length === 1) return schemas[0]
    return { anyOf: schemas.sort((a, b) => isNull(a) - isNull(b) || byText(JSON.stringify(a), JSON.stringify(b))) }
  }

  /** An id is a string or a number with a brand on it; everything else is an object of what the parts have. */
  #intersection(type) {
    const parts = type.getTypes()
    if (parts.some(({ flags }) => flags & STRING)) return { type: 'string' }
    if (parts.some(({ flags }) => flags & NUMBER)) return { type: 'integer' }
    return this.#object(type)
  }

  #object(type) {
    const checker = this.#checker
    if (checker.isTupleType(type)) return tuple(this.#argumentsOf(type).map((one) => this.schemaOf(one)))
    if (checker.isArrayLikeType(type)) return { type: 'array', items: this.schemaOf(this.#argumentsOf(type)[0]) }
    if (type.getSymbol()?.name === 'Date') return { type: 'string', format: 'date-time' }
    const properties = {}
    const required = []
    for (const symbol of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(symbol)
      if (checker.getSignaturesOfType(propertyType, 0).length > 0) this.#refuseFunction(symbol, type)
      properties[symbol.name] = this.#property(symbol, propertyType)
      if (!(symbol.flags & OPTIONAL) && !mayBeUndefined(propertyType)) required.push(symbol.name)
    }
    const [index] = checker.getIndexInfosOfType(type)
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.schemaOf(index.valueType) }),
    }
  }

  #property(symbol, type) {
    return withDescription(this.schemaOf(type), symbol.getDocumentationComment(this.#checker))
  }

  #refuseFunction(symbol, type) {
    const [at] = symbol.declarations
    const where = at ? relative(root.toLowerCase(), at.path) : ''
    throw new StepFailed(
      `${this.#checker.typeToString(type)} is answered and has a method, ${symbol.name} (${where}): it needs the type of what is sent.`,
    )
  }
}

/** JSON has no undefined: what may be it is left out. */
const mayBeUndefined = (type) =>
  (type.flags & UNDEFINED) !== 0 || (type.isUnionType() && type.getTypes().some(({ flags }) => flags & UNDEFINED))

const isNull = ({ type }) => Number(type === 'null')
const byText = (a, b) => (String(a) < String(b) ? -1 : 1)
const tuple = (items) => ({ type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length })

/** Beside a `$ref` too, as OpenAPI 3.1 allows. */
function withDescription(schema, text) {
  const description = text.replace(/\s*\n\s*/g, ' ').trim()
  return description === '' ? schema : { ...schema, description }
}
