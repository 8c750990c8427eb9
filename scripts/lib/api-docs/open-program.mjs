import { join, relative } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'
import { root } from '../root.mjs'

/**
 * The types of the whole repository, as the compiler knows them. TypeScript calls this interface unstable; its version is
 * pinned, and what we ask of it is in this folder.
 */
export function openProgram() {
  const api = new API({ cwd: root })
  const config = join(root, 'tsconfig.json')
  const project = api.updateSnapshot({ openProject: config }).getProject(config)
  return { program: project.program, checker: project.checker, close: () => api.close() }
}

/** Calls `visit` with the node and everything in it; what `visit` answers false for is not gone into. */
export function walk(node, visit) {
  if (visit(node) === false) return
  node.forEachChild((child) => {
    walk(child, visit)
  })
}

export const isCall = (node) => node.kind === SyntaxKind.CallExpression
export const isIdentifier = (node) => node.kind === SyntaxKind.Identifier
export const isMember = (node) => node.kind === SyntaxKind.PropertyAccessExpression
export const isText = (node) =>
  node.kind === SyntaxKind.StringLiteral || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral

const FUNCTIONS = [
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
]
export const isFunction = (node) => FUNCTIONS.includes(node.kind)

/** As it is written, without the comments before it. */
export const sourceOf = (node) => node.getSourceFile().text.slice(startOf(node), node.end)

/** The compiler counts the space and the comments before a node as part of it. */
function startOf(node) {
  return node.getStart(node.getSourceFile())
}

/** `packages/server/src/…-routes.ts:12`. */
export function placeOf(node) {
  const file = node.getSourceFile()
  const line = file.text.slice(0, startOf(node)).split('\n').length
  return `${relative(root, file.fileName)}:${line}`
}
