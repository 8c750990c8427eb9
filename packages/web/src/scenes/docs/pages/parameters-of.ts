import type { ApiDocument, Operation, Parameter } from '../../../data/docs/openapi.ts'

/** Those that are shared are written out. */
export const parametersOf = ({ parameters = [] }: Operation, document: ApiDocument): Parameter[] =>
  parameters.flatMap((one) =>
    '$ref' in one ? (document.components.parameters?.[one.$ref.split('/').at(-1)!] ?? []) : one,
  )
