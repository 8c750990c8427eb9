import { SearchX } from 'lucide-react'
import { useEffect } from 'react'
import { t } from '../../i18n/t.ts'
import { useLanguage } from '../../i18n/texts.ts'
import { Notice } from '../../parts/Notice.tsx'
import { DocsLink } from './DocsLink.tsx'
import { ApiPage } from './pages/ApiPage.tsx'
import { ErrorsPage } from './pages/ErrorsPage.tsx'
import { GuidePage } from './pages/GuidePage.tsx'
import { HookPage } from './pages/HookPage.tsx'
import { OperationPage } from './pages/OperationPage.tsx'
import { Overview } from './pages/Overview.tsx'
import type { Page, Reference } from './reference.ts'

interface Props {
  slug: string
  reference: Reference
}

/** The page an address names. What is said of the APIs is English whatever the screens are in. */
export function OpenPage({ slug, reference }: Props) {
  const page = reference.pages.get(slug)
  const isEnglish = useLanguage((state) => state.language === 'en')
  const title = page?.title ?? t('docs.title')
  useEffect(() => {
    document.title = t('app.title', { page: title })
  }, [title])
  if (slug === '') return <Overview />
  if (!page)
    return (
      <Notice
        title={t('docs.unknown')}
        drawing={<SearchX size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
      >
        <DocsLink slug="" className="font-medium text-accent-ink underline-offset-2 hover:underline">
          {t('docs.toStart')}
        </DocsLink>
      </Notice>
    )
  return (
    <>
      {!isEnglish && <p className="mb-4 text-xs text-ink-3 print:hidden">{t('docs.english')}</p>}
      <div lang="en">
        <Body page={page} reference={reference} />
      </div>
    </>
  )
}

function Body({ page, reference }: { page: Page; reference: Reference }) {
  const { documents } = reference
  switch (page.kind) {
    case 'guide':
      return <GuidePage key={page.slug} guide={page.guide} />
    case 'api':
      return <ApiPage title={page.title} book={page.book} reference={reference} />
    case 'operation':
      return <OperationPage key={page.slug} page={page} document={documents[page.book]} />
    case 'hook':
      return <HookPage key={page.slug} page={page} document={documents.chats} />
    case 'errors':
      return <ErrorsPage title={page.title} document={documents.chats} />
  }
}
