import { join } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { root } from '../root.mjs'
import { isCall, isFunction, isIdentifier, isMember, isText, walk } from './open-program.mjs'

const SERVER = join(root, 'packages/server/src/')

/** What can come to run when a function does, as far as it can be told from the source: what it calls by name. */
export class CallGraph {
  #checker
  #facts = new Map()
  /** Parameters whose callers are being looked at. */
  #asked = new Set()

  constructor({ checker }) {
    this.#checker = checker
  }

  /** The function itself and everything it can reach, each once. */
  reach(start) {
    const seen = new Set()
    const left = [start]
    for (let node = left.pop(); node; node = left.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      left.push(...this.factsOf(node).callees)
    }
    return [...seen]
  }

  /** Of one function: its calls, what it calls of ours, and the codes it refuses with. */
  factsOf(node) {
    const known = this.#facts.get(node)
    if (known) return known
    const names = []
    const calls = []
    const codes = new Set()
    walk(node, (inner) => {
      if (isCall(inner)) calls.push(inner)
      if (isIdentifier(inner) && isUsed(inner)) names.push(inner)
      if (inner.kind === SyntaxKind.NewExpression && inner.expression.text === 'AppError')
        for (const code of textsIn(inner.arguments[0])) codes.add(code)
    })
    const facts = { calls, codes, callees: [] }
    this.#facts.set(node, facts)
    const symbols = names.length > 0 ? this.#checker.getSymbolAtLocation(names) : []
    facts.callees = [...new Set(symbols.flatMap((symbol) => this.#functionsOf(symbol)))]
    return facts
  }

  /** The functions that a name stands for; more than one where a loop or a parameter hands them over. */
  functionsNamed(identifier) {
    return this.#functionsOf(this.#checker.getSymbolAtLocation(identifier))
  }

  #functionsOf(symbol) {
    if (!symbol) return []
    const target = isAlias(symbol) ? this.#checker.getAliasedSymbol(symbol) : symbol
    return target.declarations
      .filter(({ path }) => path.toLowerCase().startsWith(SERVER.toLowerCase()))
      .flatMap((handle) => this.#functionsAt(handle.resolve()))
  }

  #functionsAt(declaration) {
    if (!declaration) return []
    if (isFunction(declaration)) return declaration.body ? [declaration] : []
    if (declaration.kind === SyntaxKind.VariableDeclaration)
      return declaration.initializer && isFunction(declaration.initializer) ? [declaration.initializer] : []
    if (declaration.kind === SyntaxKind.Parameter) return this.#handedTo(declaration)
    if (declaration.kind === SyntaxKind.BindingElement) return this.#takenFromLoop(declaration)
    return []
  }

  /** `part(app, deps, leadOf)`: what the callers in its file give for a parameter. */
  #handedTo(parameter) {
    const owner = parameter.parent
    // A function that hands its own parameter to itself would go round for ever.
    if (owner.kind !== SyntaxKind.FunctionDeclaration || this.#asked.has(parameter)) return []
    this.#asked.add(parameter)
    const index = owner.parameters.indexOf(parameter)
    const found = []
    walk(owner.getSourceFile(), (node) => {
      if (!isCall(node) || node.expression.text !== owner.name.text) return
      const given = node.arguments[index]
      // One that calls itself hands on what it was given.
      if (given && isIdentifier(given)) found.push(...this.functionsNamed(given))
    })
    this.#asked.delete(parameter)
    return found
  }

  /** `for (const [path, placeOf] of [['/chats', chatOf], …] as const)`. */
  #takenFromLoop(element) {
    const index = element.parent.elements.indexOf(element)
    let loop = element.parent
    while (loop && loop.kind !== SyntaxKind.ForOfStatement) loop = loop.parent
    if (!loop) return []
    const list = loop.expression.kind === SyntaxKind.AsExpression ? loop.expression.expression : loop.expression
    return (list.elements ?? [])
      .map((row) => row.elements?.[index])
      .filter((given) => given && isIdentifier(given))
      .flatMap((given) => this.functionsNamed(given))
  }
}

const ALIAS = 1 << 21
const isAlias = ({ flags }) => (flags & ALIAS) !== 0

/** Called, or handed over as a function; not what is declared here, nor the name of a property. */
function isUsed(identifier) {
  const { parent } = identifier
  if (isCall(parent)) return true
  // What a method is takes the types of everything before it, so it is asked only where routes are: `limits.take(…)`.
  if (isMember(parent)) return parent.name === identifier && isCalled(parent) && isOfHttp(identifier)
  return parent.kind === SyntaxKind.PropertyAssignment && parent.initializer === identifier
}

const isCalled = (node) => isCall(node.parent) && node.parent.expression === node
const isOfHttp = (node) => node.getSourceFile().fileName.includes('/src/http/')

function textsIn(node) {
  const texts = []
  walk(node, (inner) => {
    if (isText(inner)) texts.push(inner.text)
  })
  return texts
}
