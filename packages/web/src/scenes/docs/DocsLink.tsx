import { Link } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

interface Props extends Pick<ComponentProps<'a'>, 'className' | 'aria-current' | 'onClick' | 'onKeyDown'> {
  slug: string
  hash?: string
  children: ReactNode
}

/** To a page of the reference; what is being looked for stays. */
export function DocsLink({ slug, hash = '', ...props }: Props) {
  return <Link {...props} to="/docs/$" params={{ _splat: slug }} search={(kept) => kept} hash={hash} />
}
