import type { ReactNode } from 'react'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line px-4 py-5 last:border-0">
      <h2 className="mb-3 text-md font-semibold">{title}</h2>
      {children}
    </section>
  )
}

/** Fields beside one another, as wide as fields are. */
export function Grid({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] items-start gap-x-6 gap-y-5">{children}</div>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2 not-first:mt-3">{children}</div>
}
