import type { Post } from '@parley/protocol/model'
import { ExternalLink, Newspaper } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { webAddress } from '../../../parts/web-address.ts'

/** A public post: its picture, whose it is, how it begins, and the way to it. */
export function PostCard({ post, title }: { post: Post; title: string }) {
  const href = webAddress(post.url)
  return (
    <div className="flex w-full min-w-0 items-start gap-2.5 text-start">
      <Preview post={post} />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-2xs font-medium text-ink-3 dark:text-ink-2">
          {post.author === '' ? title : `${title} ${t('posts.by', { name: post.author })}`}
        </p>
        {post.caption !== '' && (
          <p dir="auto" className="line-clamp-2 text-sm [overflow-wrap:anywhere]">
            {post.caption}
          </p>
        )}
        {href && (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="inline-flex min-h-6 items-center gap-1 text-xs text-accent-ink underline-offset-2 hover:underline pointer-coarse:min-h-10"
          >
            {t('posts.open')}
            <ExternalLink size={11} aria-hidden="true" />
          </a>
        )}
      </div>
    </div>
  )
}

function Preview({ post: { preview } }: { post: Post }) {
  const source = preview?.thumbnail?.url ?? preview?.url
  return (
    <span className="flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-md bg-ink/6 text-ink-3">
      {source ? (
        <img src={source} alt="" decoding="async" className="size-full object-cover" />
      ) : (
        <Newspaper size={20} aria-hidden="true" strokeWidth={1.6} />
      )}
    </span>
  )
}
