import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { root } from '../root.mjs'
import { StepFailed } from '../run.mjs'
import { isCall, isFunction, isIdentifier, isMember, isText, placeOf, sourceOf, walk } from './open-program.mjs'

const FOLDER = join(root, 'packages/server/src/http/app-api')
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The readers of `middleware/read-input.ts` and what they say of a part of the path. */
const PATH_READERS = {
  readUuid: { type: 'string', format: 'uuid' },
  readNumber: { type: 'integer', minimum: 1 },
  readDigestId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
}

/** Every route of the app API, with what its handler and all it calls say of input, answers and refusals. */
export function readRoutes(compiler, graph) {
  const files = readdirSync(FOLDER)
    .sort()
    .filter((name) => name.endsWith('-routes.ts') && !name.endsWith('.test.ts'))
    .map((name) => compiler.program.getSourceFile(join(FOLDER, name)))
  const registry = compiler.program.getSourceFile(join(FOLDER, 'app-routes.ts'))
  const guarded = registeredBehind('requireViewer', registry)
  const ownPagesOnly = registeredBehind('refuseForeignOrigin', registry)
  return files.flatMap((file) => {
    const isIn = (names) =>
      file.statements.some((one) => one.kind === SyntaxKind.FunctionDeclaration && names.has(one.name.text))
    const scope = { isGuarded: isIn(guarded), isForOwnPages: isIn(guarded) || isIn(ownPagesOnly) }
    return routesOf(file, compiler, graph).map((route) => ({ ...route, ...scope }))
  })
}

/** What `app-routes.ts` registers in a scope that calls `hook`, such as `requireViewer`. */
function registeredBehind(hook, file) {
  const names = new Set()
  walk(file, (node) => {
    if (node.kind !== SyntaxKind.VariableDeclaration || !node.initializer || !isFunction(node.initializer)) return
    const called = []
    walk(node, (inner) => {
      if (isCall(inner) && isIdentifier(inner.expression)) called.push(inner.expression.text)
    })
    if (called.includes(hook)) for (const name of called) names.add(name)
    return false
  })
  return names
}

export function routesOf(file, compiler, graph) {
  const found = []
  walk(file, (node) => {
    if (!isRegistration(node)) return
    const handler = node.arguments.at(-1)
    const functions = isIdentifier(handler) ? graph.functionsNamed(handler) : [handler]
    const [body] = functions
    const reached = graph.reach(body)
    for (const path of pathsOf(node.arguments[0], compiler.checker)) {
      found.push({
        method: node.expression.name.text,
        path,
        place: placeOf(node),
        ...readAnswers(handler, body, compiler.checker),
        ...readInputs(reached, graph),
        codes: new Set(reached.flatMap((one) => [...graph.factsOf(one).codes])),
        needsAdmin: reached.some(isAdminCheck),
      })
    }
  })
  return found
}

const isAdminCheck = (node) => node.name?.text === 'requireAdmin'

function isRegistration(node) {
  if (!isCall(node) || !isMember(node.expression)) return false
  const { expression: owner, name } = node.expression
  return ['app', 'api', 'scope'].includes(owner.text) && METHODS.includes(name.text) && node.arguments.length >= 2
}

/** A path that a loop puts together is one for each of its turns. */
function pathsOf(node, checker) {
  if (isText(node)) return [node.text]
  if (node.kind !== SyntaxKind.TemplateExpression)
    throw new StepFailed(`${placeOf(node)}: write the path as a text, so that the API's document can say it.`)
  let paths = [node.head.text]
  for (const span of node.templateSpans) {
    const type = checker.getTypeAtLocation(span.expression)
    const values = (type.isUnionType() ? type.getTypes() : [type]).map(({ value }) => value)
    if (values.some((value) => typeof value !== 'string'))
      throw new StepFailed(`${placeOf(node)}: the parts of a path must be texts known here ("as const").`)
    paths = paths.flatMap((path) => values.map((value) => path + value + span.literal.text))
  }
  return paths
}

/** What is answered when all goes well: what `reply.send` is given, or what the handler returns. */
function readAnswers(handler, body, checker) {
  const answers = []
  let status = 200
  walk(body, (node) => {
    if (node !== body && isFunction(node)) return false
    if (!isCall(node) || !isMember(node.expression)) return
    const { name } = node.expression
    if (name.text === 'send' && startsWithReply(node)) {
      const [content] = node.arguments
      const codes = codesIn(node)
      for (const code of codes.length > 0 ? codes : [200])
        answers.push({ status: code, type: content && checker.getTypeAtLocation(content) })
    } else if (name.text === 'code' && startsWithReply(node) && !isMember(node.parent)) {
      const [code] = codesIn(node)
      if (code) status = code
    }
  })
  if (answers.length > 0) return { answers }
  const [signature] = checker.getSignaturesOfType(checker.getTypeAtLocation(handler), 0)
  return { answers: [{ status, type: awaited(checker.getReturnTypeOfSignature(signature), checker) }] }
}

function awaited(type, checker) {
  return type.getSymbol()?.name === 'Promise' ? checker.getTypeArguments(type)[0] : type
}

function startsWithReply(call) {
  let node = call
  while (isCall(node) || isMember(node)) node = node.expression
  return node.text === 'reply'
}

/** The numbers given to `.code(…)` in a chain, good ones only. */
function codesIn(chain) {
  const codes = []
  walk(chain, (node) => {
    if (isCall(node) && isMember(node.expression) && node.expression.name.text === 'code')
      walk(node.arguments[0], (inner) => {
        if (inner.kind === SyntaxKind.NumericLiteral) codes.push(Number(inner.text))
      })
  })
  return codes.filter((code) => code < 400)
}

/** The schemas that `readInput` is called with, by what they are for, and what is said of the parts of the path. */
function readInputs(reached, graph) {
  const inputs = { body: [], query: [], params: [] }
  const pathTypes = {}
  for (const call of reached.flatMap((one) => graph.factsOf(one).calls)) {
    const name = call.expression.text
    if (name === 'readInput') addSchema(inputs, call)
    if (name === 'readPage') inputs.query.push(pageSchema(call))
    const type = PATH_READERS[name]
    if (type && call.arguments[1] && isText(call.arguments[1])) pathTypes[call.arguments[1].text] = type
  }
  return { inputs, pathTypes }
}

function addSchema(inputs, call) {
  const [schema, from] = call.arguments
  // `read-input.ts` itself, which `pageSchema` speaks for.
  if (call.getSourceFile().fileName.endsWith('/read-input.ts')) return
  const part = sourceOf(from).split('.').at(-1)
  if (!inputs[part])
    throw new StepFailed(`${placeOf(call)}: readInput takes request.body, request.query or request.params.`)
  inputs[part].push({ file: call.getSourceFile().fileName, code: sourceOf(schema), place: placeOf(call) })
}

/** `readPage(request.query, 'before')`. */
function pageSchema(call) {
  const file = join(root, 'packages/server/src/http/middleware/read-input.ts')
  return {
    file,
    code: `pageQuery(${call.arguments[1] ? sourceOf(call.arguments[1]) : "'after'"})`,
    place: placeOf(call),
  }
}
