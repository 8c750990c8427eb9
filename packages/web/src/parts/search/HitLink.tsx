import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import type { MouseEvent, ReactNode } from 'react'

interface Props {
  /** A path of ours. */
  href: string
  className?: string
  children: ReactNode
}

/** A row that leads to what was found: a real link, for new tabs too. */
export function HitLink({ href, className, children }: Props) {
  const navigate = useNavigate()
  function follow(event: MouseEvent) {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain) return
    event.preventDefault()
    void navigate({ href })
  }
  return (
    <a
      href={href}
      onClick={follow}
      data-hit
      className={clsx('flex items-start gap-3 rounded-md px-3 py-2.5 hover:bg-hover focus-visible:bg-hover', className)}
    >
      {children}
    </a>
  )
}
