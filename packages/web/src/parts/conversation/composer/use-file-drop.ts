import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import { focusComposer } from '../focus.ts'
import { attachFiles, type Place } from './attach-files.ts'

/** Files by drop and by paste, anywhere on the conversation. Without a place they are refused. */
export function useFileDrop(place: Place | undefined) {
  const [isOver, setOver] = useState(false)
  // Enter and leave come for every element inside.
  const depth = useRef(0)
  useKeepPage()

  function take(files: readonly File[]) {
    if (!place || files.length === 0) return
    attachFiles(place, files)
    focusComposer()
  }

  function leave() {
    depth.current = 0
    setOver(false)
  }

  const handlers = {
    onDragEnter(event: DragEvent) {
      if (!place || !hasFiles(event.dataTransfer)) return
      depth.current += 1
      setOver(true)
    },
    onDragLeave(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return
      depth.current -= 1
      if (depth.current <= 0) leave()
    },
    onDragOver(event: DragEvent) {
      if (!place || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    },
    onDrop(event: DragEvent) {
      leave()
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      take(filesOf(event.dataTransfer))
    },
    onPaste(event: ClipboardEvent) {
      if (event.defaultPrevented || isRichText(event.clipboardData)) return
      const files = filesOf(event.clipboardData)
      if (!place || files.length === 0) return
      event.preventDefault()
      take(files)
    },
  }
  return { isOver, handlers }
}

const hasFiles = (data: DataTransfer) => data.types.includes('Files')

/** Folders are no files, though they come as such. */
function filesOf(data: DataTransfer): File[] {
  const items = [...data.items].filter((item) => item.kind === 'file')
  return items.filter((item) => item.webkitGetAsEntry()?.isDirectory !== true).flatMap((item) => item.getAsFile() ?? [])
}

/** Office programs put a picture of the text beside the text: the text is meant. */
const isRichText = ({ types }: DataTransfer) =>
  types.includes('text/plain') && (types.includes('text/html') || types.includes('text/rtf'))

/** A file that misses the conversation must not replace the page, and with it what was typed. */
function useKeepPage(): void {
  useEffect(() => {
    const keep = (event: globalThis.DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    }
    window.addEventListener('dragover', keep)
    window.addEventListener('drop', keep)
    return () => {
      window.removeEventListener('dragover', keep)
      window.removeEventListener('drop', keep)
    }
  }, [])
}
