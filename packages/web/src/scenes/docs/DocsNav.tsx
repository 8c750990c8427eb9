import { clsx } from 'clsx'
import { ChevronRight, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DocsLink } from './DocsLink.tsx'
import { FoundPages } from './FoundPages.tsx'
import { GUIDES } from './guides.ts'
import { MethodMark } from './MethodMark.tsx'
import type { Area, OperationPage, Reference } from './reference.ts'
import { useFilter } from './use-filter.ts'

interface Props {
  reference: Reference | undefined
  slug: string
  query: string
  isPhone: boolean
  /** Somebody went to a page. */
  onLeave: () => void
}

/** The contents, or what was found in them. */
export function DocsNav({ reference, slug, query, isPhone, onLeave }: Props) {
  const filter = useFilter(query)
  return (
    <nav
      aria-label={t('docs.contents')}
      data-pane
      className={clsx('flex shrink-0 flex-col print:hidden', isPhone ? 'w-full bg-surface' : 'w-72')}
    >
      <search className="shrink-0 px-3 pb-2 max-md:pt-2">
        <TextField
          ref={filter.field}
          type="search"
          label={t('docs.filter')}
          isLabelHidden
          placeholder={t('docs.filter')}
          aria-keyshortcuts="/"
          icon={<Search size={15} aria-hidden="true" />}
          value={query}
          onChange={filter.change}
          onKeyDown={(event) => event.key === 'Escape' && filter.change('')}
        />
      </search>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {!reference ? (
          <SkeletonRows count={10} height={32} />
        ) : query.trim() === '' ? (
          <Contents reference={reference} slug={slug} onLeave={onLeave} />
        ) : (
          <FoundPages reference={reference} query={query} slug={slug} onLeave={onLeave} />
        )}
      </div>
    </nav>
  )
}

type ContentsProps = Pick<Props, 'slug' | 'onLeave'> & { reference: Reference }

function Contents({ reference, slug, onLeave }: ContentsProps) {
  const link = (to: string, title: ReactNode) => (
    <NavLink key={to} slug={to} isOpen={to === slug} onLeave={onLeave}>
      {title}
    </NavLink>
  )
  const hooks = [...reference.pages.values()].filter((page) => page.kind === 'hook')
  return (
    <>
      <Group title={t('docs.guides')}>
        {GUIDES.map(({ id, title }) => link(`guides/${id}`, <span lang="en">{title}</span>))}
      </Group>
      <Group title={t('docs.chatsApi')}>
        {link('chats', t('docs.introduction'))}
        {reference.areas.chats.map((area) => (
          <AreaLinks key={area.name} area={area} slug={slug} onLeave={onLeave} />
        ))}
      </Group>
      <Group title={t('docs.hooks')}>{hooks.map((page) => link(page.slug, <span lang="en">{page.title}</span>))}</Group>
      <Group title={t('docs.errors')}>{link('errors', t('docs.allErrors'))}</Group>
      <Group title={t('docs.appApi')}>
        {link('app', t('docs.introduction'))}
        {reference.areas.app.map((area) => (
          <AreaLinks key={area.name} area={area} slug={slug} onLeave={onLeave} />
        ))}
      </Group>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-4">
      <p aria-hidden="true" className="px-2 pb-1 text-2xs font-medium text-ink-3">
        {title}
      </p>
      <ul>{children}</ul>
    </section>
  )
}

interface NavLinkProps {
  slug: string
  isOpen: boolean
  onLeave: () => void
  children: ReactNode
}

function NavLink({ slug, isOpen, onLeave, children }: NavLinkProps) {
  return (
    <li>
      <DocsLink
        slug={slug}
        aria-current={isOpen ? 'page' : undefined}
        onClick={onLeave}
        className={clsx(
          'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 max-md:min-h-11 max-md:text-md',
          isOpen ? 'bg-selected font-medium text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        {children}
      </DocsLink>
    </li>
  )
}

/** Opened by hand, and where the page is that is read. */
function AreaLinks({ area, slug, onLeave }: { area: Area } & Pick<Props, 'slug' | 'onLeave'>) {
  const isHere = area.pages.some((page) => page.slug === slug)
  const [chosen, setChosen] = useState<{ isOpen: boolean; isHere: boolean }>()
  const isOpen = chosen?.isHere === isHere ? chosen.isOpen : isHere
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChosen({ isOpen: !isOpen, isHere })}
        className="flex min-h-8 w-full items-center gap-1.5 rounded-md px-2 text-start text-ink-2 hover:bg-hover hover:text-ink max-md:min-h-11 max-md:text-md"
      >
        <span className="min-w-0 flex-1" lang="en">
          {area.name}
        </span>
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={clsx('shrink-0 text-ink-3', isOpen ? 'rotate-90' : 'rtl:-scale-x-100')}
        />
      </button>
      {isOpen && (
        <ul className="ms-2 border-s border-line ps-1">
          {area.pages.map((page) => (
            <NavLink key={page.slug} slug={page.slug} isOpen={page.slug === slug} onLeave={onLeave}>
              <OperationName page={page} />
            </NavLink>
          ))}
        </ul>
      )}
    </li>
  )
}

function OperationName({ page }: { page: OperationPage }) {
  return (
    <span lang="en" className="flex min-w-0 items-baseline gap-2">
      <MethodMark method={page.method} className="w-8 shrink-0" />
      <span className="line-clamp-2 min-w-0">{page.title}</span>
    </span>
  )
}
