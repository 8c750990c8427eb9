import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SyntaxKind } from 'typescript/unstable/ast'
import { root } from '../root.mjs'
import { walk } from './open-program.mjs'

const FOLDERS = ['requests', 'shapes'].map((name) => join(root, 'packages/protocol/src/model', name))

/** Puts the comments that stand at the shapes of requests, and at their fields, into their schemas. */
export function describeInputs({ program, checker }, { components, sources }) {
  const declared = new Map()
  for (const path of FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))) {
    for (const statement of program.getSourceFile(path).statements) {
      if (statement.kind !== SyntaxKind.VariableStatement) continue
      for (const one of statement.declarationList.declarations) declared.set(one.name.text, one)
    }
  }
  const docOf = (name) => {
    const symbol = checker.getSymbolAtLocation(name)
    return symbol
      ? checker
          .getDocumentationCommentOfSymbol(symbol)
          .replace(/\s*\n\s*/g, ' ')
          .trim()
      : ''
  }
  for (const [name, schema] of Object.entries(components)) {
    const declaration = declared.get(sources.get(name))
    if (!declaration) continue
    const text = docOf(declaration.name)
    if (text !== '') schema.description = text
    describeFields(declaration.initializer, schema, docOf)
  }
}

/** Of one object; what fields are made of is gone into, too. */
function describeFields(node, schema, docOf) {
  if (!schema.properties) return
  walk(node, (inner) => {
    if (inner.kind !== SyntaxKind.ObjectLiteralExpression) return
    for (const property of inner.properties) {
      const field = schema.properties[property.name?.text]
      if (!field || property.kind !== SyntaxKind.PropertyAssignment) continue
      const text = docOf(property.name)
      if (text !== '') field.description = text
      describeFields(property.initializer, field.items ?? field, docOf)
    }
    return false
  })
}
