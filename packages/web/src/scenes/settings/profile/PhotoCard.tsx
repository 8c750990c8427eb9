import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { changeMe } from '../../../data/people/endpoints.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { uploadFile } from '../../../data/upload-file.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { squarePicture } from './square-picture.ts'

type State = { kind: 'idle' } | { kind: 'busy' } | { kind: 'failed'; reason: string }

/** The picture that stands for oneself everywhere. */
export function PhotoCard() {
  const { user } = useMe()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<State>({ kind: 'idle' })

  async function run(change: () => Promise<string | null>) {
    setState({ kind: 'busy' })
    try {
      client.setQueryData(keys.me, await changeMe({ photoFileId: await change() }))
      setState({ kind: 'idle' })
    } catch (error) {
      setState({ kind: 'failed', reason: reasonOf(error) })
    }
  }

  async function take(file: File | undefined) {
    if (!file) return
    const picture = await squarePicture(file).catch(() => undefined)
    if (!picture) return setState({ kind: 'failed', reason: t('people.photoUnreadable') })
    const upload = { name: 'photo.webp', onProgress: () => undefined, signal: new AbortController().signal }
    await run(async () => (await uploadFile(picture, upload)).id)
  }

  return (
    <div className="flex items-center gap-4">
      <Avatar name={user.name} seed={String(user.id)} size={72} pictureUrl={user.avatarUrl} />
      <div className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <Button disabled={state.kind === 'busy'} onClick={() => input.current?.click()}>
            {t(user.avatarUrl ? 'people.photoChange' : 'people.photoAdd')}
          </Button>
          {user.avatarUrl && (
            <Button look="ghost" disabled={state.kind === 'busy'} onClick={() => void run(async () => null)}>
              {t('people.photoRemove')}
            </Button>
          )}
        </div>
        <p role="status" className="mt-1.5 text-xs text-ink-3">
          {t(state.kind === 'busy' ? 'settings.saving' : 'people.photoHint')}
        </p>
        {state.kind === 'failed' && (
          <p role="alert" className="mt-1 text-xs text-bad">
            {t('settings.saveFailed', { reason: state.reason })}
          </p>
        )}
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label={t('people.photo')}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}
