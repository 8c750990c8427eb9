import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Tip } from './Tip.tsx'

interface Props extends ComponentProps<'button'> {
  label: string
  keys?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A button of one 18 px icon. */
export function IconButton({ label, keys, side, className, ...props }: Props) {
  return (
    <Tip label={label} {...(keys && { keys })} {...(side && { side })}>
      <button
        type="button"
        aria-label={label}
        {...props}
        className={clsx(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink pointer-coarse:size-10 [&>svg]:size-[18px]',
          'aria-expanded:bg-hover aria-expanded:text-ink',
          className,
        )}
      />
    </Tip>
  )
}
