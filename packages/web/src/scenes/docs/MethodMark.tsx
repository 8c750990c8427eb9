import { clsx } from 'clsx'
import type { Method } from '../../data/docs/openapi.ts'

const LOOKS: Record<Method, string> = {
  get: 'text-ok',
  post: 'text-accent-ink',
  put: 'text-warn',
  patch: 'text-warn',
  delete: 'text-bad',
}

/** What a request does, in one word. */
export function MethodMark({ method, className }: { method: Method; className?: string }) {
  return (
    <span className={clsx('font-mono text-2xs font-semibold uppercase', LOOKS[method], className)}>
      {method === 'delete' ? 'del' : method}
    </span>
  )
}
