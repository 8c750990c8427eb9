import { BookOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClasses } from './button-classes.ts'

interface Props {
  /** Below `/docs`. */
  page?: string
  children: ReactNode
}

/** To the reference, in a tab of its own: to be read beside what it is about. */
export function ReferenceLink({ page = '', children }: Props) {
  return (
    <a href={`/docs/${page}`.replace(/\/$/, '')} target="_blank" rel="noopener" className={buttonClasses('ghost')}>
      <BookOpen size={15} aria-hidden="true" />
      {children}
    </a>
  )
}
