import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { Toasts } from '../../parts/Toasts.tsx'
import { PHONE, useMedia } from '../../parts/use-media.ts'
import { DocsHead } from './DocsHead.tsx'
import { DocsNav } from './DocsNav.tsx'
import { OpenPage } from './OpenPage.tsx'
import { useReference } from './use-reference.ts'

/** The reference of both APIs: for everybody, logged in or not, for it shows nobody's data. */
export function Docs() {
  const { _splat: slug = '' } = useParams({ strict: false })
  const { q = '' } = useSearch({ strict: false }) as { q?: string }
  const isPhone = useMedia(PHONE)
  const [isNavOpen, setNavOpen] = useState(false)
  const { reference, error, retry } = useReference()
  const isNavShown = !isPhone || isNavOpen
  return (
    <div className="flex h-full flex-col print:block print:h-auto">
      <a
        href="#main"
        className="absolute start-1 top-1 z-50 -translate-y-16 rounded-md bg-ink px-3 py-1.5 text-surface focus:translate-y-0"
      >
        {t('app.skip')}
      </a>
      <DocsHead isNavOpen={isNavShown} onNav={isPhone ? () => setNavOpen(!isNavOpen) : undefined} />
      <div className="flex min-h-0 flex-1 md:pe-2 md:pb-2 print:block">
        {isNavShown && (
          <DocsNav reference={reference} slug={slug} query={q} isPhone={isPhone} onLeave={() => setNavOpen(false)} />
        )}
        {!(isPhone && isNavOpen) && (
          <Sheet slug={slug} isRead={reference !== undefined}>
            {reference ? (
              <OpenPage slug={slug} reference={reference} />
            ) : error ? (
              <Problem title={t('docs.loadFailed')} error={error} onRetry={retry} />
            ) : (
              <SkeletonRows count={10} />
            )}
          </Sheet>
        )}
      </div>
      <Toasts />
    </div>
  )
}

interface SheetProps {
  slug: string
  isRead: boolean
  children: React.ReactNode
}

/** What is read. Another page begins at its top, or at the place its address names. */
function Sheet({ slug, isRead, children }: SheetProps) {
  const sheet = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place to begin
  useEffect(() => {
    if (!isRead) return undefined
    sheet.current?.scrollTo(0, 0)
    return goToAnchor(sheet.current)
  }, [slug, isRead])
  return (
    <main
      id="main"
      ref={sheet}
      data-pane
      tabIndex={-1}
      className="@container min-w-0 flex-1 overflow-y-auto bg-surface shadow-card outline-none md:rounded-lg print:overflow-visible print:shadow-none"
    >
      <div className="mx-auto max-w-[1180px] px-4 py-6 md:px-8">{children}</div>
    </main>
  )
}

/** Guides come a moment later than their page: the place is waited for. */
function goToAnchor(sheet: HTMLElement | null): (() => void) | undefined {
  const id = decodeURIComponent(location.hash.slice(1))
  if (id === '' || !sheet) return undefined
  const go = () => {
    const target = document.getElementById(id)
    target?.scrollIntoView()
    return target !== null
  }
  if (go()) return undefined
  const observer = new MutationObserver(() => go() && observer.disconnect())
  observer.observe(sheet, { childList: true, subtree: true })
  return () => observer.disconnect()
}
