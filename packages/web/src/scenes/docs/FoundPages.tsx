import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useDeferredValue, useMemo } from 'react'
import { t } from '../../i18n/t.ts'
import { cutAtWords } from '../../parts/found-words.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { DocsLink } from './DocsLink.tsx'
import { MethodMark } from './MethodMark.tsx'
import type { Reference } from './reference.ts'
import { type Found, makeIndex, searchPages } from './search-pages.ts'

interface Props {
  reference: Reference
  query: string
  slug: string
  onLeave: () => void
}

const MOST_SHOWN = 60

/** Pages that have all the words, in their text, too. */
export function FoundPages({ reference, query, slug, onLeave }: Props) {
  const settled = useDeferredValue(query)
  const index = useQuery({ queryKey: ['docs-index'], queryFn: () => makeIndex(reference) })
  const found = useMemo(() => (index.data ? searchPages(index.data, settled) : undefined), [index.data, settled])
  if (index.isError) return <ProblemLine title={t('docs.loadFailed')} onRetry={() => void index.refetch()} />
  if (!found) return <SkeletonRows count={6} height={44} />
  return (
    <>
      <p role="status" className="px-2 pb-1 text-2xs text-ink-3">
        {found.length === 0 ? t('docs.nothingFound', { query: settled }) : t('docs.found', { count: found.length })}
      </p>
      <ul>
        {found.slice(0, MOST_SHOWN).map((one) => (
          <li key={one.page.slug}>
            <DocsLink
              slug={one.page.slug}
              aria-current={one.page.slug === slug ? 'page' : undefined}
              onClick={onLeave}
              className={clsx(
                'block rounded-md px-2 py-1.5',
                one.page.slug === slug ? 'bg-selected text-accent-ink' : 'text-ink hover:bg-hover',
              )}
            >
              <Hit found={one} words={settled.toLowerCase().split(/\s+/)} />
            </DocsLink>
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p className="px-2 text-2xs text-ink-3">{t('docs.moreWords')}</p>}
    </>
  )
}

function Hit({ found: { page, snippet }, words }: { found: Found; words: readonly string[] }) {
  return (
    <span lang="en">
      <span className="flex items-baseline gap-2">
        {page.kind === 'operation' && <MethodMark method={page.method} className="w-8 shrink-0" />}
        <span className="min-w-0">{page.title}</span>
      </span>
      {snippet && (
        <span className="block text-xs text-ink-3 [overflow-wrap:anywhere]">
          {cutAtWords(snippet, caseOf(words, snippet)).map((piece) =>
            piece.isFound ? (
              <mark key={piece.offset} className="rounded-sm bg-find text-find-ink">
                {piece.text}
              </mark>
            ) : (
              piece.text
            ),
          )}
        </span>
      )}
    </span>
  )
}

/** The words as the text spells them. */
function caseOf(words: readonly string[], text: string): string[] {
  const lower = text.toLowerCase()
  return words.flatMap((word) => {
    const at = word === '' ? -1 : lower.indexOf(word)
    return at < 0 ? [] : text.slice(at, at + word.length)
  })
}
