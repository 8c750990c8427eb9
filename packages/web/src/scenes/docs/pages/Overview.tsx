import { BookOpen, Braces, CircleAlert, type LucideIcon, Plug, Webhook } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { DocsLink } from '../DocsLink.tsx'
import { GUIDES } from '../guides.ts'
import { PageHead, PagePart } from './PageParts.tsx'

/** Where to begin. */
export function Overview() {
  return (
    <>
      <PageHead title={t('docs.title')}>
        <p className="max-w-[65ch] text-md text-ink-2">{t('docs.lead')}</p>
      </PageHead>
      <div className="mt-6 grid gap-3 @xl:grid-cols-2">
        <Card slug="chats" icon={Plug} title={t('docs.chatsApi')} hint={t('docs.chatsApiHint')} />
        <Card slug="hooks/messageHookV2" icon={Webhook} title={t('docs.hooks')} hint={t('docs.hooksHint')} />
        <Card slug="app" icon={Braces} title={t('docs.appApi')} hint={t('docs.appApiHint')} />
        <Card slug="errors" icon={CircleAlert} title={t('docs.errors')} hint={t('docs.errorsHint')} />
      </div>
      <PagePart title={t('docs.guides')}>
        <ul className="rounded-md border border-line">
          {GUIDES.map(({ id, title }) => (
            <li key={id} className="border-line not-first:border-t">
              <DocsLink
                slug={`guides/${id}`}
                className="flex items-center gap-3 px-3 py-2.5 font-medium -outline-offset-2 hover:bg-hover"
              >
                <BookOpen size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
                <span lang="en">{title}</span>
              </DocsLink>
            </li>
          ))}
        </ul>
      </PagePart>
    </>
  )
}

interface CardProps {
  slug: string
  icon: LucideIcon
  title: string
  hint: string
}

function Card({ slug, icon: Icon, title, hint }: CardProps) {
  return (
    <DocsLink slug={slug} className="flex gap-3 rounded-lg border border-line p-4 hover:bg-hover">
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" className="mt-px shrink-0 text-accent-ink" />
      <span>
        <span className="block text-md font-semibold">{title}</span>
        <span className="block text-ink-2">{hint}</span>
      </span>
    </DocsLink>
  )
}
