import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { type ButtonLook, type ButtonSize, buttonClasses } from './button-classes.ts'

interface Props extends ComponentProps<'button'> {
  look?: ButtonLook
  size?: ButtonSize
}

export function Button({ look = 'outline', size = 'md', className, ...props }: Props) {
  return <button type="button" {...props} className={clsx(buttonClasses(look, size), className)} />
}
