import type { ReactNode } from 'react'
import { DocsLink } from '../DocsLink.tsx'
import { resolveGuideLink } from '../guides.ts'

const LINK = 'text-accent-ink underline decoration-accent/40 underline-offset-2 hover:decoration-accent'

interface Props {
  href: string
  /** The file it stands in. */
  from: string
  children: ReactNode
}

/** A link of a text: within the page, to another page of the reference, or out; to what is neither, there is none. */
export function GuideLink({ href, from, children }: Props) {
  if (href.startsWith('#'))
    return (
      <a href={href} className={LINK}>
        {children}
      </a>
    )
  if (/^https?:\/\//.test(href))
    return (
      <a href={href} target="_blank" rel="noopener noreferrer" className={LINK}>
        {children}
      </a>
    )
  if (href.startsWith('/') && !href.startsWith('//'))
    return (
      <a href={href} className={LINK}>
        {children}
      </a>
    )
  const found = /^[a-z][a-z+.-]*:/i.test(href) ? undefined : resolveGuideLink(from, href)
  return found ? (
    <DocsLink slug={found.slug} hash={found.hash} className={LINK}>
      {children}
    </DocsLink>
  ) : (
    children
  )
}
