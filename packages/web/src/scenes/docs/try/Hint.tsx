import type { Me } from '@parley/protocol/model'
import type { ReactNode } from 'react'
import type { ApiDocument } from '../../../data/docs/openapi.ts'
import type { OperationPage } from '../reference.ts'

export interface TryProps {
  page: OperationPage
  document: ApiDocument
  me: Me
}

/** A sentence about what is, or is not, to be tried. */
export function Hint({ children }: { children: ReactNode }) {
  return <p className="rounded-md bg-sunken px-3 py-2 text-ink-2">{children}</p>
}
