import type { ReactNode } from 'react'

/** The head of a page. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex flex-col gap-2">
      <h1 className="text-xl font-semibold tracking-[-.01em] text-balance">{title}</h1>
      {children}
    </header>
  )
}

/** A part of a page under its heading. */
export function PagePart({ title, id, children }: { title: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section className="mt-6 flex min-w-0 flex-col gap-2">
      <h2 id={id} className="scroll-mt-4 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  )
}
